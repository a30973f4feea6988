"""Reads what a snapshot is made of, and no more often than it changes.

What a rendering costs in DynamoDB read units (eventually consistent: half a unit per 4 KB; 100 monitors at one a
minute, one region; a run 3 KB, an hour or day 10 KB compressed): states 2, incidents of 90 days 1 per 8 of them, runs
of the last quarter of an hour 6. Once an hour, when rollup has done the one that has ended: the hours since yesterday,
on average 45 (and 45 when the hour begins). Every six hours the days before them, about 110. Once a day, and when an
instance starts: what is older, 5 days of hours and up to 310 days, about 540, and 1 for the oldest day of all. At one
rendering every 5 minutes that is some 180,000 units a month, $0.02. Without the memory between invocations it would be
6.5 million, $0.80.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from functions.domain.history import DayHistory
from functions.domain.maintenance import Maintained, never
from functions.domain.older import WEEK, Older, calendar_start, settle_older
from functions.domain.past import BARS, Past, midnight, oldest_day, oldest_hour, strip_start
from functions.domain.past_days import PastDays, settle_days
from functions.domain.rollup import sum_up
from functions.domain.run_rows import Row, Rows, RunKey, rows_of
from functions.domain.settling import settle_hours
from functions.domain.slot import hour_of
from functions.domain.summary import Record
from functions.domain.uptime_policy import UPTIME_POLICY, UptimePolicy
from functions.store import PageStore

_HOUR = timedelta(hours=1)
_DAYS_AT_ONCE = 15
_DAYS_STAND = 6
"""Hours of a day in which the days before yesterday are read once; history can be rebuilt meanwhile."""
_LATE = timedelta(minutes=10)
"""A run that comes later than this after its minute counts once rollup has done its hour."""


@dataclass(slots=True)
class Memory:
    """What a warm function keeps between invocations: the settled past, what is older, and the `days` between them.

    A new one knows nothing.
    """

    past: Past | None = None
    days: PastDays | None = None
    days_since: datetime | None = None
    """Since when those have been kept: the start of a quarter of a day."""
    older: Older | None = None
    rows: dict[datetime, dict[RunKey, tuple[Row, ...]]] = field(default_factory=dict)
    """By hour, what counts of the runs of the running one and, until rollup has done it, of the one before."""


def gather(
    store: PageStore,
    memory: Memory,
    *,
    shards: Iterable[str],
    at: datetime,
    maintained: Maintained = never,
    policy: UptimePolicy = UPTIME_POLICY,
) -> Record:
    """Return the record at `at`; `shards` are the ids that the config has. Updates `memory`.

    Hours that rollup has not done yet (the running one always, the one before it for some minutes) are computed from
    their runs.
    """
    hour = hour_of(at)
    expected = tuple(shards)
    memory.rows = {start: rows for start, rows in memory.rows.items() if hour - _HOUR <= start <= hour}
    past = memory.past
    if past is None or past.hour != hour or (past.misses(expected) and _moved_on(store, past)):
        past = memory.past = settle_hours(
            _settled_days(store, memory, hour, policy), store.hours(oldest_hour(hour), hour), hour=hour
        )
    older = memory.older
    if older is None or older.today != hour.date():
        older = memory.older = _read_older(store, hour, policy)
    live = list(sum_up(_rows(store, memory, hour), maintained))
    if past.misses(expected):
        ended = sum_up(_rows(store, memory, hour - _HOUR), maintained)
        live += [history for history in ended if (history.shard, history.hour) not in past.rolled]
    return Record(
        states=store.shard_states(),
        incidents=store.incidents(at - timedelta(days=BARS)),
        past=past,
        live=live,
        older=older,
        oldest=older.oldest,
    )


def _rows(store: PageStore, memory: Memory, hour: datetime) -> Rows:
    """Return what counts of an hour's runs; only the newest are read again, for those that come late."""
    known = memory.rows.setdefault(hour, {})
    newest = max((at for _, at, _ in known), default=None)
    known |= rows_of(store.runs(hour, since=None if newest is None else newest - _LATE))
    return known


def _moved_on(store: PageStore, past: Past) -> bool:
    """Tell whether rollup has written the hour that has just ended since `past` was read."""
    return any((h.shard, h.hour) not in past.rolled for h in store.hours(past.hour - _HOUR, past.hour))


def _settled_days(store: PageStore, memory: Memory, hour: datetime, policy: UptimePolicy) -> PastDays:
    """Return the days before yesterday.

    They are read piece by piece: of 1,000 monitors, 90 days at once would not fit into a small function.
    """
    quarter, days = hour.replace(hour=hour.hour // _DAYS_STAND * _DAYS_STAND), memory.days
    if days is None or memory.days_since != quarter:
        first, end = oldest_day(hour), oldest_hour(hour).date()
        days = memory.days = settle_days(_days(store, first, end), today=hour.date(), policy=policy)
        memory.days_since = quarter
    return days


def _read_older(store: PageStore, hour: datetime, policy: UptimePolicy) -> Older:
    """Read what the calendar and the chart of a week have beside the past."""
    today = hour.date()
    week = midnight(today - timedelta(days=WEEK - 1))
    days_of_hours = (week + timedelta(days=age) for age in range((oldest_hour(hour) - week).days))
    older = settle_older(
        _days(store, calendar_start(today), strip_start(today)),
        (history for day in days_of_hours for history in store.hours(day, day + timedelta(days=1))),
        today=today,
        policy=policy,
    )
    return replace(older, oldest=store.oldest())


def _days(store: PageStore, first: date, end: date) -> Iterator[DayHistory]:
    """Yield the days in [first, end), some at a time."""
    while first < end:
        until = min(first + timedelta(days=_DAYS_AT_ONCE), end)
        yield from store.days(first, until)
        first = until
