"""From the days and hours that were read to the past."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from functions.domain.histogram import Histogram
from functions.domain.history import DayHistory, HourHistory, Span
from functions.domain.past import (
    MonitorPast,
    Past,
    data_start,
    oldest_hour,
    point_of,
    window_start,
)
from functions.domain.past_days import MonitorDays, PastDays, seconds_of, settle_days
from functions.domain.public_figures import Window
from functions.domain.uptime_policy import UPTIME_POLICY, UptimePolicy

_HOUR = timedelta(hours=1)


def settle(
    days: Iterable[DayHistory],
    hours: Iterable[HourHistory],
    *,
    hour: datetime,
    policy: UptimePolicy = UPTIME_POLICY,
) -> Past:
    """Return the past of the running `hour` from the days since `oldest_day` and the hours since `oldest_hour`."""
    return settle_hours(settle_days(days, today=hour.date(), policy=policy), hours, hour=hour)


def settle_hours(days: PastDays, hours: Iterable[HourHistory], *, hour: datetime) -> Past:
    """Return the past of the running `hour` of the day on which `days` were settled.

    The hours, those since `oldest_hour`, are gone through once, and only sums are kept of them.
    """
    sums: dict[str, _Sums] = defaultdict(_Sums)
    rolled: set[tuple[str, datetime]] = set()
    for recent in hours:
        if oldest_hour(hour) <= recent.hour < hour:
            rolled.add((recent.shard, recent.hour))
            for monitor, span in recent.spans.items():
                sums[monitor].add(recent.hour, span)
    nothing, no_hours = MonitorDays(), _Sums()
    return Past(
        hour=hour,
        monitors={
            monitor: sums.get(monitor, no_hours).past(days.monitors.get(monitor, nothing), hour)
            for monitor in {**days.monitors, **sums}
        },
        rolled=frozenset(rolled),
        policy=days.policy,
    )


class _Sums:
    """One monitor's hours since yesterday began; where shards share an hour, their sum."""

    def __init__(self) -> None:
        self._hours: dict[datetime, Span] = {}
        self._oldest: tuple[datetime, Span] | None = None

    def add(self, start: datetime, span: Span) -> None:
        self._hours[start] = Span.merge((self._hours[start], span)) if start in self._hours else span
        if span.known and (self._oldest is None or start < self._oldest[0]):
            self._oldest = (start, span)

    def past(self, days: MonitorDays, hour: datetime) -> MonitorPast:
        hours = self._hours
        since = window_start(Window.DAY, hour)
        sparkline = {start: span for start, span in hours.items() if start >= since}
        of_day: dict[date, list[Span]] = defaultdict(list)
        for start, span in hours.items():
            of_day[start.date()].append(span)
        totals = {day: seconds_of(spans) for day, spans in of_day.items()}
        last_day = Span.merge(sparkline.values())
        longer = Span.merge((last_day, *(span for start, span in hours.items() if start < since)))
        first = days.first
        if first is None and self._oldest is not None:
            first = data_start(self._oldest[0], _HOUR, self._oldest[1])
        return MonitorPast(
            windows={
                window: last_day if window is Window.DAY else Span.merge(_known(longer, days.windows.get(window)))
                for window in Window
            },
            days={**days.days, **totals},
            hours=sparkline,
            first=first,
            points={**days.points, **{start: point_of(start, span.latency) for start, span in hours.items()}},
            means={start: span.latency.mean for start, span in sparkline.items()},
            recent={day: Histogram.merge(span.latency for span in spans) for day, spans in of_day.items()},
            bars=days.bars,
            months=_with(days.months, totals),
        )


def _known(*spans: Span | None) -> tuple[Span, ...]:
    return tuple(span for span in spans if span is not None)


def _with(months: Mapping[date, Span], days: Mapping[date, Span]) -> Mapping[date, Span]:
    """Return the months with these days added."""
    sums = dict(months)
    for day, span in days.items():
        month = day.replace(day=1)
        sums[month] = seconds_of((sums[month], span) if month in sums else (span,))
    return sums
