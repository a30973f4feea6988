"""Fast burn: an error budget that is being used up so fast that somebody should act now.

Source of the rule: Google SRE Workbook, chapter 5, "Alerting on SLOs", section 6, "Multiwindow, Multi-Burn-Rate
Alerts": 2 % of the budget within an hour (a burn rate of 14.4 where the window has 30 days), which the last 5 minutes
confirm, so that it is told while it goes on and not an hour after.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from fractions import Fraction

from functions.domain.slo import Slo
from functions.domain.state import State

_SHARE = Fraction(1, 50)
_LONG = timedelta(hours=1)
_SHORT = timedelta(minutes=5)
_LEAST = 2
"""Failing checks that it takes in the long window: a single one is no rate, though it may be 2 % of a small budget."""

Spans = tuple[tuple[datetime, datetime], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BurnRule:
    """A monitor's objective and its interval. One that is checked rarely has windows of some of its intervals."""

    slo: Slo
    interval: timedelta

    @property
    def long(self) -> timedelta:
        """Return the window over which the burn rate is taken."""
        return max(_LONG, 6 * self.interval)

    @property
    def short(self) -> timedelta:
        """Return the window that must confirm it: a twelfth of the long one, or a single check."""
        return max(_SHORT, self.interval)

    @property
    def limit(self) -> Fraction:
        """Return the burn rate that is told."""
        return _SHARE * Fraction(timedelta(days=self.slo.days) / self.long)


@dataclass(frozen=True, slots=True, kw_only=True)
class Burn:
    """What there is to tell: since `started_at`, `failed` of the `window` before `at` has failed."""

    monitor: str
    slo: Slo
    at: datetime
    started_at: datetime
    failed: timedelta
    window: timedelta
    rate: Fraction


def note_burn(state: State, rule: BurnRule, *, failing: bool, at: datetime) -> tuple[State, Burn | None]:
    """Return the state with the run of `at` noted, and what there would be to tell if nothing has been.

    An episode ends, and another can be told, once the long window's rate is below the limit again.
    """
    if not failing and not state.failed:
        return (replace(state, burning=False) if state.burning else state), None
    slot = (at, at + rule.interval)
    now = max(at, state.judged_at) + rule.interval
    since = now - rule.long
    kept = tuple((start, end) for start, end in state.failed if end > since)
    failed = _with(kept, slot) if failing else _without(kept, slot)
    long = _overlap(failed, since, now)
    rate = _rate(long, rule.long, rule.slo)
    if rate < rule.limit:
        return replace(state, failed=failed, burning=False), None
    # A gap may have outlasted the episode, without a run that could have said so.
    state = replace(state, failed=failed, burning=state.burning and bool(kept))
    confirmed = _rate(_overlap(failed, now - rule.short, now), rule.short, rule.slo) >= rule.limit
    if state.burning or not failing or not confirmed or long < _LEAST * rule.interval:
        return state, None
    return state, Burn(
        monitor=state.monitor,
        slo=rule.slo,
        at=max(at, state.judged_at),
        started_at=failed[0][0],
        failed=long,
        window=rule.long,
        rate=rate,
    )


def _rate(failed: timedelta, window: timedelta, slo: Slo) -> Fraction:
    return Fraction(failed // timedelta(seconds=1), window // timedelta(seconds=1)) / slo.allowed


def _overlap(spans: Spans, start: datetime, end: datetime) -> timedelta:
    return sum((max(timedelta(), min(e, end) - max(s, start)) for s, e in spans), timedelta())


def _with(spans: Iterable[tuple[datetime, datetime]], slot: tuple[datetime, datetime]) -> Spans:
    """Return the union, in order, with what touches joined."""
    joined: list[tuple[datetime, datetime]] = []
    for start, end in sorted([*spans, slot]):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


def _without(spans: Iterable[tuple[datetime, datetime]], slot: tuple[datetime, datetime]) -> Spans:
    """Return what is left of the spans: another region saw the same minute fail, and the majority does not."""
    left: list[tuple[datetime, datetime]] = []
    for start, end in spans:
        left += [(s, e) for s, e in ((start, min(end, slot[0])), (max(start, slot[1]), end)) if s < e]
    return tuple(left)
