"""The rule that turns an answer into a verdict, and what the failure says."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.domain.expectation import Answer, Assessment, Expectations, assess
from functions.domain.result import REASON_LIMIT
from functions.domain.verdict import FailureKind, Verdict

AT = datetime(2026, 11, 22, 15, 4, tzinfo=UTC)
UP, DEGRADED, DOWN = Verdict.UP, Verdict.DEGRADED, Verdict.DOWN
HEALTHY = {"status": "healthy", "checks": {"database": "ok"}, "queue": {"depth": 3}}

SEVERAL = (
    "status: expected 200, got 503; "
    '$.status: expected "healthy", got "degraded"; $.checks.database: expected "ok", got "fail"'
)

SHOP = Expectations.decode(
    {
        "status": {"in": [200]},
        "json": {
            "$.status": {"eq": "healthy"},
            "$.checks.database": {"eq": "ok"},
            "$.queue.depth": {"lt": 100},
        },
        "headers": {"content-type": {"contains": "json"}},
        "latency": {"lt": 2000},
        "certificate": {"expires_in": {"gt": 14 * 86400}},
    },
    {"status": {"eq": 503}, "latency": {"gt": 800}},
)


def answer(
    body: object = HEALTHY,
    *,
    status: int = 200,
    latency: float = 120.0,
    headers: dict[str, str] | None = None,
    days: float | None = 90,
    complete: bool = True,
) -> Answer:
    """Return a healthy answer, but for what is given; a `body` that is not bytes is sent as JSON."""
    return Answer(
        status_code=status,
        headers={"content-type": "application/json"} if headers is None else headers,
        body=body if isinstance(body, bytes) else json.dumps(body).encode(),
        latency_ms=latency,
        at=AT,
        body_complete=complete,
        certificate_expires_at=None if days is None else AT + timedelta(days=days),
    )


def failure(assessment: Assessment) -> tuple[FailureKind, str]:
    """Return the failure's kind and reason."""
    assert assessment.failure is not None
    return assessment.failure.kind, assessment.failure.reason


def test_an_answer_that_meets_all_is_up() -> None:
    """Up has no failure."""
    assert assess(answer(), SHOP) == Assessment(verdict=UP)


@pytest.mark.parametrize(
    ("given_answer", "verdict", "kind", "reason"),
    [
        (answer(status=500), DOWN, "status", "status: expected 200, got 500"),
        (
            answer({"status": "degraded", "checks": {"database": "fail"}, "queue": {"depth": 3}}, status=503),
            DEGRADED,
            "status",
            SEVERAL,
        ),
        (answer(latency=900.5), DEGRADED, "latency", "latency: > 800 ms is degraded, got 900.5 ms"),
        (answer(latency=2500.0), DEGRADED, "latency", "latency: expected < 2000 ms, got 2500 ms"),
        (answer(days=3), DOWN, "certificate", "certificate expires in: expected > 14 days, got 3 days"),
        (answer(days=-0.5), DOWN, "certificate", "certificate expires in: expected > 14 days, got -12 hours"),
        (answer(days=13.999), DOWN, "certificate", "certificate expires in: expected > 14 days, got 13.9 days"),
        (answer(days=None), DOWN, "certificate", "certificate expires in: is missing"),
        (answer(headers={}), DOWN, "header", "header content-type: is missing"),
        (
            answer(headers={"content-type": "text/html"}),
            DOWN,
            "header",
            'header content-type: expected to contain "json", got "text/html"',
        ),
        (
            answer({**HEALTHY, "queue": {"depth": 140}}),
            DOWN,
            "json",
            "$.queue.depth: expected < 100, got 140",
        ),
        (
            answer({**HEALTHY, "queue": {"depth": "3"}}),
            DOWN,
            "schema",
            '$.queue.depth: expected a number to compare, got "3"',
        ),
        (answer({**HEALTHY, "queue": {}}), DOWN, "schema", "$.queue.depth: is missing"),
        (answer({**HEALTHY, "queue": None}), DOWN, "schema", "$.queue.depth: is missing"),
        (answer(b"<html>"), DOWN, "json", 'body is not JSON (line 1, column 1): "<html>"'),
        (answer(b""), DOWN, "json", "body is empty, not JSON"),
        (answer(b'{"a": NaN}'), DOWN, "json", 'body is not JSON (NaN is no JSON number): "{\\"a\\": NaN}"'),
        (answer(b'{"a": "\xff"}'), DOWN, "json", "body is not JSON: broken UTF-8 at byte 7"),
        (answer(b"[" * 500_000), DOWN, "json", "body is nested more than 100 deep"),
        (answer(b"[" * 200 + b"]" * 200), DOWN, "json", "body is nested more than 100 deep"),
        (answer(b'{"status": ', complete=False), DOWN, "json", "body was cut after 11 bytes, so it is not whole JSON"),
    ],
)
def test_a_failure_says_what_was_expected_and_what_was_seen(
    given_answer: Answer, verdict: Verdict, kind: str, reason: str
) -> None:
    """Verdict, kind and reason of one thing gone wrong at a time."""
    assessment = assess(given_answer, SHOP)
    assert assessment.verdict == verdict
    assert failure(assessment) == (kind, reason)


def test_the_first_failing_check_names_the_kind() -> None:
    """Status, certificate, headers, json, body, latency, in that order."""
    everything = Expectations.decode(
        {
            "latency": {"lt": 1},
            "body": {"contains": "x"},
            "json": {"$.a": {"eq": 1}},
            "headers": {"X-Version": {"eq": "2"}},
            "certificate": {"expires_in": {"gt": 1e9}},
            "status": {"eq": 200},
        },
        None,
    )
    kind, reason = failure(assess(answer({}, status=500), everything))
    assert kind is FailureKind.STATUS
    named = [part.split(":")[0] for part in reason.split("; ")]
    assert named == ["status", "certificate expires in", "header x-version", "$.a", "body", "+1 more"]


@pytest.mark.parametrize(
    ("given_answer", "verdict", "reason"),
    [
        (answer(status=200), UP, None),
        (answer(b"", status=204), UP, None),
        (answer(b"", status=301), DOWN, "status: expected 2xx, got 301"),
        (answer(b"", status=500), DOWN, "status: expected 2xx, got 500"),
        (answer(b"busy", status=503), DOWN, "status: expected 2xx, got 503"),
        (answer(["fail"], status=503), DOWN, "status: expected 2xx, got 503"),
        (answer({"message": "no"}, status=503), DEGRADED, "status: expected 2xx, got 503"),
        (answer({"status": "fail"}, status=503), DEGRADED, 'status: expected 2xx, got 503; $.status: "fail"'),
        (
            answer({"status": "degraded", "database": "fail", "cache": "ok", "version": "1.2"}, status=503),
            DEGRADED,
            'status: expected 2xx, got 503; $.database: "fail"',
        ),
        (
            answer({"status": "unhealthy", "checks": {"database": "ok", "cache": {"status": "DOWN"}}}, status=503),
            DEGRADED,
            'status: expected 2xx, got 503; $.checks.cache.status: "DOWN"',
        ),
        (
            answer(
                {"status": "fail", "checks": {"db:responseTime": [{"status": "pass"}, {"status": "warn"}]}}, status=503
            ),
            DEGRADED,
            "status: expected 2xx, got 503; $.checks['db:responseTime'][1].status: \"warn\"",
        ),
        (answer({"status": "fail"}, status=500), DOWN, "status: expected 2xx, got 500"),
    ],
)
def test_without_expect_the_status_and_a_health_body_decide(
    given_answer: Answer, verdict: Verdict, reason: str | None
) -> None:
    """2xx is up, a 503 that still says what is wrong with it is degraded, all else down."""
    assessment = assess(given_answer, Expectations())
    assert assessment.verdict == verdict
    assert (assessment.failure and assessment.failure.reason) == reason


def test_degraded_alone_is_held_against_what_is_expected_by_default() -> None:
    """`degraded` without `expect` does not change what up means."""
    slow = Expectations.decode(None, {"latency": {"gt": 800}})
    assert assess(answer(latency=100), slow).verdict == UP
    assert assess(answer(latency=900), slow).verdict == DEGRADED
    assert assess(answer(latency=900, status=500), slow).verdict == DEGRADED
    assert assess(answer(latency=100, status=500), slow).verdict == DOWN
    assert assess(answer(latency=100, status=503), slow).verdict == DEGRADED


def test_with_expect_a_503_is_down_unless_degraded_says_otherwise() -> None:
    """The pattern for health bodies is only a default."""
    assert assess(answer(status=503), Expectations.decode({"status": {"eq": 200}}, None)).verdict == DOWN


def test_any_part_of_degraded_is_enough() -> None:
    """A path that says `warn`, or one that is gone."""
    either = Expectations.decode(
        {"status": {"eq": 200}}, {"json": {"$.status": {"eq": "warn"}, "$.cache": {"exists": False}}}
    )
    assert assess(answer({"status": "pass", "cache": 1}), either).verdict == UP
    assert failure(assess(answer({"status": "warn", "cache": 1}), either)) == (
        "json",
        '$.status: "warn" is degraded, got "warn"',
    )
    assert assess(answer({"status": "pass"}), either).verdict == DEGRADED
    assert assess(answer(b"not json"), either).verdict == UP


@pytest.mark.parametrize(
    ("matcher", "complete", "verdict"),
    [
        ({"contains": "ab"}, False, UP),
        ({"starts_with": "ab"}, False, UP),
        ({"matches": "b+"}, False, UP),
        ({"contains": "zz"}, False, DOWN),
        ({"not_contains": "zz"}, True, UP),
        ({"not_contains": "zz"}, False, DOWN),
        ({"eq": "abbb"}, True, UP),
        ({"eq": "abbb"}, False, DOWN),
        ({"length": {"eq": 4}}, False, DOWN),
    ],
)
def test_a_body_that_was_cut_affirms_only_what_was_read(
    matcher: dict[str, object],
    complete: bool,  # noqa: FBT001 - a column of the table
    verdict: Verdict,
) -> None:
    """What the rest might contradict is not taken for granted."""
    expectations = Expectations.decode({"body": matcher}, None)
    assessment = assess(answer(b"abbb", complete=complete), expectations)
    assert assessment.verdict == verdict
    if verdict == DOWN:
        assert "read to its end" in failure(assessment)[1]


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("text/plain; charset=ISO-8859-1", "schön".encode("latin-1")),
        ('text/plain; charset="utf-8"', "schön".encode()),
        ("text/plain", "schön".encode()),
        ("text/plain; charset=rot13", "schön".encode()),
    ],
)
def test_a_body_is_read_in_its_charset(content_type: str, body: bytes) -> None:
    """Those that are common, and UTF-8 for all others."""
    expectations = Expectations.decode({"body": {"eq": "schön"}}, None)
    assert assess(answer(body, headers={"content-type": content_type}), expectations).verdict == UP


def test_many_matches_are_judged_as_a_list() -> None:
    """A path that is not singular gives all its matches, so that each, any and length can be asked."""
    jobs = {"jobs": [{"state": "done"}, {"state": "stuck"}]}
    each = Expectations.decode({"json": {"$.jobs[*].state": {"each": {"eq": "done"}}}}, None)
    assert failure(assess(answer(jobs), each)) == ("json", '$.jobs[*].state: item 1 expected "done", got "stuck"')
    some = Expectations.decode({"json": {"$.jobs[*].state": {"any": {"eq": "done"}, "length": {"eq": 2}}}}, None)
    assert assess(answer(jobs), some).verdict == UP
    assert failure(assess(answer({"jobs": []}), each)) == ("schema", "$.jobs[*].state: is missing")


def test_nothing_invisible_and_nothing_long_reaches_a_reason() -> None:
    """A terminal, a mail or a log cannot be made to show what the target wants."""
    expectations = Expectations.decode({"json": {"$.a": {"eq": "ok"}}}, None)
    _, reason = failure(assess(answer({"a": "\x1b[2J\u202e\ud800\n" + "x" * 5000}), expectations))
    assert reason.startswith('$.a: expected "ok", got "\\u001b[2J\\u202e\\ud800\\nxxx')
    assert reason.isprintable()
    assert len(reason) == REASON_LIMIT
    assert reason.endswith("…")


def test_what_cannot_be_decoded_is_refused_by_name() -> None:
    """config.json was validated, so this is a bug that must not pass as a monitor that expects nothing."""
    with pytest.raises(ValueError, match="stauts"):
        Expectations.decode({"stauts": {"eq": 200}}, None)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=20,
)


@given(body=json_values | st.binary(max_size=60), status=st.integers(100, 599), latency=st.floats(0, 1e5))
def test_whatever_comes_back_gets_a_verdict(body: object, status: int, latency: float) -> None:
    """No answer raises; a failure is there exactly when it is not up, printable and short."""
    for expectations in (SHOP, Expectations()):
        assessment = assess(answer(body, status=status, latency=latency), expectations)
        assert assessment.verdict in (UP, DEGRADED, DOWN)
        assert (assessment.failure is None) == (assessment.verdict == UP)
        if assessment.failure is not None:
            assert 0 < len(assessment.failure.reason) <= REASON_LIMIT
            assert assessment.failure.reason.isprintable()


def test_not_even_a_name_can_hide_something() -> None:
    """Names come from health bodies and from the config, and either may hold what does not print."""
    path = "$['\u202edatabase']"
    expectations = Expectations.decode({"json": {path: {"eq": 1}}}, None)
    assert failure(assess(answer({}), expectations))[1] == "$['\\u202edatabase']: is missing"
    _, reason = failure(assess(answer({"\x1bdb": "fail"}, status=503), Expectations()))
    assert reason == "status: expected 2xx, got 503; $['\\u001bdb']: \"fail\""
