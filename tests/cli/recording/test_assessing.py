"""What a line means for its monitor."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from cli.recording.assessing import Assessor
from cli.recording.line import Line
from functions.domain.expectation import Expectations
from functions.domain.monitor import Monitor
from functions.domain.result import Failure
from functions.domain.verdict import FailureKind, Verdict
from tests.fakes.configs import monitor

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
STRICT = {"status": {"in": [200, 201]}, "latency": {"lt": 1000}}
SLOW = {"status": {"eq": 503}, "latency": {"gt": 500}}


def watched(expect: Mapping[str, object] | None = None, degraded: Mapping[str, object] | None = None) -> Monitor:
    """Return a monitor called `api` with these expectations."""
    return replace(monitor("api"), expectations=Expectations.decode(expect, degraded))


def line(
    *, latency: float | None = 100.0, verdict: Verdict | None = None, status: int | None = 200, error: str | None = None
) -> Line:
    """Return a line about it."""
    return Line(
        monitor="api", region="eu-west-1", at=AT, latency_ms=latency, verdict=verdict, status=status, error=error
    )


def seen(of: Monitor, said: Line) -> tuple[Verdict, Failure | None]:
    """Return verdict and failure that the line comes to."""
    result = Assessor({"api": of}).result(said)
    assert result.last.status_code == said.status
    return result.verdict, result.failure


@pytest.mark.parametrize(
    ("of", "said", "verdict", "kind"),
    [
        (watched(), line(), "up", None),
        (watched(), line(status=204), "up", None),
        (watched(), line(status=500), "down", "status"),
        (watched(), line(status=None), "up", None),
        (watched(STRICT), line(status=204), "down", "status"),
        (watched(STRICT), line(latency=1000.0), "down", "latency"),
        (watched(STRICT), line(latency=None), "up", None),
        (watched(STRICT, SLOW), line(latency=600.0), "degraded", "latency"),
        (watched(STRICT, SLOW), line(status=503), "degraded", "status"),
        (watched(STRICT, SLOW), line(status=500), "down", "status"),
        (watched({"json": {"$.status": {"eq": "ok"}}}), line(status=500), "up", None),
        (watched(None, {"latency": {"gt": 500}}), line(latency=600.0), "degraded", "latency"),
    ],
)
def test_a_line_without_a_verdict_is_held_against_the_expectations(
    of: Monitor, said: Line, verdict: str, kind: str | None
) -> None:
    """As far as a status and a latency can tell, and by the same rules as a check."""
    found, failure = seen(of, said)
    assert found == verdict
    assert (failure.kind if failure else None) == kind


def test_repeated_statuses_give_what_the_first_gave() -> None:
    """What is remembered of one line must not leak into another."""
    assessor = Assessor({"api": watched(), "slow": replace(watched(STRICT, SLOW), id="slow")})
    for _ in range(2):
        assert assessor.result(line(status=200)).verdict is Verdict.UP
        assert assessor.result(line(status=500)).verdict is Verdict.DOWN
        slow = replace(line(latency=600.0), monitor="slow")
        assert assessor.result(slow).verdict is Verdict.DEGRADED
        assert assessor.result(replace(slow, latency_ms=1.0)).verdict is Verdict.UP


def test_an_error_without_a_verdict_is_down() -> None:
    """Whatever the status says."""
    expected = Verdict.DOWN, Failure(kind=FailureKind.TIMEOUT, reason="no answer")
    assert seen(watched(), line(error="timeout: no answer")) == expected


def test_a_recorded_verdict_is_believed() -> None:
    """It was made by somebody who saw the whole answer."""
    assert seen(watched(), line(verdict=Verdict.UP, status=500)) == (Verdict.UP, None)
    assert seen(watched(), line(verdict=Verdict.DEGRADED, error="json: $.db: fail")) == (
        Verdict.DEGRADED,
        Failure(kind=FailureKind.JSON, reason="$.db: fail"),
    )


def test_a_failing_verdict_without_an_error_has_the_likeliest_reason() -> None:
    """What the expectations find; where they find nothing, that nothing was recorded."""
    _, failure = seen(watched(), line(verdict=Verdict.DOWN, status=500))
    assert failure is not None
    assert failure.kind is FailureKind.STATUS
    assert "500" in failure.reason
    _, failure = seen(watched(), line(verdict=Verdict.DOWN))
    assert failure == Failure(kind=FailureKind.PROTOCOL, reason="recorded as down, without a reason")


def test_what_cannot_be_judged_is_noted_once_for_each_monitor() -> None:
    """And only if a line had to be judged without it."""
    of = watched({"status": {"eq": 200}, "json": {"$.a": {"eq": 1}}, "body": {"contains": "x"}, "headers": {}})
    assessor = Assessor({"api": of})
    assessor.result(line(verdict=Verdict.UP))
    assessor.result(line(error="dns"))
    assert list(assessor.notes()) == []
    assessor.result(line())
    assessor.result(line())
    assert list(assessor.notes()) == [
        "What is expected of body and json at `api` cannot be judged from a recording and counts as met."
    ]


def test_where_all_can_be_judged_nothing_is_noted() -> None:
    """Statuses and latencies are in a recording."""
    assessor = Assessor({"api": watched({"status": {"eq": 200}, "latency": {"lt": 1.0}})})
    assessor.result(line())
    assessor.result(line(status=500))
    assert list(assessor.notes()) == []


def test_a_line_that_tells_nothing_is_noted_too() -> None:
    """No status, no error, no verdict: it counts as up, and somebody should know."""
    assessor = Assessor({"api": watched()})
    assert assessor.result(line(status=None)).verdict is Verdict.UP
    assert "status at `api` cannot be judged" in next(assessor.notes())


def test_lines_that_come_to_the_same_share_a_result() -> None:
    """Unless what differs decides: a status, a reason, a latency that is too long."""
    assessor = Assessor({"api": watched(STRICT)})
    good = assessor.result(line())
    assert assessor.result(line(latency=999.0)) is good
    assert assessor.result(line(latency=1.0, verdict=Verdict.UP)) is good
    slow, slower = assessor.result(line(latency=1500.0)), assessor.result(line(latency=1600.0))
    assert slow.failure is not None
    assert slower.failure is not None
    assert slow.failure.reason != slower.failure.reason
    assert assessor.result(line(status=201)).last.status_code == 201
    assert assessor.result(line(error="dns: a")).failure != assessor.result(line(error="dns: b")).failure
