"""What history has settled, summed up once so that each rendering only has to add the running hour.

Windows begin on the hour (24h) or on a UTC day (7d, 30d, 90d: today and the 6, 29, 89 days before), the same days as
the bars. Yesterday and today are summed from hours and only older days are taken from days: right after midnight,
yesterday's last hour is not in its day yet.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

from functions.domain.histogram import Histogram
from functions.domain.history import Span
from functions.domain.public_figures import DayBar, LatencyPoint, Window
from functions.domain.uptime_policy import UPTIME_POLICY, UptimePolicy

BARS = 90
"""Days on the strip."""
POINTS = 24
"""Hours of the sparkline."""

_DAYS = {Window.WEEK: 7, Window.MONTH: 30, Window.QUARTER: BARS}


def midnight(day: date) -> datetime:
    """Return the start of a UTC day."""
    return datetime.combine(day, time(), UTC)


def window_start(window: Window, hour: datetime) -> datetime:
    """Return where `window` begins while `hour` (the start of an hour) is running."""
    if window is Window.DAY:
        return hour - timedelta(hours=POINTS - 1)
    return midnight(hour.date() - timedelta(days=_DAYS[window] - 1))


def oldest_day(hour: datetime) -> date:
    """Return the oldest day to read: one before the windows, to tell a young monitor from a gap at their start."""
    return hour.date() - timedelta(days=BARS)


def strip_start(today: date) -> date:
    """Return the first day of the strip: what lies before is older."""
    return today - timedelta(days=BARS - 1)


@lru_cache(maxsize=8)
def strip_days(today: date) -> tuple[date, ...]:
    """Return the days of the strip, oldest first, today last: the same for all monitors."""
    return tuple(strip_start(today) + timedelta(days=n) for n in range(BARS))


def oldest_hour(hour: datetime) -> datetime:
    """Return the oldest hour to read: yesterday's first."""
    return midnight(hour.date() - timedelta(days=1))


@dataclass(frozen=True, slots=True, kw_only=True)
class MonitorPast:
    """One monitor's share. `days` is without latencies; `hours` reaches back to the start of the sparkline.

    `points` are the percentiles of each hour since yesterday began and of each day before, `means` the average response
    times (ms) of these hours; `recent` is the latency of yesterday and today. `bars` are the days of the strip that
    nothing is added to any more, `months` the sums of the strip's days by the first day of their month, without
    latencies. `first` is when its data begins, None where there is none.
    """

    windows: Mapping[Window, Span] = field(default_factory=dict)
    days: Mapping[date, Span] = field(default_factory=dict)
    hours: Mapping[datetime, Span] = field(default_factory=dict)
    first: datetime | None = None
    points: Mapping[datetime | date, LatencyPoint] = field(default_factory=dict)
    means: Mapping[datetime, float | None] = field(default_factory=dict)
    recent: Mapping[date, Histogram] = field(default_factory=dict)
    bars: Mapping[date, DayBar] = field(default_factory=dict)
    months: Mapping[date, Span] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """All that lies before the running hour `hour`; `rolled` has each (shard, hour) that is in it.

    `policy` is the one that its bars go by.
    """

    hour: datetime
    monitors: Mapping[str, MonitorPast]
    rolled: frozenset[tuple[str, datetime]]
    policy: UptimePolicy = UPTIME_POLICY

    def misses(self, shards: Iterable[str]) -> bool:
        """Tell whether rollup has yet to do the hour that has just ended, for one of `shards`."""
        ended = self.hour - timedelta(hours=1)
        return any((shard, ended) not in self.rolled for shard in shards)


def data_start(start: datetime, length: timedelta, span: Span) -> datetime:
    """Return when data begins in the oldest piece of history, taking for granted that it then had no gap."""
    return max(start, start + length - timedelta(seconds=span.known))


def point_of(at: datetime, latency: Histogram) -> LatencyPoint:
    """Return the percentiles of an hour or a day that starts at `at`."""
    p50, p95, p99 = latency.quantiles(0.5, 0.95, 0.99)
    return LatencyPoint(at=at, p50=p50, p95=p95, p99=p99)
