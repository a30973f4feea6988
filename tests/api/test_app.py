"""The routes, called with the events that API Gateway sends."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from io import StringIO
from itertools import count
from pathlib import Path
from typing import TextIO

import pytest
from aws_lambda_powertools import Logger
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

import functions.api
from functions.adapters.site_reader import StoredObject
from functions.api.app import build_app
from functions.api.readiness import Readiness, assess_readiness
from functions.domain.page import Page
from functions.domain.settling import settle
from functions.domain.status_document import encode_status
from functions.domain.summary import Record, summarise
from functions.domain.verdict import Verdict
from functions.operator import errors as operator_errors
from tests.fakes.history import day, hour, incident, monitor, shard_state, state, utc
from tests.fakes.http_api import REQUEST_ID, Answer, Context, request

AT = utc(2026, 11, 22, 15, 20, 40)
ETAG = '"9b2cf535f27731c974343645a3985328"'
NUMBERS = count()
OPENAPI = json.loads(Path(functions.api.__path__[0], "openapi.json").read_bytes())


def rendered() -> bytes:
    """Return a status document with everything in it."""
    monitors = {"api": monitor("api", group="Core"), "new": monitor("new")}
    past = settle(
        [day(AT.date() - timedelta(days=3))],
        [hour(AT.replace(minute=0, second=0) - timedelta(hours=2))],
        hour=AT.replace(minute=0, second=0),
    )
    record = Record(
        states=[shard_state(state(Verdict.DOWN, AT))],
        incidents=[incident(AT), incident(AT - timedelta(hours=2), resolved_at=AT)],
        past=past,
        live=[],
    )
    page = Page(id="acme", title="Acmé", monitors=("api", "new"), groups=("Core",))
    return encode_status(summarise(page, monitors, record, url="https://status.example", at=AT))


@dataclass
class Bucket:
    """A bucket in memory; `error` is what it raises instead of answering."""

    objects: dict[str, bytes] = field(default_factory=lambda: {"status.json": rendered()})
    error: Exception | None = None

    def get_object(self, key: str) -> StoredObject | None:
        """Return the object under `key`."""
        if self.error is not None:
            raise self.error
        body = self.objects.get(key)
        return None if body is None else StoredObject(body=body, etag=ETAG, last_modified=AT)


def well(_: datetime) -> Readiness:
    """Return that all is well."""
    return assess_readiness(table=True, last_run_at=AT, last_render_at=AT, interval=60, at=AT)


def call(
    path: str,
    method: str = "GET",
    *,
    bucket: Bucket | None = None,
    readiness: Callable[[datetime], Readiness] = well,
    query: str = "",
    log: TextIO | None = None,
    failures: list[str] | None = None,
    headers: dict[str, str] | None = None,
) -> Answer:
    """Send one request."""
    logger = Logger(service=f"test-{next(NUMBERS)}", stream=log or StringIO())
    counted = [] if failures is None else failures
    app = build_app(
        pages={"acme": bucket or Bucket()},
        readiness=readiness,
        clock=lambda: AT,
        logger=logger,
        count_failure=lambda: counted.append(path),
    )
    return Answer.of(app.resolve(request(path, method, query=query, headers=headers), Context()))  # type: ignore[arg-type]  # all that is used of a context


def schema(name: str) -> Draft202012Validator:
    """Return what checks a body against the published description."""
    return Draft202012Validator({"$ref": f"#/components/schemas/{name}", "components": OPENAPI["components"]})


def test_the_status_is_the_document_that_was_rendered() -> None:
    """Byte for byte what stands beside the page, with its tag and a short life."""
    answer = call("/status/acme")
    assert (answer.status, answer.body.encode()) == (200, rendered())
    assert answer.headers["etag"] == ETAG
    assert answer.headers["content-type"] == "application/json; charset=utf-8"
    for directive in ("public", "max-age=", "stale-while-revalidate=", "stale-if-error="):
        assert directive in answer.headers["cache-control"]


@pytest.mark.parametrize(
    ("tag", "status"),
    [
        (ETAG, 304),
        (f"W/{ETAG}", 304),
        (f'"other", {ETAG}', 304),
        ("*", 304),
        ('"other"', 200),
        (ETAG.strip('"'), 200),
        ("", 200),
    ],
)
def test_a_caller_that_has_the_document_is_told_so(tag: str, status: int) -> None:
    """Without the body, with the tag, also after a CDN has weakened it by compressing."""
    answer = call("/status/acme", headers={"if-none-match": tag})
    assert (answer.status, answer.headers["etag"]) == (status, ETAG)
    assert bool(answer.body) == (status == 200)


ERRORS = [
    ("/status/Acme", "GET", 400, "bad_request"),
    ("/status/-acme", "GET", 400, "bad_request"),
    ("/status/" + "a" * 51, "GET", 400, "bad_request"),
    ("/status/a'b<script>", "GET", 400, "bad_request"),
    ("/status/..", "GET", 400, "bad_request"),
    ("/status/other", "GET", 404, "unknown_page"),
    ("/", "GET", 404, "not_found"),
    ("/status", "GET", 404, "not_found"),
    ("/status/", "GET", 404, "not_found"),
    ("/status/acme/extra", "GET", 404, "not_found"),
    ("/status/acme\n", "GET", 404, "not_found"),
    ("/status/\u00e4\u0000\ud83d\ude00", "GET", 404, "not_found"),
    ("/health", "GET", 404, "not_found"),
    ("/anything", "POST", 404, "not_found"),
    ("/anything", "OPTIONS", 404, "not_found"),
    ("/status/acme", "TRACE", 404, "not_found"),
    ("/status/acme", "POST", 405, "method_not_allowed"),
    ("/status/acme", "PUT", 405, "method_not_allowed"),
    ("/status/acme", "PATCH", 405, "method_not_allowed"),
    ("/status/acme", "DELETE", 405, "method_not_allowed"),
    ("/health/live", "POST", 405, "method_not_allowed"),
    ("/openapi.json", "DELETE", 405, "method_not_allowed"),
    ("/status/" + "a" * 505, "GET", 414, "path_too_long"),
    ("/" + "x/" * 4000, "POST", 414, "path_too_long"),
]


@pytest.mark.parametrize(("path", "method", "status", "code"), ERRORS)
def test_every_error_has_the_one_shape(path: str, method: str, status: int, code: str) -> None:
    """The status fits, the word is known, the request can be found again, nothing is kept by a cache."""
    failures: list[str] = []
    answer = call(path, method, failures=failures)
    assert failures == []
    assert (answer.status, answer.json["error_code"]) == (status, code)
    assert answer.json["request_id"] == answer.headers["x-request-id"] == REQUEST_ID
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-type"] == "application/json; charset=utf-8"
    assert answer.headers.get("allow") == ("GET, HEAD, OPTIONS" if status == 405 else None)
    schema("Error").validate(answer.json)


def test_a_page_that_was_not_rendered_yet_says_when_to_come_again() -> None:
    """Right after the first deployment the page is known and its document is not there."""
    answer = call("/status/acme", bucket=Bucket(objects={}))
    assert (answer.status, answer.json["error_code"]) == (503, "not_rendered")
    assert answer.headers["retry-after"] == "60"


def test_what_goes_wrong_inside_stays_inside() -> None:
    """The caller gets the request id; the log gets it too, with the reason, in one line of JSON."""
    log = StringIO()
    failures: list[str] = []
    answer = call("/status/acme", bucket=Bucket(error=RuntimeError("the bucket is gone")), log=log, failures=failures)
    assert failures == ["/status/acme"]
    assert (answer.status, answer.json["error_code"]) == (500, "internal_error")
    assert "bucket" not in json.dumps([answer.body, answer.headers])
    assert answer.headers["access-control-allow-origin"] == "*"
    (line,) = log.getvalue().splitlines()
    logged = json.loads(line)
    assert (logged["level"], logged["request_id"]) == ("ERROR", REQUEST_ID)
    assert "RuntimeError: the bucket is gone" in logged["exception"]


@pytest.mark.parametrize("path", ["/status/acme", "/status/other", "/health/live", "/health/ready", "/openapi.json"])
def test_head_is_get_without_its_body(path: str) -> None:
    """Same status, same headers."""
    head, get = call(path, "HEAD"), call(path)
    assert (head.status, head.headers, head.body) == (get.status, get.headers, "")
    assert get.body


@pytest.mark.parametrize("query", ["page=other", "a=1&b=2", "callback=alert(1)"])
def test_query_parameters_are_ignored(query: str) -> None:
    """Whatever a cache-buster or a curious person adds."""
    assert call("/status/acme", query=query) == call("/status/acme")


@pytest.mark.parametrize("origin", [None, "https://anywhere.example", "null"])
@pytest.mark.parametrize("path", ["/status/acme", "/status/other", "/health/live", "/nothing"])
def test_any_origin_may_read_every_answer(path: str, origin: str | None) -> None:
    """Sent whether or not an origin is named, so that no cache holds an answer without it."""
    answer = call(path, headers={} if origin is None else {"origin": origin})
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "ETag" in answer.headers["access-control-expose-headers"]


def test_a_preflight_is_answered() -> None:
    """A browser may send If-None-Match from a script."""
    answer = call(
        "/status/acme",
        "OPTIONS",
        headers={
            "origin": "https://anywhere.example",
            "access-control-request-method": "GET",
            "access-control-request-headers": "if-none-match",
        },
    )
    assert (answer.status, answer.body) == (204, "")
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "GET" in answer.headers["access-control-allow-methods"]
    assert answer.headers["access-control-allow-headers"].lower() == "if-none-match"


def test_live_says_that_the_process_is_there() -> None:
    """And looks at nothing else."""
    answer = call("/health/live", bucket=Bucket(error=RuntimeError("down")))
    assert (answer.status, answer.json) == (200, {"status": "healthy"})
    schema("Live").validate(answer.json)


NEVER: datetime | None = None


@pytest.mark.parametrize(
    ("table", "last_run_at", "last_render_at", "interval", "failed"),
    [
        (True, AT, AT, 60, set()),
        (True, AT - timedelta(minutes=4), AT - timedelta(minutes=10), 60, set()),
        (True, AT - timedelta(seconds=241), AT, 60, {"runs"}),
        (True, AT - timedelta(seconds=241), AT, 300, set()),
        (True, AT, AT - timedelta(seconds=601), 60, {"render"}),
        (True, AT, NEVER, 60, {"render"}),
        (True, NEVER, AT, 60, {"runs"}),
        (True, NEVER, AT, None, set()),
        (False, NEVER, AT, 60, {"table", "runs"}),
        (False, NEVER, NEVER, 60, {"table", "runs", "render"}),
    ],
)
def test_ready_names_the_part_that_has_failed(
    *,
    table: bool,
    last_run_at: datetime | None,
    last_render_at: datetime | None,
    interval: int | None,
    failed: set[str],
) -> None:
    """200 when all is well, 503 otherwise, in the pattern in which services report their health."""

    def readiness(at: datetime) -> Readiness:
        return assess_readiness(
            table=table, last_run_at=last_run_at, last_render_at=last_render_at, interval=interval, at=at
        )

    answer = call("/health/ready", readiness=readiness)
    assert answer.status == (503 if failed else 200)
    assert answer.json["status"] == ("degraded" if failed else "healthy")
    assert {part for part in ("table", "runs", "render") if answer.json[part] == "fail"} == failed
    assert answer.headers["cache-control"] == "no-store"
    schema("Readiness").validate(answer.json)


def test_the_description_is_valid_openapi() -> None:
    """By the specification's own schema, and it is what the API serves."""
    validate(OPENAPI)
    answer = call("/openapi.json")
    assert answer.json == OPENAPI
    assert OPENAPI["openapi"].startswith("3.1")


def test_the_status_is_as_described() -> None:
    """Every field is described, none is missing, and each has the described type."""
    schema("Status").validate(call("/status/acme").json)


def test_each_described_path_answers_each_described_method() -> None:
    """And no status that it answers with here is missing from the description."""
    for path, operations in OPENAPI["paths"].items():
        if path.startswith(("/ping/", "/incidents")):
            continue  # `test_pings` and tests/operator look at these
        for method, operation in operations.items():
            answer = call(path.replace("{page}", "acme"), method.upper())
            assert str(answer.status) in operation["responses"]
            assert answer.status == 200


def test_every_error_is_described() -> None:
    """The words of the table above, two for what is not the caller's doing, two of pings, and those of operators."""
    described = set(OPENAPI["components"]["schemas"]["Error"]["properties"]["error_code"]["enum"])
    assert described == {code for *_, code in ERRORS} | {
        "not_rendered",
        "internal_error",
        "unknown_key",
        "too_many_pings",
    } | {
        error.code
        for error in vars(operator_errors).values()
        if getattr(error, "__module__", "") == operator_errors.__name__
    }
