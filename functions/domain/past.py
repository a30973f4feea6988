"""What history has settled, summed up once so that each rendering only has to add the running hour.

Windows begin on the hour (24h) or on a UTC day (7d, 30d, 90d: today and the 6, 29, 89 days before), the same days as
the bars. Yesterday and today are summed from hours and only older days are taken from days: right after midnight,
yesterday's last hour is not in its day yet.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from functions.domain.histogram import Histogram
from functions.domain.history import DayHistory, HourHistory, Span
from functions.domain.public_figures import LatencyPoint, Window

BARS = 90
"""Days on the strip."""
POINTS = 24
"""Hours of the sparkline."""

_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)
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


def oldest_hour(hour: datetime) -> datetime:
    """Return the oldest hour to read: yesterday's first."""
    return midnight(hour.date() - timedelta(days=1))


@dataclass(frozen=True, slots=True, kw_only=True)
class MonitorPast:
    """One monitor's share. `days` is without latencies; `hours` reaches back to the start of the sparkline.

    `points` are the percentiles of each hour since yesterday began and of each day before; `recent` is the latency of
    yesterday and today. `first` is when its data begins, None where there is none.
    """

    windows: Mapping[Window, Span] = field(default_factory=dict)
    days: Mapping[date, Span] = field(default_factory=dict)
    hours: Mapping[datetime, Span] = field(default_factory=dict)
    first: datetime | None = None
    points: Mapping[datetime | date, LatencyPoint] = field(default_factory=dict)
    recent: Mapping[date, Histogram] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """All that lies before the running hour `hour`; `rolled` has each (shard, hour) that is in it."""

    hour: datetime
    monitors: Mapping[str, MonitorPast]
    rolled: frozenset[tuple[str, datetime]]

    def misses(self, shards: Iterable[str]) -> bool:
        """Tell whether rollup has yet to do the hour that has just ended, for one of `shards`."""
        ended = self.hour - timedelta(hours=1)
        return any((shard, ended) not in self.rolled for shard in shards)


def settle(days: Iterable[DayHistory], hours: Iterable[HourHistory], *, hour: datetime) -> Past:
    """Return the past of the running `hour` from the days since `oldest_day` and the hours since `oldest_hour`.

    Both are gone through once, and only sums are kept of them.
    """
    sums: dict[str, _Sums] = defaultdict(lambda: _Sums(hour))
    rolled: set[tuple[str, datetime]] = set()
    for old in days:
        if oldest_day(hour) <= old.day < oldest_hour(hour).date():
            for monitor, span in old.spans.items():
                sums[monitor].add(midnight(old.day), _DAY, span)
    for recent in hours:
        if oldest_hour(hour) <= recent.hour < hour:
            rolled.add((recent.shard, recent.hour))
            for monitor, span in recent.spans.items():
                sums[monitor].add(recent.hour, _HOUR, span)
    return Past(hour=hour, monitors={monitor: s.past() for monitor, s in sums.items()}, rolled=frozenset(rolled))


def data_start(start: datetime, length: timedelta, span: Span) -> datetime:
    """Return when data begins in the oldest piece of history, taking for granted that it then had no gap."""
    return max(start, start + length - timedelta(seconds=span.known))


def point_of(at: datetime, latency: Histogram) -> LatencyPoint:
    """Return the percentiles of an hour or a day that starts at `at`."""
    p50, p95, p99 = latency.quantiles(0.5, 0.95, 0.99)
    return LatencyPoint(at=at, p50=p50, p95=p95, p99=p99)


class _Sums:
    """One monitor's history while it is added up.

    The windows lie inside each other, so that each piece is added to the smallest that holds it, and the larger
    ones are put together at the end.
    """

    def __init__(self, hour: datetime) -> None:
        self._starts = [(window, window_start(window, hour)) for window in Window]
        self._rings = {window: Span() for window in Window}
        self._days: dict[date, Span] = {}
        self._hours: dict[datetime, Span] = {}
        self._oldest: tuple[datetime, timedelta, Span] | None = None
        self._points: dict[datetime | date, LatencyPoint] = {}
        self._recent: dict[date, Histogram] = {}

    def add(self, start: datetime, length: timedelta, span: Span) -> None:
        ring = next((window for window, since in self._starts if start >= since), None)
        if ring is not None:
            self._rings[ring] = Span.merge((self._rings[ring], span))
        if ring is Window.DAY and length == _HOUR:
            self._hours[start] = Span.merge((self._hours.get(start, Span()), span))
        if length == _HOUR:
            self._points[start] = point_of(start, span.latency)
            so_far = self._recent.get(start.date(), Histogram())
            self._recent[start.date()] = Histogram.merge((so_far, span.latency))
        else:
            self._points[start.date()] = point_of(start, span.latency)
        day = Span(up=span.up, degraded=span.degraded, down=span.down, maintenance=span.maintenance)
        self._days[start.date()] = Span.merge((self._days.get(start.date(), Span()), day))
        if span.known and (self._oldest is None or start < self._oldest[0]):
            self._oldest = (start, length, span)

    def past(self) -> MonitorPast:
        inner = [self._rings[window] for window in Window]
        return MonitorPast(
            windows={window: Span.merge(inner[: position + 1]) for position, window in enumerate(Window)},
            days=self._days,
            hours=self._hours,
            first=None if self._oldest is None else data_start(*self._oldest),
            points=self._points,
            recent=self._recent,
        )
