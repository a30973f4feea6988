"""Learns what is usual for the monitors whose spikes count, from the hours of the past two weeks.

Every three hours, since two weeks change little in one. For 100 monitors at one a minute: 340 hours of 4 to 10 KB are
180 to 420 read units, 240 times a month, and the item of 9 KB as many times 9 write units: $0.007 to $0.014 a month.
Where no monitor has `spike`, nothing is read.
"""

from array import array
from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import datetime, timedelta
from itertools import chain

from functions.domain.histogram import Histogram
from functions.domain.slot import hour_of
from functions.domain.usual import MEMORY, Usual, usual_of
from functions.store import RollupStore

EVERY = 3
"""Hours from one time to the next."""

_READ = timedelta(hours=6)
"""Hours that are read at once, whole: for 1,000 monitors and three regions some 30 MB."""

_HOUR = timedelta(hours=1)


def is_due(at: datetime) -> bool:
    """Tell whether the rollup of `at` is one that learns."""
    return hour_of(at).hour % EVERY == 0


def learn(store: RollupStore, monitors: Collection[str], *, at: datetime) -> int:
    """Write what is usual for `monitors`, shard by shard, and return for how many of them something is.

    Hours are read a few at a time, and only the evidence is kept of them, packed: some 40 KB for each monitor and
    region (bench/learning.py measures it; the function has 512 MB).
    """
    if not monitors:
        return 0
    until = hour_of(at)
    start = until - MEMORY
    known: dict[str, dict[tuple[str, str], _Series]] = defaultdict(lambda: defaultdict(lambda: _Series(until - MEMORY)))
    while start < until:
        for history in store.hours(start, min(start + _READ, until)):
            for monitor, regions in history.evidence.items():
                if monitor in monitors:
                    for region, histogram in regions.items():
                        known[history.shard][monitor, region].append(history.hour, histogram)
        start += _READ
    learnt = 0
    for shard in sorted(known):
        usual: dict[str, dict[str, Usual]] = defaultdict(dict)
        for (monitor, region), series in known.pop(shard).items():
            one = usual_of(series)
            if one is not None:
                usual[monitor][region] = one
        store.put_usual(shard, usual)
        learnt += len(usual)
    return learnt


class _Series:
    """Histograms of one monitor's hours as a row of numbers, a twentieth of what dictionaries of them take.

    For each hour: how many hours after `start` it is, how many buckets follow, and each bucket with its count. None is
    over 65,535: two weeks are 336 hours, a bucket of 600 is beyond a day, and an hour has 3,600 seconds.
    """

    __slots__ = ("_row", "_start")

    def __init__(self, start: datetime) -> None:
        self._start = start
        self._row = array("H")

    def append(self, hour: datetime, histogram: Histogram) -> None:
        """Add an hour."""
        self._row.extend(((hour - self._start) // _HOUR, len(histogram.buckets)))
        self._row.extend(chain.from_iterable(histogram.buckets.items()))

    def __iter__(self) -> Iterator[tuple[datetime, Histogram]]:
        place = 0
        while place < len(self._row):
            hour, buckets = self._row[place : place + 2]
            flat = self._row[place + 2 : place + 2 + 2 * buckets]
            place += 2 + 2 * buckets
            yield self._start + hour * _HOUR, Histogram(dict(zip(flat[::2], flat[1::2], strict=True)))
