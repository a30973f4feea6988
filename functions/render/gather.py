"""Reads what a snapshot is made of, and no more often than it changes.

What a rendering costs in DynamoDB read units (eventually consistent: half a unit per 4 KB; 100 monitors at one a
minute, one region; a run 3 KB, an hour or day 10 KB compressed): states 2, incidents of 90 days 1 per 8 of them, runs
of the running hour 0 to 23, on average 11. Once an hour, when the past has moved on: 48 hours and 90 days, about 170.
At one rendering every 5 minutes that is some 250,000 units a month, $0.03. Without the memory between invocations it
would be 1.6 million, $0.20.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from functions.domain.maintenance import Maintained, never
from functions.domain.past import BARS, Past, oldest_day, oldest_hour, settle
from functions.domain.rollup import hour_histories
from functions.domain.slot import hour_of
from functions.domain.summary import Record
from functions.store import PageStore

_HOUR = timedelta(hours=1)
_DAYS_AT_ONCE = 15


@dataclass(slots=True)
class Memory:
    """What a warm function keeps between invocations: the settled past. A new one knows nothing."""

    past: Past | None = None


def gather(
    store: PageStore, memory: Memory, *, shards: Iterable[str], at: datetime, maintained: Maintained = never
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
    live = list(hour_histories(store.runs(hour), maintained))
    if past.misses(expected):
        ended = hour_histories(store.runs(hour - _HOUR), maintained)
        live += [history for history in ended if (history.shard, history.hour) not in past.rolled]
    return Record(
        states=store.shard_states(), incidents=store.incidents(at - timedelta(days=BARS)), past=past, live=live
    )


def _moved_on(store: PageStore, past: Past) -> bool:
    """Tell whether rollup has written the hour that has just ended since `past` was read."""
    return any((h.shard, h.hour) not in past.rolled for h in store.hours(past.hour - _HOUR, past.hour))


def _read_past(store: PageStore, hour: datetime) -> Past:
    """Read the past piece by piece: of 1,000 monitors, 90 days at once would not fit into a small function."""
    yesterday = oldest_hour(hour)
    first = oldest_day(hour)
    days = (
        history
        for age in range(0, (yesterday.date() - first).days, _DAYS_AT_ONCE)
        for history in store.days(
            first + timedelta(days=age), min(first + timedelta(days=age + _DAYS_AT_ONCE), yesterday.date())
        )
    )
    return settle(days, store.hours(yesterday, hour), hour=hour)
