"""What a recorded line means for its monitor: the result that the probe would have recorded.

A line that names its verdict is believed. Any other is held against the monitor's own expectations, by the very code
that the probe uses, as far as a status and a latency can tell.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace

from cli.recording.line import Line, failure_of
from functions.domain.answer import Answer
from functions.domain.claim import Conditions
from functions.domain.expectation import Assessment, Expectations, assess
from functions.domain.monitor import Monitor
from functions.domain.result import Attempt, Failure, Phases, Result
from functions.domain.verdict import FailureKind, Verdict

_NO_PHASES = Phases()
_NOTHING = Conditions()
_UP = Assessment(verdict=Verdict.UP)
_UNEXPLAINED = "recorded as {}, without a reason"
_UNJUDGEABLE = {"certificate": "expires_in", "headers": "headers", "json": "json", "body": "body"}


class Assessor:
    """Makes results of lines, and remembers what it could not judge."""

    def __init__(self, monitors: Mapping[str, Monitor]) -> None:
        self._monitors = monitors
        self._judges: dict[tuple[str, bool, bool], _Judge] = {}
        self._unjudged: defaultdict[str, set[str]] = defaultdict(set)

    def result(self, line: Line) -> Result:
        """Return what the check saw; its monitor must be a known one."""
        assessment = self._assess(line)
        attempt = Attempt(
            verdict=assessment.verdict,
            latency_ms=line.latency_ms,
            phases=_NO_PHASES,
            status_code=line.status,
            failure=assessment.failure and self._named(assessment.failure, line),
            parts=line.parts or (),
        )
        return Result(monitor=line.monitor, attempts=(attempt,))

    def notes(self) -> Iterator[str]:
        """Yield a sentence for each monitor with claims that no line can tell about."""
        for monitor, claims in self._unjudged.items():
            named = " and ".join(sorted(claims))
            yield f"What is expected of {named} at `{monitor}` cannot be judged from a recording and counts as met."

    def _named(self, failure: Failure, line: Line) -> Failure:
        """Return the failure with the parts that are not well, under the names that the public reads."""
        expand = self._monitors[line.monitor].expand
        if expand is None or line.parts is None:
            return failure
        failed = [part for part in line.parts if part.verdict.failing]
        return replace(failure, parts=tuple(replace(part, name=expand.name_of(part.name)) for part in failed))

    def _assess(self, line: Line) -> Assessment:
        if line.verdict is Verdict.UP:
            return _UP
        if line.verdict is None and line.error is None:
            return self._hold_against_expectations(line)
        verdict = line.verdict or Verdict.DOWN
        if line.error is not None:
            return Assessment(verdict=verdict, failure=failure_of(line.error))
        # Why is not recorded: if the expectations find something, that is the likeliest reason.
        failure = self._hold_against_expectations(line).failure
        otherwise = Failure(kind=FailureKind.PROTOCOL, reason=_UNEXPLAINED.format(verdict))
        return Assessment(verdict=verdict, failure=failure or otherwise)

    def _hold_against_expectations(self, line: Line) -> Assessment:
        judge = self._judges.get((line.monitor, line.status is None, line.latency_ms is None))
        return (judge or self._judge_for(line))(line)

    def _judge_for(self, line: Line) -> "_Judge":
        """Return the judge of such lines, and remember what it leaves out."""
        expectations = self._monitors[line.monitor].expectations
        expect, degraded = expectations.expect, expectations.degraded
        if expect is None and line.status is None:
            self._unjudged[line.monitor].add("status")
            expect = _NOTHING
        judge = _Judge(
            Expectations(expect=expect and self._told(expect, line), degraded=degraded and self._told(degraded, line))
        )
        self._judges[line.monitor, line.status is None, line.latency_ms is None] = judge
        return judge

    def _told(self, conditions: Conditions, line: Line) -> Conditions:
        told = Conditions(
            status=None if line.status is None else conditions.status,
            latency=None if line.latency_ms is None else conditions.latency,
        )
        missing = set(_missing(conditions, told))
        if missing:
            self._unjudged[line.monitor] |= missing
        return told


class _Judge:
    """Holds lines against expectations; statuses come again and again, so each is judged once where it alone counts."""

    def __init__(self, expectations: Expectations) -> None:
        self._expectations = expectations
        halves = (expectations.expect, expectations.degraded)
        self._by_latency = any(half is not None and half.latency is not None for half in halves)
        self._known: dict[int | None, Assessment] = {}

    def __call__(self, line: Line) -> Assessment:
        known = None if self._by_latency else self._known.get(line.status)
        if known is not None:
            return known
        answer = Answer(
            status_code=line.status or 0, headers={}, body=b"", latency_ms=line.latency_ms or 0.0, at=line.at
        )
        assessment = assess(answer, self._expectations)
        self._known[line.status] = assessment
        return assessment


def _missing(conditions: Conditions, told: Conditions) -> Iterator[str]:
    """Yield what of `conditions` is not in `told`, under the names of pulseboard.yaml."""
    for name in ("status", "latency"):
        if getattr(conditions, name) is not None and getattr(told, name) is None:
            yield name
    for name, field in _UNJUDGEABLE.items():
        if getattr(conditions, field):
            yield name
    yield from (name for name, _ in conditions.measures)
