"""Hours and days of a monitor: what uptime and latency are computed from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from functions.domain.breakdown import PhaseSums, RegionSums, merge_regions
from functions.domain.histogram import Histogram


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Seconds that a monitor spent in each verdict, and how long its up and degraded checks took.

    A scheduled slot counts with the monitor's interval, by the strict majority of the regions that reported it; one
    that lies in a maintenance counts as that, whatever was seen. Slots without a run are in none of the fields:
    coverage is what tells them. `phases` are those of the checks in `latency`; `regions` is what each of several
    regions saw, and empty where one looks alone.
    """

    up: int = 0
    degraded: int = 0
    down: int = 0
    latency: Histogram = field(default_factory=Histogram)
    maintenance: int = 0
    phases: PhaseSums = field(default_factory=PhaseSums)
    regions: Mapping[str, RegionSums] = field(default_factory=dict)

    @classmethod
    def merge(cls, parts: Iterable["Span"]) -> "Span":
        """Return the sum of `parts`, in whatever order they come."""
        spans = tuple(parts)
        if len(spans) == 1:
            return spans[0]
        return cls(
            up=sum(s.up for s in spans),
            degraded=sum(s.degraded for s in spans),
            down=sum(s.down for s in spans),
            latency=Histogram.merge(s.latency for s in spans),
            maintenance=sum(s.maintenance for s in spans),
            phases=PhaseSums.merge(s.phases for s in spans),
            regions=merge_regions(s.regions for s in spans),
        )

    @property
    def covered(self) -> int:
        """Return the seconds that uptime is a share of."""
        return self.up + self.degraded + self.down

    @property
    def known(self) -> int:
        """Return the seconds for which there is data."""
        return self.covered + self.maintenance


@dataclass(frozen=True, slots=True, kw_only=True)
class HourHistory:
    """One shard's hour; `hour` is its aware UTC start.

    A slot counts in the hour of its scheduled minute, so with an interval of more than an hour a span may hold more
    than 3,600 seconds, and the hours between hold none. `evidence` is what spikes are judged by, for the monitors that
    ask for it: by monitor and region the times of the good checks that were measured well.
    """

    shard: str
    hour: datetime
    spans: Mapping[str, Span]
    evidence: Mapping[str, Mapping[str, Histogram]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class DayHistory:
    """One shard's UTC day; a span holds at most 86,400 seconds."""

    shard: str
    day: date
    spans: Mapping[str, Span]
