"""Latency spikes: a check that is up, but much slower than this monitor is at this hour.

One slow check says little: a cold start, a collected garbage, a lost packet. It takes several of the newest runs.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from functions.domain.result import Failure, Result
from functions.domain.usual import Usual
from functions.domain.verdict import FailureKind, Verdict

Slow = tuple[datetime | None, ...]
"""A region's newest runs, oldest first: the time of one that was slow, None for one that was not. Empty: none was."""

_WHOLE = 10
"""From this ratio on no decimals are told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpikeRule:
    """What counts as a spike, from pulseboard.yaml.

    A check is slow where it takes `ratio` times the usual and at least `floor` ms more than it, and longer than what is
    ordinary for the monitor. `runs` slow ones among the newest `of` are a spike.
    """

    ratio: float = 2.0
    floor: float = 100.0
    runs: int = 3
    of: int = 3

    def limit(self, usual: Usual, at: datetime) -> float:
        """Return the milliseconds above which a check at `at` is slow."""
        expected = usual.at(at)
        return max(expected * self.ratio, expected * usual.tail, expected + self.floor)


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspicion:
    """A result seen against the monitor's own history.

    `result` is degraded where there is a spike; `began` is then its first slow run, and otherwise the present one.
    """

    result: Result
    slow: Slow
    began: datetime


def suspect(slow: Slow, result: Result, usual: Usual | None, rule: SpikeRule | None, *, at: datetime) -> Suspicion:
    """Return what `result` is in the light of `usual`; `slow` is what the region's last runs were."""
    if rule is None or usual is None:
        return Suspicion(result=result, slow=(), began=at)
    if not is_evidence(result) or result.latency_ms is None:
        return Suspicion(result=result, slow=slow, began=at)
    is_slow = result.latency_ms > rule.limit(usual, at)
    newest = (*slow, at if is_slow else None)[-rule.of :]
    times = [moment for moment in newest if moment is not None]
    if not times:
        return Suspicion(result=result, slow=(), began=at)
    if not is_slow or len(times) < rule.runs:
        return Suspicion(result=result, slow=newest, began=at)
    return Suspicion(result=_degraded(result, result.latency_ms, usual, at), slow=newest, began=times[0])


def is_evidence(result: Result) -> bool:
    """Tell whether a result's latency says something of the target: a good first attempt, measured well.

    What needed a second attempt met a target that had just been asked, or a connection that had just failed.
    """
    measured = result.latency_ms is not None and not result.busy
    return measured and result.verdict is Verdict.UP and len(result.attempts) == 1


def _degraded(result: Result, latency_ms: float, usual: Usual, at: datetime) -> Result:
    expected = usual.at(at)
    times = latency_ms / max(expected, 1.0)
    ratio = f"{times:.0f}" if times >= _WHOLE else f"{times:.1f}".removesuffix(".0")
    when = " at this hour" if at.hour in usual.by_hour else ""
    reason = f"latency: {latency_ms:.0f} ms is {ratio} times its usual {expected:.0f} ms{when}"
    attempt = replace(
        result.last,
        verdict=Verdict.DEGRADED,
        failure=Failure(kind=FailureKind.LATENCY, reason=reason, phase=result.last.phases.slowest),
    )
    return replace(result, attempts=(attempt,))
