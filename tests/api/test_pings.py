"""The ping protocol, by the events that API Gateway sends for it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from io import StringIO
from itertools import count
from pathlib import Path

import pytest
from aws_lambda_powertools import Logger
from jsonschema import Draft202012Validator

import functions.api
from functions.adapters.site_reader import StoredObject
from functions.api.app import build_app
from functions.api.readiness import assess_readiness
from functions.api.take_ping import BODY_LIMIT, KnownKeys, PingTaker
from functions.domain.checks.heartbeat import Heartbeat
from functions.domain.ping import MOST_A_MINUTE, Pings
from functions.store import ConflictError
from tests.fakes.history import utc
from tests.fakes.http_api import Answer, Context, request
from tests.fakes.memory_pings import MemoryPings

AT = utc(2026, 11, 22, 15, 20, 40)
RID = "0D338DCC-a054-41ec-b909-0242ac120002"
OTHER_RID = "6f2a6b2e-0000-4000-8000-000000000000"
STRANGER = "00000000-0000-4000-8000-000000000000"
NUMBERS = count()
NO_OBJECTS: dict[str, StoredObject] = {}


class Nothing:
    """A site without files."""

    def get_object(self, key: str) -> StoredObject | None:
        """Return that there is none."""
        return NO_OBJECTS.get(key)


@dataclass
class Api:
    """The application with one heartbeat, `import`, and a clock that its caller winds."""

    store: MemoryPings = field(default_factory=MemoryPings)
    at: datetime = AT
    log: StringIO = field(default_factory=StringIO)
    failures: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.key = self.store.make_key_ring(b"k" * 32).key("import")
        taker = PingTaker(
            heartbeats={"import": Heartbeat(period=3600, grace=300)},
            keys=KnownKeys(self.store, ("import",)),
            store=self.store,
        )
        self.app = build_app(
            pages={},
            readiness=lambda at: assess_readiness(table=True, last_run_at=at, last_render_at=at, interval=60, at=at),
            clock=lambda: self.at,
            logger=Logger(service=f"pings-{next(NUMBERS)}", stream=self.log),
            count_failure=lambda: self.failures.append("failure"),
            take_ping=taker.take,
        )

    def send(self, path: str, method: str = "GET", *, query: str = "", body: bytes = b"") -> Answer:
        """Send one request to `path`, in which KEY stands for the key."""
        event = request(path.replace("KEY", self.key), method, query=query, body=body, at=self.at)
        return Answer.of(self.app.resolve(event, Context()))  # type: ignore[arg-type]  # all that is used of a context

    def ping(self, rest: str = "", *, query: str = "", body: bytes = b"", after: float = 0) -> int:
        """Send a ping `after` seconds and return the status."""
        self.at += timedelta(seconds=after)
        return self.send(f"/ping/KEY{rest}", "POST", query=query, body=body).status

    def known(self) -> Pings:
        """Return what is known."""
        return self.store.pings()["import"]


@pytest.fixture
def api() -> Iterator[Api]:
    """Give the application; nothing that it did failed by our own fault."""
    made = Api()
    yield made
    assert made.failures == []


PROTOCOL = [
    ("GET", "/ping/KEY", "", 200),
    ("HEAD", "/ping/KEY", "", 200),
    ("POST", "/ping/KEY", "", 200),
    ("GET", "/ping/KEY/start", "", 200),
    ("HEAD", "/ping/KEY/start", f"rid={RID}", 200),
    ("POST", "/ping/KEY/fail", "", 200),
    ("POST", "/ping/KEY/log", "", 200),
    ("GET", "/ping/KEY/0", "", 200),
    ("GET", "/ping/KEY/1", "", 200),
    ("GET", "/ping/KEY/255", f"rid={RID}", 200),
    ("GET", "/ping/KEY", f"rid={RID}&other=1", 200),
    ("GET", "/ping/KEY/256", "", 400),
    ("GET", "/ping/KEY/-1", "", 400),
    ("GET", "/ping/KEY/1.5", "", 400),
    ("GET", "/ping/KEY/٣", "", 400),
    ("GET", "/ping/KEY/success", "", 400),
    ("GET", "/ping/KEY/START", "", 400),
    ("GET", "/ping/KEY", "rid=1", 400),
    ("GET", "/ping/KEY", "rid=", 400),
    ("GET", "/ping/import", "", 400),
    ("GET", f"/ping/{STRANGER[:-1]}", "", 400),
    ("GET", f"/ping/{STRANGER.replace('-', '')}", "", 400),
    ("GET", f"/ping/{{{STRANGER}}}", "", 400),
    ("GET", f"/ping/{STRANGER}", "", 404),
    ("POST", f"/ping/{STRANGER}/fail", "", 404),
    ("GET", f"/ping/{STRANGER}/nonsense", "", 400),
    ("GET", "/ping/KEY/", "", 200),
    ("POST", "/ping/KEY/", f"rid={RID}", 200),
    ("GET", "/ping/KEY/start/", "", 404),
    ("GET", "/ping/KEY/start/more", "", 404),
    ("GET", "/ping/", "", 404),
    ("GET", "/ping", "", 404),
    ("DELETE", "/ping/KEY", "", 405),
    ("PUT", "/ping/KEY/fail", "", 405),
    ("OPTIONS", "/ping/KEY", "", 204),
]


@pytest.mark.parametrize(("method", "path", "query", "status"), PROTOCOL)
def test_the_protocol_is_answered(api: Api, method: str, path: str, query: str, status: int) -> None:
    """200 with OK, 404 for an unknown key, 400 for what is malformed; only what is answered with 200 is recorded."""
    answer = api.send(path, method, query=query)
    assert answer.status == status
    if status == 200:
        assert answer.body == ("" if method == "HEAD" else "OK")
        assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    if status >= 400:
        assert answer.json["error_code"] in {"bad_request", "unknown_key", "not_found", "method_not_allowed"}
    if status == 405:
        assert answer.headers["allow"] == "GET, HEAD, POST, OPTIONS"
    if status != 204:
        assert answer.headers["cache-control"] == "no-store"
    assert bool(api.store.writes) == (status == 200)


def test_each_described_answer_is_given_as_described(api: Api) -> None:
    """By the published description, for all methods; errors have the one shape."""
    described = json.loads(Path(functions.api.__path__[0], "openapi.json").read_bytes())
    error = Draft202012Validator({"$ref": "#/components/schemas/Error", "components": described["components"]})
    seen = set()
    for method, path, query, status in PROTOCOL:
        answer = api.send(path, method, query=query)
        known = described["paths"]["/ping/{key}" if path.count("/") == 2 else "/ping/{key}/{signal}"]
        if method.lower() in known:
            assert str(status) in known[method.lower()]["responses"]
            seen.add(method)
        if status >= 400 and method != "HEAD":
            error.validate(answer.json)
    assert seen == {"GET", "HEAD", "POST"}


def test_a_key_is_known_in_upper_case_too(api: Api) -> None:
    """RFC 9562: a UUID is read in either case."""
    assert api.send(f"/ping/{api.key.upper()}").status == 200


def test_a_deployment_without_heartbeats_takes_no_pings() -> None:
    """There is nothing at that address."""
    app = build_app(
        pages={},
        readiness=lambda at: assess_readiness(table=True, last_run_at=at, last_render_at=at, interval=60, at=at),
        clock=lambda: AT,
        logger=Logger(service="none", stream=StringIO()),
        count_failure=lambda: None,
    )
    answer = Answer.of(app.resolve(request(f"/ping/{STRANGER}"), Context()))  # type: ignore[arg-type]  # all that is used of a context
    assert (answer.status, answer.json["error_code"]) == (404, "not_found")


@pytest.mark.parametrize(
    ("rest", "failing", "status"),
    [("", False, None), ("/0", False, 0), ("/fail", True, None), ("/1", True, 1), ("/137", True, 137)],
)
def test_a_finish_tells_how_it_ended(api: Api, rest: str, status: int | None, *, failing: bool) -> None:
    """Exit status 0 is success, all else failure."""
    assert api.ping(rest) == 200
    assert (api.known().failing_since is not None, api.known().status) == (failing, status)
    assert api.known().finished_at == AT


def test_a_log_changes_no_state(api: Api) -> None:
    """It is noted, with its body, and nothing else moves."""
    api.ping("/fail", body=b"broken")
    before = api.known()
    assert api.ping("/log", body=b"looking into it", after=60) == 200
    assert api.known().logged_at == api.at
    assert (api.known().failing_since, api.known().finished_at, api.known().open) == (
        before.failing_since, before.finished_at, before.open,
    )  # fmt: skip
    kept = api.store.ping_body("import")
    assert kept is not None
    assert (kept.signal, kept.data) == ("log", b"looking into it")


def test_order_pairs_a_start_with_its_finish(api: Api) -> None:
    """Without an id, the finish belongs to the start before it."""
    api.ping("/start")
    api.ping(after=12.345)
    assert (api.known().duration_ms, api.known().open) == (12_345, ())
    api.ping(after=3600)
    assert api.known().duration_ms is None


def test_ids_pair_starts_with_finishes_that_overlap(api: Api) -> None:
    """Two runs at once, the first to start being the last to finish; the case of an id does not matter."""
    api.ping("/start", query=f"rid={RID}")
    api.ping("/start", query=f"rid={OTHER_RID}", after=10)
    api.ping(query=f"rid={OTHER_RID}", after=5)
    assert (api.known().duration_ms, [start.rid for start in api.known().open]) == (5_000, [RID.lower()])
    api.ping(query=f"rid={RID.lower()}", after=7)
    assert (api.known().duration_ms, api.known().open) == (22_000, ())


def test_a_failure_quotes_the_end_of_what_was_said(api: Api) -> None:
    """There the error stands; on one line, with nothing invisible in it."""
    api.ping("/fail", body=b"Traceback\n" + b"  frame\n" * 500 + "ValueError: \u202eno\0 rows\n".encode())
    assert api.known().excerpt.startswith("…")
    assert api.known().excerpt.endswith("frame ValueError: \\u202eno\\u0000 rows")
    api.ping(after=60)
    assert api.known().excerpt == ""


@pytest.mark.parametrize("body", [b"x" * 200_000, bytes(range(256)) * 800])
def test_of_a_body_the_first_ten_kilobytes_are_kept(api: Api, body: bytes) -> None:
    """The ping counts whatever came with it."""
    assert api.ping("/1", body=body) == 200
    kept = api.store.ping_body("import")
    assert kept is not None
    assert kept.data == body[:BODY_LIMIT]


def test_what_was_said_stands_in_no_answer_and_no_log(api: Api) -> None:
    """Bodies are for the operator."""
    answers = [api.send("/ping/KEY/fail", "POST", body=b"hunter2"), api.send("/ping/KEY"), api.send("/ping/KEY/log")]
    assert "hunter2" not in repr(answers) + api.log.getvalue()


def test_unknown_keys_cost_no_write_and_next_to_no_read(api: Api) -> None:
    """A thousand guesses within a minute: the keys are looked at a dozen times at most."""
    for _ in range(1000):
        api.at += timedelta(milliseconds=60)
        assert api.send(f"/ping/{STRANGER}", "POST", body=b"x" * 1000).status == 404
    assert api.store.writes == 0
    assert api.store.reads <= 13


def test_a_flood_of_the_same_signal_is_written_every_few_seconds(api: Api) -> None:
    """Each is answered; what tells nothing new is not recorded again."""
    assert {api.ping(after=0.05) for _ in range(1200)} == {200}
    assert api.store.writes <= 13
    finished_at = api.known().finished_at
    assert finished_at is not None
    assert api.at - finished_at < timedelta(seconds=5)


def test_what_matters_is_recorded_in_the_middle_of_a_flood(api: Api) -> None:
    """A failure, a recovery and a start are news however soon they come."""
    api.ping()
    api.ping("/fail", after=0.1)
    assert api.known().failing_since == api.at
    api.ping(after=0.1)
    assert api.known().failing_since is None
    api.ping("/start", after=0.1)
    api.ping(after=0.2)
    assert api.known().duration_ms == 200


def test_a_job_in_a_tight_loop_is_told_so(api: Api) -> None:
    """Starts and finishes without end: some a minute are recorded, then 429; the next minute begins anew."""
    api.at = AT.replace(second=0)
    answers = [(api.ping("/start", after=0.1), api.ping(after=0.1)) for _ in range(100)]
    assert answers == [(200, 200)] * (MOST_A_MINUTE // 2) + [(429, 200)] * (100 - MOST_A_MINUTE // 2)
    assert api.store.writes <= MOST_A_MINUTE + 12
    assert api.known().open == ()
    assert api.ping("/start", after=60) == 200


def test_what_makes_a_difference_is_never_refused(api: Api) -> None:
    """A failure and the end of a run are recorded however much came in that minute."""
    api.at = AT.replace(second=0)
    for number in range(2 * MOST_A_MINUTE):
        api.ping("/start", query=f"rid={number:08x}-0000-4000-8000-000000000000")
    begun = len(api.known().open)
    assert api.ping(query=f"rid={0:08x}-0000-4000-8000-000000000000", after=20) == 200
    assert len(api.known().open) == begun - 1
    assert api.ping("/1", after=1) == 200
    assert api.known().failing_since == api.at


def test_a_key_that_was_replaced_ends_within_a_minute(api: Api) -> None:
    """And the new one is known at once."""
    old = api.key
    assert api.ping() == 200
    api.key = api.store.replace_key("import").key("import")
    assert api.ping(after=6) == 200
    api.key = old
    assert api.ping(after=1) == 404


def test_a_key_that_nobody_uses_any_more_ends_too(api: Api) -> None:
    """Also where only the old key is sent."""
    assert api.ping() == 200
    api.store.replace_key("import")
    assert api.ping(after=61) == 404


def test_before_anybody_has_asked_for_a_key_there_is_none() -> None:
    """And no key is made by a request from outside."""
    store = MemoryPings()
    keys = KnownKeys(store, ("import",))
    assert keys.monitor(STRANGER, AT) is None
    assert store.writes == 0
    key = store.make_key_ring(b"z" * 32).key("import")
    assert keys.monitor(key, AT + timedelta(seconds=6)) == "import"


class Rivals(MemoryPings):
    """A store in which somebody else writes first, `times` times."""

    def __init__(self, times: int) -> None:
        super().__init__()
        self.times = times

    def put_pings(self, pings: Pings) -> None:
        """Write, after somebody else did."""
        if self.times:
            self.times -= 1
            super().put_pings(Pings(monitor=pings.monitor, version=pings.version, logged_at=AT))
        super().put_pings(pings)


def test_two_pings_at_once_are_both_recorded() -> None:
    """Whoever was slower reads again."""
    api = Api(store=Rivals(2))
    assert api.ping("/fail") == 200
    assert (api.known().failing_since, api.known().logged_at) == (AT, AT)


def test_a_ping_that_cannot_be_recorded_is_no_success() -> None:
    """The client is told, and repeats it."""
    api = Api(store=Rivals(99))
    assert api.ping() == 500
    assert api.failures == ["failure"]
    assert ConflictError.__name__ in api.log.getvalue()
