"""The points of the charts: hours of a week, days of the strip."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache

from functions.domain.histogram import Histogram
from functions.domain.history import Span
from functions.domain.older import MonitorOlder
from functions.domain.past import MonitorPast, midnight, point_of, strip_days, window_start
from functions.domain.public_figures import LatencyPoint, Window
from functions.domain.slot import hour_of

_HOUR = timedelta(hours=1)


def week_points(
    past: MonitorPast, live: Mapping[datetime, Span], older: MonitorOlder, *, at: datetime
) -> tuple[LatencyPoint, ...]:
    """Return the hours of 7 days, the running one last; empty ones where nothing is known."""
    known, behind = dict(past.points), older.hours
    known |= {hour: point_of(hour, span.latency) for hour, span in live.items()}
    return tuple([known.get(hour) or behind.get(hour) or _empty(hour) for hour in _week(hour_of(at))])


def daily_points(past: MonitorPast, live: Mapping[datetime, Span], *, at: datetime) -> tuple[LatencyPoint, ...]:
    """Return the days of the strip, today last; empty ones where nothing is known."""
    points = past.points
    return tuple([points.get(day) or _moving(day, past, live) for day in strip_days(hour_of(at).date())])


@lru_cache(maxsize=8)
def _week(running: datetime) -> tuple[datetime, ...]:
    """Return the hours of the week, oldest first: the same for all monitors."""
    first = window_start(Window.WEEK, running)
    return tuple(first + n * _HOUR for n in range((running - first) // _HOUR + 1))


@lru_cache(maxsize=1024)
def _empty(at: datetime) -> LatencyPoint:
    return LatencyPoint(at=at, p50=None, p95=None)


def _moving(day: date, past: MonitorPast, live: Mapping[datetime, Span]) -> LatencyPoint:
    """Return a day that has no point of its own yet, from its hours."""
    parts = [span.latency for hour, span in live.items() if hour.date() == day]
    if day in past.recent:
        parts.append(past.recent[day])
    return point_of(midnight(day), Histogram.merge(parts)) if parts else _empty(midnight(day))
