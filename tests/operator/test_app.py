"""The operators' routes, called with the events that API Gateway sends, over the store in memory."""

import json
from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from io import StringIO
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from aws_lambda_powertools import Logger
from jsonschema import Draft202012Validator

import functions.api
from functions.domain.event import Event
from functions.domain.incident import Incident
from functions.operator.app import BODY_LIMIT, build_app
from functions.store import ConflictError, Judgement, Receipt
from tests.fakes.http_api import REQUEST_ID, Answer, Context, request
from tests.fakes.memory_store import MemoryStore
from tests.fakes.samples import NOON, incident, minute

OPENAPI = json.loads(Path(functions.api.__path__[0], "openapi.json").read_bytes())
NAMES = {"api": "Shop API", "search": "Search"}
NUMBERS = count()
ORDER: dict[str, Any] = {"title": "Orders are refused", "monitors": {"api": "down"}, "body": "We **know** of it."}


def address(monitors: Collection[str]) -> str:
    """Return where the page with these monitors is."""
    return "https://find.acme.example" if set(monitors) == {"search"} else "https://status.acme.example"


class Desk:
    """Somebody who sends requests; `at` is their clock."""

    def __init__(self, store: MemoryStore | None = None, at: datetime = NOON) -> None:
        self.store = store or MemoryStore()
        self.at = at
        self.log = StringIO()
        self._app = build_app(
            store=self.store,
            names=NAMES,
            page_url=address,
            clock=lambda: self.at,
            seed=lambda: f"seed {next(NUMBERS)}",
            logger=Logger(service=f"operator-{next(NUMBERS)}", stream=self.log),
            count_failure=lambda: None,
        )

    def ask(self, method: str, path: str, body: object = None, *, query: str = "", **headers: str) -> Answer:
        """Send a request; header names have underscores for hyphens."""
        sent = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        event = request(path, method, headers=named, body=sent, query=query)
        return Answer.of(self._app.resolve(event, Context()))  # type: ignore[arg-type]  # all that is used of a context

    def opened(self, **changes: object) -> dict[str, Any]:
        """Open an incident and return it."""
        answer = self.ask("POST", "/incidents", {**ORDER, **changes})
        assert answer.status == 201, answer.body
        return dict(answer.json)


def described(name: str) -> Draft202012Validator:
    """Return what checks a body against the published description."""
    return Draft202012Validator({"$ref": f"#/components/schemas/{name}", "components": OPENAPI["components"]})


def judged(desk: Desk, of: Incident) -> str:
    """Have the judge open an incident."""
    state = desk.store.shard_state("60s-0")
    desk.store.commit(Judgement(state=state, incidents=(of,)))
    return f"/incidents/{of.id}"


def test_an_incident_is_linked_where_it_is_shown() -> None:
    """On the page that shows its monitors, also in the list; the main page knows nothing of it."""
    desk = Desk()
    found = desk.opened(monitors={"search": "degraded"})
    assert found["url"] == f"https://find.acme.example/incidents/{found['id']}"
    [listed] = desk.ask("GET", "/incidents").json["incidents"]
    assert listed["url"] == found["url"]


def test_an_incident_is_opened_updated_and_resolved() -> None:
    """All of it is in the answers, in the events and in the list."""
    desk = Desk()
    found = desk.opened(by="Kim", started_at="2026-11-22T12:30:00+01:00")
    path = f"/incidents/{found['id']}"
    assert found["id"].startswith("20261122T113000Z-")
    assert (found["url"], found["status"], found["version"]) == (
        f"https://status.acme.example{path}",
        "investigating",
        1,
    )
    desk.at = minute(5)
    taken = desk.ask("PUT", f"{path}/acknowledgement", {"by": "Payments"})
    said = desk.ask(
        "POST", f"{path}/updates", {"status": "identified", "body": "A lock.", "monitors": {"search": "down"}}
    )
    assert (taken.status, said.status) == (200, 201)
    assert said.json["monitors"] == {"api": "down", "search": "down"}
    assert said.json["acknowledged"] == {"at": "2026-11-22T12:05:00Z", "by": "Payments"}
    desk.at = minute(9)
    ended = desk.ask("POST", f"{path}/updates", {"status": "resolved", "body": "Done."})
    learnt = desk.ask("PUT", f"{path}/postmortem", {"body": "# Why"})
    named = desk.ask("PATCH", path, {"title": "Orders were refused"})
    assert (ended.json["resolved_at"], learnt.json["postmortem"]["body"]) == ("2026-11-22T12:09:00Z", "# Why")
    assert named.json == desk.ask("GET", path).json == desk.ask("GET", "/incidents").json["incidents"][0]
    assert named.headers["etag"] == '"6"'
    described("OperatorIncident").validate(named.json)
    kinds = ["opened", "acknowledged", "updated", "resolved", "postmortem", "retitled"]
    assert [event.kind for event in desk.store.events.values()] == kinds


def test_a_retried_request_opens_one_incident() -> None:
    """The key says that it is the same; without one, the same twice is two."""
    desk = Desk()
    first = desk.ask("POST", "/incidents", ORDER, idempotency_key="k1")
    desk.at = minute(1)
    again = desk.ask("POST", "/incidents", ORDER, idempotency_key="k1")
    assert (first.status, again.status, again.json) == (201, 201, first.json)
    assert len(desk.store.incidents(NOON)) == len(desk.store.events) == 1
    assert desk.opened()["id"] != first.json["id"]


def test_a_retried_update_is_written_once() -> None:
    """Also where others have written in between."""
    desk = Desk()
    path = f"/incidents/{desk.opened()['id']}"
    desk.ask("POST", f"{path}/updates", {"body": "One."}, idempotency_key="k1")
    desk.ask("POST", f"{path}/updates", {"body": "Two."})
    again = desk.ask("POST", f"{path}/updates", {"body": "One."}, idempotency_key="k1")
    assert [update["body"] for update in again.json["updates"]] == [ORDER["body"], "One.", "Two."]


def test_a_key_cannot_be_used_for_something_else() -> None:
    """Whoever does is told, and nothing is done."""
    desk = Desk()
    desk.ask("POST", "/incidents", ORDER, idempotency_key="k1")
    other = desk.ask("POST", "/incidents", {**ORDER, "title": "Other"}, idempotency_key="k1")
    assert (other.status, other.json["error_code"]) == (409, "key_reused")
    assert len(desk.store.incidents(NOON)) == 1


class BusyStore(MemoryStore):
    """A store to which somebody else writes first, a number of times."""

    def __init__(self, times: int) -> None:
        super().__init__()
        self.times = times

    def record(self, incident: Incident, event: Event, *, receipt: Receipt | None, at: datetime) -> None:
        """Be overtaken by the judge."""
        if self.times and incident.version:
            self.times -= 1
            before = self.incident(incident.id)
            assert before is not None
            self.commit(Judgement(state=self.shard_state("60s-0"), incidents=(before,)))
        super().record(incident, event, receipt=receipt, at=at)


@pytest.mark.parametrize(("times", "status"), [(1, 201), (5, 201), (6, 503)])
def test_whoever_is_overtaken_decides_again(times: int, status: int) -> None:
    """Up to a point: then the caller may try again, and nothing was written."""
    desk = Desk(BusyStore(times))
    path = f"/incidents/{desk.opened()['id']}"
    answer = desk.ask("POST", f"{path}/updates", {"body": "Words."})
    assert answer.status == status
    assert len(desk.ask("GET", path).json["updates"]) == (2 if status == 201 else 1)
    assert (answer.headers.get("retry-after") is not None) == (status == 503)


def test_what_was_read_can_be_what_is_replaced() -> None:
    """With If-Match, nobody's words are overwritten unseen."""
    desk = Desk()
    path = f"/incidents/{desk.opened()['id']}"
    tag = desk.ask("GET", path).headers["etag"]
    assert desk.ask("PATCH", path, {"title": "One"}, if_match=tag).status == 200
    late = desk.ask("PATCH", path, {"title": "Two"}, if_match=tag)
    assert (late.status, late.json["error_code"]) == (412, "changed_meanwhile")
    assert desk.ask("GET", path).json["title"] == "One"


UNSUITED = {
    "resolve what checks opened": ("POST", "updates", {"status": "resolved", "body": "x"}, False, "ended_by_checks"),
    "say how a checked monitor is": (
        "POST",
        "updates",
        {"monitors": {"api": "up"}, "body": "x"},
        False,
        "judged_by_checks",
    ),
    "a postmortem too early": ("PUT", "postmortem", {"body": "x"}, False, "still_open"),
    "reopen what checks opened": ("POST", "updates", {"status": "monitoring", "body": "x"}, True, "already_resolved"),
    "be on what is over": ("PUT", "acknowledgement", {"by": "x"}, True, "already_resolved"),
}


@pytest.mark.parametrize(("method", "what", "body", "over", "code"), UNSUITED.values(), ids=UNSUITED)
def test_what_does_not_suit_the_incident_is_refused(
    method: str,
    what: str,
    body: object,
    over: bool,  # noqa: FBT001 - a row of the table
    code: str,
) -> None:
    """In the one error shape, with the reason; nothing is written."""
    desk = Desk()
    path = judged(desk, incident(resolved_at=minute(9) if over else None))
    answer = desk.ask(method, f"{path}/{what}", body)
    assert (answer.status, answer.json["error_code"]) == (409, code)
    described("Error").validate(answer.json)
    assert desk.store.events == {}


def test_what_checks_saw_is_for_operators() -> None:
    """They are behind IAM; the page never shows the reason."""
    desk = Desk()
    found = desk.ask("GET", judged(desk, incident())).json
    assert found["failure"]["reason"] == "expected status 200, got 503"
    assert (found["origin"], found["title"]) == ("judge", "Shop API down")
    described("OperatorIncident").validate(found)


BAD: dict[str, tuple[object, str | None]] = {
    "no JSON": (b"{", None),
    "no object": ([], None),
    "a deep body": (b"[" * 100_000, None),
    "an unknown field": ({**ORDER, "titel": "x"}, "titel"),
    "no title": ({k: v for k, v in ORDER.items() if k != "title"}, "title"),
    "a title that is no text": ({**ORDER, "title": 7}, "title"),
    "a blank title": ({**ORDER, "title": " \n"}, "title"),
    "a long title": ({**ORDER, "title": "x" * 121}, "title"),
    "half a surrogate": (json.dumps({**ORDER, "title": "\ud83d"}).encode(), "title"),
    "a control character": ({**ORDER, "body": "a\x1bb"}, "body"),
    "no monitors": ({**ORDER, "monitors": {}}, "monitors"),
    "monitors in a list": ({**ORDER, "monitors": ["api"]}, "monitors"),
    "an unknown monitor": ({**ORDER, "monitors": {"serch": "down"}}, "monitors.serch"),
    "an unknown word": ({**ORDER, "monitors": {"api": "broken"}}, "monitors.api"),
    "a word that is a list": ({**ORDER, "monitors": {"api": ["down"]}}, "monitors.api"),
    "nothing amiss": ({**ORDER, "monitors": {"api": "up"}}, "monitors.api"),
    "an unknown status": ({**ORDER, "status": "fixed"}, "status"),
    "resolved from the start": ({**ORDER, "status": "resolved"}, "status"),
    "no time": ({**ORDER, "started_at": "noon"}, "started_at"),
    "a time without its zone": ({**ORDER, "started_at": "2026-11-22T11:00:00"}, "started_at"),
    "a time to come": ({**ORDER, "started_at": "2026-11-22T13:00:00Z"}, "started_at"),
    "a time long ago": ({**ORDER, "started_at": "2026-01-01T00:00:00Z"}, "started_at"),
    "a long name": ({**ORDER, "by": "x" * 61}, "by"),
}


@pytest.mark.parametrize(("body", "field"), BAD.values(), ids=BAD)
def test_a_bad_body_is_told_by_field(body: object, field: str | None) -> None:
    """Which it is and what is expected; nothing is written."""
    desk = Desk()
    answer = desk.ask("POST", "/incidents", body)
    assert (answer.status, answer.json["error_code"]) == (400, "bad_request")
    assert answer.json["details"].get("field") == field
    assert answer.json["request_id"] == REQUEST_ID
    assert desk.store.events == {}


def test_what_was_probably_meant_is_suggested() -> None:
    """For fields, monitors and words."""
    desk = Desk()
    for body, meant in (
        ({**ORDER, "titel": "x"}, "title"),
        ({**ORDER, "monitors": {"serch": "down"}}, "search"),
        ({**ORDER, "monitors": {"api": "degradet"}}, "degraded"),
    ):
        assert desk.ask("POST", "/incidents", body).json["details"]["suggestion"] == meant


WRONG: dict[str, tuple[Callable[[Desk], Answer], int, str]] = {
    "an unknown incident": (lambda d: d.ask("GET", "/incidents/nothing"), 404, "unknown_incident"),
    "an update to it": (lambda d: d.ask("POST", "/incidents/x/updates", {"body": "x"}), 404, "unknown_incident"),
    "another path": (lambda d: d.ask("GET", "/incidents/x/y"), 404, "not_found"),
    "another method": (lambda d: d.ask("DELETE", "/incidents/x"), 405, "method_not_allowed"),
    "a long body": (lambda d: d.ask("POST", "/incidents", b"x" * (BODY_LIMIT + 1)), 413, "body_too_large"),
    "a bad query": (lambda d: d.ask("GET", "/incidents", query="open=yes"), 400, "bad_request"),
    "a bad key": (lambda d: d.ask("POST", "/incidents", ORDER, idempotency_key="ä"), 400, "bad_request"),
    "a bad tag": (lambda d: d.ask("PATCH", "/incidents/x", {"title": "x"}, if_match="W/x"), 400, "bad_request"),
}


@pytest.mark.parametrize(("send", "status", "code"), WRONG.values(), ids=WRONG)
def test_every_other_refusal_has_the_one_shape_too(send: Callable[[Desk], Answer], status: int, code: str) -> None:
    """A word for programs, a sentence for people, and the request's id."""
    answer = send(Desk())
    assert (answer.status, answer.json["error_code"]) == (status, code)
    described("Error").validate(answer.json)


def test_the_list_holds_what_is_open_and_what_is_recent() -> None:
    """`open=true` leaves the others out."""
    desk = Desk()
    judged(desk, incident(NOON - timedelta(days=2), resolved_at=NOON))
    judged(desk, incident(NOON - timedelta(days=200)))
    both = desk.ask("GET", "/incidents").json["incidents"]
    assert [found["id"][:8] for found in both] == ["20261120", "20260506"]
    assert [found["id"][:8] for found in desk.ask("GET", "/incidents", query="open=true").json["incidents"]] == [
        "20260506"
    ]


def test_each_described_operation_is_there() -> None:
    """None of the description's answers with `method_not_allowed` or `not_found`."""
    desk = Desk()
    found = desk.opened()["id"]
    for path, operations in OPENAPI["paths"].items():
        for method in operations if path.startswith("/incidents") else ():
            answer = desk.ask(method.upper(), path.replace("{incident}", found), {})
            assert str(answer.status) in operations[method]["responses"]
            assert answer.status in (200, 400)


def test_a_store_that_fails_is_our_own_fault() -> None:
    """And says nothing of what it was."""

    class BrokenStore(MemoryStore):
        def incidents(self, since: datetime) -> list[Incident]:
            raise ConflictError(f"secret {since}")

    desk = Desk(BrokenStore())
    answer = desk.ask("GET", "/incidents")
    assert (answer.status, answer.json["error_code"]) == (500, "internal_error")
    assert "secret" not in answer.body
    assert "secret" in desk.log.getvalue()
