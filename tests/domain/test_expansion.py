"""The parts of a health body: what they are, what they say, and what they decide."""

import json
from datetime import UTC, datetime

import pytest

from functions.domain.answer import Answer
from functions.domain.expansion import Expansion, expand_answer
from functions.domain.expectation import Expectations, assess
from functions.domain.part import PART_LIMIT, Expand, Part
from functions.domain.verdict import FailureKind, Verdict

UP, DEGRADED, DOWN, NO_DATA = Verdict.UP, Verdict.DEGRADED, Verdict.DOWN, Verdict.NO_DATA
AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
ALL = Expand()


def seen(
    body: object, *, status: int = 200, expand: Expand = ALL, expectations: Expectations | None = None
) -> Expansion:
    """Return what an answer with `body` comes to."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    answer = Answer(status_code=status, body=content, latency_ms=20.0, at=AT)
    return expand_answer(answer, assess(answer, expectations or Expectations()), expand)


def parts(found: Expansion) -> dict[str, Verdict]:
    """Return the parts as a table."""
    return {part.name: part.verdict for part in found.parts}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"status": "healthy", "database": "ok", "cache": "fail"}, {"database": UP, "cache": DOWN}),
        ({"status": "ok", "db": "UP", "mq": " Warning "}, {"db": UP, "mq": DEGRADED}),
        ({"version": "1.2.3", "host": "web-1", "uptime": 12, "debug": False, "x": None, "db": "ok"}, {"db": UP}),
        ({"database": {"status": "down", "latency": 3}}, {"database": DOWN}),
        ({"database": {"connected": True}}, {}),
        ({"checks": {"db:time": [{"status": "pass"}, {"status": "fail"}]}}, {"db:time": DOWN}),
        ({"checks": {"db": [{"status": "warn"}, {"status": "pass"}], "cpu": [{"observedValue": 3}]}}, {"db": DEGRADED}),
        ({"components": {"db": {"status": "ODD"}, "disk": {"status": "UP"}}}, {"db": NO_DATA, "disk": UP}),
        ({"checks": [{"name": "db", "status": "DOWN"}, {"status": "UP"}, 7]}, {"db": DOWN, "checks": UP}),
        ({"dependencies": {"mail": True, "sms": False, "version": "2"}}, {"mail": UP, "sms": DOWN}),
        ({"db": "ok", "checks": {"db": "fail"}}, {"db": DOWN}),
        ({"services": "ok"}, {"services": UP}),
    ],
)  # fmt: skip
def test_each_shape_gives_its_parts(body: object, expected: dict[str, Verdict]) -> None:
    """What stands beside parts (versions, numbers, switches) is none, and of several words for one the worst counts."""
    assert parts(seen(body)) == expected


@pytest.mark.parametrize(
    ("expand", "expected"),
    [
        (Expand(only=("cache", "mode", "gone")), {"cache": UP, "mode": NO_DATA, "gone": NO_DATA}),
        (Expand(only=("debug",)), {"debug": DOWN}),
        (Expand(without=("cache",)), {"database": DOWN}),
        (Expand(names={"mode": "Mode"}), {"database": DOWN, "cache": UP, "mode": NO_DATA}),
        (Expand(names={"mode": "Mode"}, without=("mode",)), {"database": DOWN, "cache": UP}),
    ],
)
def test_what_is_named_is_a_part_whatever_it_says(expand: Expand, expected: dict[str, Verdict]) -> None:
    """A word that is not known, or a part that is not there, is no data: never up."""
    assert parts(seen({"database": "fail", "cache": "ok", "mode": "purple", "debug": False}, expand=expand)) == expected


@pytest.mark.parametrize(
    ("body", "status", "expand", "verdict", "reason"),
    [
        ({"status": "healthy", "db": "ok"}, 200, ALL, UP, None),
        ({"status": "healthy", "db": "fail"}, 200, ALL, DEGRADED, '$.db: "fail"'),
        ({"status": "healthy", "db": "fail"}, 200, Expand(failing=DOWN), DOWN, '$.db: "fail"'),
        ({"status": "healthy", "db": "warn"}, 200, Expand(failing=DOWN), DEGRADED, '$.db: "warn"'),
        ({"status": "unhealthy", "db": "warn"}, 200, Expand(failing=DOWN), DOWN, '$.db: "warn"'),
        ({"status": "healthy", "db": "fail"}, 200, Expand(failing=UP), UP, None),
        ({"status": "degraded", "db": "ok"}, 200, ALL, DEGRADED, '$.status: "degraded"'),
        ({"status": "fail", "db": "fail"}, 503, ALL, DEGRADED, 'status: expected 2xx, got 503; $.db: "fail"'),
        ({"status": "fail", "db": "fail"}, 500, ALL, DOWN, 'status: expected 2xx, got 500; $.db: "fail"'),
        ({"status": "fail", "db": "fail"}, 200, Expand(without=("db",)), DEGRADED, '$.status: "fail"'),
        ({"status": "healthy"}, 200, ALL, UP, None),
        ({"version": "1"}, 200, ALL, DEGRADED, "expand: the body has neither"),
        ([], 200, ALL, DEGRADED, "expand: the body is no JSON object with parts: []"),
        (b"OK", 200, ALL, DEGRADED, "expand: body is not JSON"),
        (b"<html>", 502, ALL, DOWN, "status: expected 2xx, got 502"),
        (b"<html>", 503, ALL, DOWN, "status: expected 2xx, got 503"),
    ],
)  # fmt: skip
def test_parts_decide_where_the_answer_would_be_up(
    body: object, status: int, expand: Expand, verdict: Verdict, reason: str | None
) -> None:
    """What was asked of the answer decides first; a failure that has other grounds still names the parts."""
    assessment = seen(body, status=status, expand=expand).assessment
    assert assessment.verdict is verdict
    found = assessment.failure and assessment.failure.reason
    assert (found is None) if reason is None else (found or "").startswith(reason)


def test_the_failure_has_the_parts_by_their_public_names() -> None:
    """What the page and the alerts say."""
    expand = Expand(names={"db:responseTime": "Database"})
    body = {"message_queue": "warn", "checks": {"db:responseTime": [{"status": "fail"}]}, "cache": "ok"}
    failure = seen(body, expand=expand).assessment.failure
    assert failure is not None
    assert failure.kind is FailureKind.JSON
    assert failure.parts == (Part(name="Message queue", verdict=DEGRADED), Part(name="Database", verdict=DOWN))


def test_what_the_reason_says_already_is_not_said_twice() -> None:
    """`expect` has looked at the very member."""
    expectations = Expectations.decode({"json": {"$.db": {"eq": "ok"}}}, None)
    failure = seen({"db": "fail"}, expectations=expectations).assessment.failure
    assert failure is not None
    assert failure.reason == '$.db: expected "ok", got "fail"'
    assert failure.parts == (Part(name="Db", verdict=DOWN),)


def test_more_parts_than_are_shown_still_count() -> None:
    """The first are kept; one that failed behind them is not overlooked."""
    found = seen({f"p{n}": "ok" for n in range(PART_LIMIT)} | {"last": "fail"})
    assert list(parts(found)) == [f"p{n}" for n in range(PART_LIMIT)]
    assert found.assessment.verdict is DEGRADED
    assert found.assessment.failure is not None
    assert found.assessment.failure.parts == (Part(name="Last", verdict=DOWN),)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("x" * 500, "x" * 79 + "…"),
        ("a\u202eb\n", "a\\u202eb\\u000a"),
        ("\ud800", "\\ud800"),
        ("  ", "(unnamed)"),
        ("<script>", "<script>"),
    ],
)
def test_a_hostile_name_is_short_and_visible(name: str, shown: str) -> None:
    """That it never becomes markup is up to the templates."""
    assert parts(seen({name: "fail"})) == {shown: DOWN}
