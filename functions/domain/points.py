"""The points of the charts: hours of a week, days of the strip."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from functions.domain.histogram import Histogram
from functions.domain.history import Span
from functions.domain.older import MonitorOlder
from functions.domain.past import BARS, MonitorPast, midnight, point_of, window_start
from functions.domain.public_figures import LatencyPoint, Window
from functions.domain.slot import hour_of

_HOUR = timedelta(hours=1)


def week_points(
    past: MonitorPast, live: Mapping[datetime, Span], older: MonitorOlder, *, at: datetime
) -> tuple[LatencyPoint, ...]:
    """Return the hours of 7 days, the running one last; empty ones where nothing is known."""
    hour = window_start(Window.WEEK, hour_of(at))
    points: list[LatencyPoint] = []
    while hour <= at:
        point = past.points.get(hour) or older.hours.get(hour)
        if hour in live:
            point = point_of(hour, live[hour].latency)
        points.append(point or LatencyPoint(at=hour, p50=None, p95=None))
        hour += _HOUR
    return tuple(points)


def daily_points(past: MonitorPast, live: Mapping[datetime, Span], *, at: datetime) -> tuple[LatencyPoint, ...]:
    """Return the days of the strip, today last; empty ones where nothing is known."""
    today = hour_of(at).date()
    days = (today - timedelta(days=age) for age in reversed(range(BARS)))
    return tuple(_day(day, past, live) for day in days)


def _day(day: date, past: MonitorPast, live: Mapping[datetime, Span]) -> LatencyPoint:
    settled = past.points.get(day)
    if settled is not None:
        return settled
    parts = [past.recent.get(day, Histogram()), *(span.latency for hour, span in live.items() if hour.date() == day)]
    return point_of(midnight(day), Histogram.merge(parts))
