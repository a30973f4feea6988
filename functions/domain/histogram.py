"""A mergeable histogram of latencies with a bounded relative error."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache

RELATIVE_ERROR = 0.02
"""A quantile read from the histogram is within 2 % of a true one."""

_GAMMA = (1 + RELATIVE_ERROR) / (1 - RELATIVE_ERROR)
_LOG_GAMMA = math.log(_GAMMA)


@dataclass(frozen=True, slots=True)
class Histogram:
    """Counts by logarithmic bucket; bucket i holds the milliseconds in (gamma^(i-1), gamma^i].

    Source: C. Masson, J. E. Rim, H. K. Lee, "DDSketch: A fast and fully-mergeable quantile sketch with
    relative-error guarantees", PVLDB 12(12), 2019. Values under 1 ms count in bucket 0.
    """

    buckets: Mapping[int, int] = field(default_factory=dict)

    @classmethod
    def of(cls, milliseconds: Iterable[float]) -> "Histogram":
        """Return the histogram of these values."""
        buckets: dict[int, int] = {}
        for value in milliseconds:
            index = bucket_of(value)
            buckets[index] = buckets.get(index, 0) + 1
        return cls(buckets)

    @classmethod
    def merge(cls, parts: Iterable["Histogram"]) -> "Histogram":
        """Return the histogram of all values of `parts`: the same whatever the order."""
        buckets: dict[int, int] = {}
        for part in parts:
            for index, count in part.buckets.items():
                buckets[index] = buckets.get(index, 0) + count
        return cls(buckets)

    @property
    def count(self) -> int:
        """Return how many values it holds."""
        return sum(self.buckets.values())

    @property
    def mean(self) -> float | None:
        """Return the mean in milliseconds within the relative error; None when empty."""
        count = self.count
        if not count:
            return None
        return sum(_middle(index) * n for index, n in self.buckets.items()) / count

    def quantile(self, q: float) -> float | None:
        """Return the `q` quantile (0 to 1) in milliseconds; None when empty."""
        return self.quantiles(q)[0]

    def quantiles(self, *ascending: float) -> tuple[float | None, ...]:
        """Return several quantiles (0 to 1, ascending) in milliseconds; None for each when empty.

        The `q` quantile of n values is the one of rank ceil(q * n), counted from 1 (the nearest rank): of few
        values the p99 is the slowest.
        """
        count = self.count
        if not count:
            return (None,) * len(ascending)
        found: list[float] = []
        seen = 0
        indexes = iter(sorted(self.buckets))
        index = 0
        for q in ascending:
            while seen < rank_of(q, count):
                index = next(indexes)
                seen += self.buckets[index]
            found.append(_middle(index))
        return tuple(found)


def rank_of(q: float, count: int) -> int:
    """Return which of `count` ascending values, from 1, is their `q` quantile.

    Source: R. J. Hyndman, Y. Fan, "Sample Quantiles in Statistical Packages", 1996: definition 1.
    """
    # 0.07 * 100 is a little more than 7 in floating point, and would otherwise become 8.
    return max(1, math.ceil(round(q * count, 9)))


def bucket_of(milliseconds: float) -> int:
    """Return the bucket that a value counts in."""
    return 0 if milliseconds <= 1 else math.ceil(math.log(milliseconds) / _LOG_GAMMA)


@cache
def _middle(index: int) -> float:
    """Return the value whose relative distance to both ends of a bucket is the same."""
    return 1.0 if index == 0 else 2 * _GAMMA**index / (_GAMMA + 1)
