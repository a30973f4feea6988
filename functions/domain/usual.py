"""How long a monitor's checks usually take, learnt from the hours of the past two weeks.

Everything is read from quantiles of log-scaled histograms, which a few outages do not move: the usual time is a median,
and what is still ordinary is a high quantile of the times in proportion to it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from functions.domain.histogram import Histogram, bucket_of

MEMORY = timedelta(days=14)
"""How far back it looks: two weeks hold every day of the week twice, and what a deployment changed is soon learnt."""

ENOUGH = 50
"""Checks without which nothing is usual yet."""

ENOUGH_DAYS = 3
ENOUGH_IN_HOUR = 20
"""Days, and checks, that an hour of the day needs to be judged by itself."""

_HIGH = 0.9
_HIGHEST = 0.995
_THREE_SIGMA = 3 / 1.2815515655446004
"""Three standard deviations in units of the distance from the median to the 90 % quantile, for a normal distribution
(here of the logarithm). Source of the quantile: NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.1."""

_OUTLYING = 2.0
_ORDINARY_SHARE = 0.1
"""An hour is no example of the ordinary where a larger share of its checks took more than twice the usual time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Usual:
    """What one region usually sees of one monitor. Times are in ms.

    `median` is that of all hours; `by_hour` has those of the hours of the day (UTC) of which enough is known. `tail` is
    the multiple of the usual time that is still ordinary.
    """

    median: float
    tail: float
    by_hour: Mapping[int, float] = field(default_factory=dict)

    def at(self, moment: datetime) -> float:
        """Return the usual time at `moment`, by its hour of the day where that is known."""
        return self.by_hour.get(moment.hour, self.median)


def usual_of(hours: Iterable[tuple[datetime, Histogram]]) -> Usual | None:
    """Return what is usual after `hours` (their starts, aware, UTC); None where they hold too little to say."""
    known = [(start, histogram) for start, histogram in hours if histogram.buckets]
    everything = Histogram.merge(histogram for _, histogram in known)
    median = everything.quantile(0.5)
    if median is None or everything.count < ENOUGH:
        return None
    by_hour = _by_hour(known)
    centres = [(bucket_of(by_hour.get(start.hour, median)), histogram) for start, histogram in known]
    ordinary = [(centre, histogram) for centre, histogram in centres if _is_ordinary(histogram, centre)]
    # Where most hours look like outliers, that is how this monitor ordinarily is.
    relative = _relative(ordinary if 2 * len(ordinary) >= len(centres) else centres)
    high, highest = relative.quantiles(_HIGH, _HIGHEST)
    return Usual(median=median, tail=max(1.0, highest or 1.0, (high or 1.0) ** _THREE_SIGMA), by_hour=by_hour)


def _by_hour(known: Iterable[tuple[datetime, Histogram]]) -> dict[int, float]:
    """Return the medians of those hours of the day of which enough is known."""
    parts: dict[int, list[Histogram]] = defaultdict(list)
    for start, histogram in known:
        parts[start.hour].append(histogram)
    medians: dict[int, float] = {}
    for hour, histograms in sorted(parts.items()):
        merged = Histogram.merge(histograms)
        median = merged.quantile(0.5)
        if median is not None and len(histograms) >= ENOUGH_DAYS and merged.count >= ENOUGH_IN_HOUR:
            medians[hour] = median
    return medians


def _is_ordinary(histogram: Histogram, centre: int) -> bool:
    bound = centre + bucket_of(_OUTLYING)
    outlying = sum(count for bucket, count in histogram.buckets.items() if bucket > bound)
    return outlying <= _ORDINARY_SHARE * histogram.count


def _relative(centres: Iterable[tuple[int, Histogram]]) -> Histogram:
    """Return the times in proportion to the usual one: on a log scale that is a shift."""
    counts: dict[int, int] = defaultdict(int)
    for centre, histogram in centres:
        for bucket, count in histogram.buckets.items():
            counts[bucket - centre] += count
    return Histogram(counts)
