"""Learns what is usual for the monitors whose spikes count, from the hours of the past two weeks.

Every three hours, since two weeks change little in one. For 100 monitors at one a minute: 340 hours of 4 to 10 KB are
180 to 420 read units, 240 times a month, and the item of 9 KB as many times 9 write units: $0.007 to $0.014 a month.
Where no monitor has `spike`, nothing is read.
"""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from functions.domain.slot import hour_of
from functions.domain.usual import MEMORY, Usual, usual_of
from functions.store import RollupStore

if TYPE_CHECKING:
    from functions.domain.histogram import Histogram

EVERY = 3
"""Hours from one time to the next."""

_DAY = timedelta(days=1)


def is_due(at: datetime) -> bool:
    """Tell whether the rollup of `at` is one that learns."""
    return hour_of(at).hour % EVERY == 0


def learn(store: RollupStore, monitors: Collection[str], *, at: datetime) -> int:
    """Write what is usual for `monitors`, shard by shard, and return for how many of them something is.

    Hours are read a day at a time, and only the evidence is kept of them: some 300 KB for each monitor and region.
    """
    if not monitors:
        return 0
    until = hour_of(at)
    start = until - MEMORY
    known: dict[str, dict[tuple[str, str], list[tuple[datetime, Histogram]]]] = defaultdict(lambda: defaultdict(list))
    while start < until:
        for history in store.hours(start, min(start + _DAY, until)):
            for monitor, regions in history.evidence.items():
                if monitor in monitors:
                    for region, histogram in regions.items():
                        known[history.shard][monitor, region].append((history.hour, histogram))
        start += _DAY
    learnt = 0
    for shard, series in known.items():
        usual: dict[str, dict[str, Usual]] = defaultdict(dict)
        for (monitor, region), hours in series.items():
            one = usual_of(hours)
            if one is not None:
                usual[monitor][region] = one
        store.put_usual(shard, usual)
        learnt += len(usual)
    return learnt
