"""Computes hours and days from runs and writes what has changed.

One UTC day is in memory at a time, and of an hour's runs only what counts. Each hour costs, in DynamoDB units for 100
monitors at one a minute from one region: 46 to read the runs of two hours, up to 30 to read the day's hours, 10 to
write an hour and 10 to write the day: about $0.02 a month.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from functions.domain.history import HourHistory
from functions.domain.maintenance import Maintained, never
from functions.domain.past import midnight
from functions.domain.rollup import day_histories, hour_histories
from functions.domain.slot import hour_of
from functions.rollup.request import Rebuild
from functions.store import RollupStore

_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)
LATE = 2
"""How many of the hours that have ended are computed again: runs may arrive late."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What a rollup came to; `left` is what there was no time for, to be asked for in another invocation."""

    days: int
    hours_written: int
    left: Rebuild | None = None


Histories = Callable[[datetime], Iterable[HourHistory]]
"""An hour's history by its start, computed from its runs."""


def roll_up(
    store: RollupStore, *, at: datetime, maintained: Maintained = never, evidence_of: Collection[str] = ()
) -> Done:
    """Compute the LATE last hours, and those before them on the same days that were never computed; and their days.

    Hours keep the evidence of what is usual for the monitors in `evidence_of`.
    """
    histories = _histories(store, maintained, evidence_of)
    now = hour_of(at)
    recent = {now - _HOUR * n for n in range(1, LATE + 1)}
    days = sorted({hour.date() for hour in recent})
    written = sum(_roll_day(store, day, again=recent, until=now, histories=histories) for day in days)
    return Done(days=len(days), hours_written=written)


def rebuild(
    store: RollupStore,
    span: Rebuild,
    *,
    at: datetime,
    seconds_left: Callable[[], float],
    maintained: Maintained = never,
    evidence_of: Collection[str] = (),
) -> Done:
    """Compute the days of `span` again from runs; an hour whose runs have expired keeps the history it has.

    Stops before a day for which there may not be enough of `seconds_left`, and says which days are left.
    """
    histories = _histories(store, maintained, evidence_of)
    until = hour_of(at)
    written = 0
    slowest = 0.0
    for number, day in enumerate(span.days()):
        before = seconds_left()
        if number and before < 2 * slowest + 5:
            return Done(days=number, hours_written=written, left=Rebuild(start=day, end=span.end))
        hours = {midnight(day) + _HOUR * n for n in range(24)}
        written += _roll_day(store, day, again=hours, until=until, histories=histories)
        slowest = max(slowest, before - seconds_left())
    return Done(days=len(span.days()), hours_written=written)


def _histories(store: RollupStore, maintained: Maintained, evidence_of: Collection[str]) -> Histories:
    return lambda hour: hour_histories(store.runs(hour), maintained, evidence_of=evidence_of)


def _roll_day(
    store: RollupStore, day: date, *, again: Collection[datetime], until: datetime, histories: Histories
) -> int:
    """Compute the hours of `day` before `until` that are in `again` or missing; return how many were written."""
    start = midnight(day)
    end = min(start + _DAY, until)
    known = {(history.hour, history.shard): history for history in store.hours(start, end)}
    present = {hour for hour, _ in known}
    written = 0
    hour = start
    while hour < end:
        if hour in again or hour not in present:
            for history in histories(hour):
                before = known.get((hour, history.shard))
                if before != history and _covered(before) <= _covered(history):
                    store.put_hour(history)
                    known[hour, history.shard] = history
                    written += 1
        hour += _HOUR
    for total in day_histories(known.values()):
        store.put_day(total)
    return written


def _covered(history: HourHistory | None) -> int:
    """Return the seconds that an hour tells of. Less than before means that some of its runs have expired since."""
    return 0 if history is None else sum(span.known for span in history.spans.values())
