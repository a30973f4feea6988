"""What a recorded line means for its monitor: the result that the probe would have recorded.

A line that names its verdict is believed. Any other is held against the monitor's own expectations, by the very code
that the probe uses, as far as a status and a latency can tell.

Lines that say the same give one and the same result: of half a million lines, a year, few say anything of their own.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache

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
_ANY_TIME = datetime(1970, 1, 1, tzinfo=UTC)
"""When an answer came matters to the expiry of a certificate alone, which no line tells."""
_UNEXPLAINED = "recorded as {}, without a reason"
_REMEMBERED = 16_384
"""Pairs of status and latency of which it is remembered what they come to: tenths of milliseconds come again."""
_UNJUDGEABLE = {"certificate": "expires_in", "headers": "headers", "json": "json", "body": "body"}


class Assessor:
    """Makes results of lines, and remembers what it could not judge."""

    def __init__(self, monitors: Mapping[str, Monitor]) -> None:
        self._monitors = monitors
        self._judges: dict[tuple[str, bool, bool], _Judge] = {}
        self._unjudged: defaultdict[str, set[str]] = defaultdict(set)
        self._results: dict[tuple[object, ...], Result] = {}

    def result(self, line: Line) -> Result:
        """Return what the check saw, without its time; its monitor must be a known one."""
        verdict, assessment = line.verdict, None
        if self._decided_by_latency(line):
            assessment = self._assess(line)
            if assessment.verdict.failing:
                return self._made(line, assessment)
            verdict = assessment.verdict
        said = (line.monitor, verdict, line.status, line.error, line.parts, line.latency_ms is None)
        known = self._results.get(said)
        if known is None:
            self._results[said] = known = self._made(line, assessment or self._assess(line))
        return known

    def _made(self, line: Line, assessment: Assessment) -> Result:
        attempt = Attempt(
            verdict=assessment.verdict,
            # The judge of a replay has no use for it, since nothing is usual there.
            latency_ms=None,
            phases=_NO_PHASES,
            status_code=line.status,
            failure=assessment.failure and self._named(assessment.failure, line),
            parts=line.parts or (),
        )
        return Result(monitor=line.monitor, attempts=(attempt,))

    def _decided_by_latency(self, line: Line) -> bool:
        """Tell whether two lines that differ in nothing but latency may come to different results."""
        if line.latency_ms is None or line.verdict is Verdict.UP or line.error is not None:
            return False
        expectations = self._monitors[line.monitor].expectations
        return _asks_for_latency(expectations)

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
    """Holds lines against expectations; what is decided by comes again and again, so that much is remembered."""

    def __init__(self, expectations: Expectations) -> None:
        self._expectations = expectations
        self._by_latency = _asks_for_latency(expectations)
        self._assessed = lru_cache(_REMEMBERED)(self._assess)

    def __call__(self, line: Line) -> Assessment:
        return self._assessed(line.status, line.latency_ms if self._by_latency else None)

    def _assess(self, status: int | None, latency_ms: float | None) -> Assessment:
        answer = Answer(status_code=status or 0, headers={}, body=b"", latency_ms=latency_ms or 0.0, at=_ANY_TIME)
        return assess(answer, self._expectations)


def _asks_for_latency(expectations: Expectations) -> bool:
    halves = (expectations.expect, expectations.degraded)
    return any(half is not None and half.latency is not None for half in halves)


def _missing(conditions: Conditions, told: Conditions) -> Iterator[str]:
    """Yield what of `conditions` is not in `told`, under the names of pulseboard.yaml."""
    for name in ("status", "latency"):
        if getattr(conditions, name) is not None and getattr(told, name) is None:
            yield name
    for name, field in _UNJUDGEABLE.items():
        if getattr(conditions, field):
            yield name
    yield from (name for name, _ in conditions.measures)
