"""Reads what a snapshot is made of, and no more often than it changes.

What a rendering costs in DynamoDB read units (eventually consistent: half a unit per 4 KB; 100 monitors at one a
minute, one region; a run 3 KB, an hour or day 10 KB compressed): states 2, incidents of 90 days 1 per 8 of them, runs
of the running hour 0 to 23, on average 11. Once an hour, when the past has moved on: 48 hours and 90 days, about 170.
Once a day, and when an instance starts: what is older, 5 days of hours and up to 310 days, about 540, and 1 for the
oldest day of all. At one rendering
every 5 minutes that is some 270,000 units a month, $0.03. Without the memory between invocations it would be
6.5 million, $0.80.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from functions.domain.history import DayHistory
from functions.domain.maintenance import Maintained, never
from functions.domain.older import WEEK, Older, calendar_start, settle_older, strip_start
from functions.domain.past import BARS, Past, midnight, oldest_day, oldest_hour, settle
from functions.domain.rollup import hour_histories
from functions.domain.slot import hour_of
from functions.domain.summary import Record
from functions.domain.uptime_policy import UPTIME_POLICY, UptimePolicy
from functions.store import PageStore

_HOUR = timedelta(hours=1)
_DAYS_AT_ONCE = 15


@dataclass(slots=True)
class Memory:
    """What a warm function keeps between invocations: the settled past, and what is older. A new one knows nothing."""

    past: Past | None = None
    older: Older | None = None


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
    past = memory.past
    if past is None or past.hour != hour or (past.misses(expected) and _moved_on(store, past)):
        past = _read_past(store, hour)
        memory.past = past
    older = memory.older
    if older is None or older.today != hour.date():
        older = memory.older = _read_older(store, hour, policy)
    live = list(hour_histories(store.runs(hour), maintained))
    if past.misses(expected):
        ended = hour_histories(store.runs(hour - _HOUR), maintained)
        live += [history for history in ended if (history.shard, history.hour) not in past.rolled]
    return Record(
        states=store.shard_states(),
        incidents=store.incidents(at - timedelta(days=BARS)),
        past=past,
        live=live,
        older=older,
        oldest=older.oldest,
    )


def _moved_on(store: PageStore, past: Past) -> bool:
    """Tell whether rollup has written the hour that has just ended since `past` was read."""
    return any((h.shard, h.hour) not in past.rolled for h in store.hours(past.hour - _HOUR, past.hour))


def _read_past(store: PageStore, hour: datetime) -> Past:
    """Read the past piece by piece: of 1,000 monitors, 90 days at once would not fit into a small function."""
    yesterday = oldest_hour(hour)
    first = oldest_day(hour)
    return settle(_days(store, first, yesterday.date()), store.hours(yesterday, hour), hour=hour)


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
