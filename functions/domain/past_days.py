"""The days behind yesterday, summed up: they change once a day, and so are read more seldom than the hours since.

Their bars are drawn here, too. Of 100 monitors, 90 days each, nearly all look the same: alike ones are one object.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from functions.domain.day_bar import day_bar
from functions.domain.history import DayHistory, Span
from functions.domain.past import data_start, midnight, oldest_day, oldest_hour, point_of, strip_start, window_start
from functions.domain.public_figures import DayBar, LatencyPoint, Window
from functions.domain.uptime_policy import UPTIME_POLICY, UptimePolicy

_DAY = timedelta(days=1)
_SECONDS = 86_400
_WINDOWS = (Window.WEEK, Window.MONTH, Window.QUARTER)

_Drawn = dict[tuple[date, int, int, int, int], DayBar]


@dataclass(frozen=True, slots=True, kw_only=True)
class MonitorDays:
    """One monitor's days before yesterday. `windows` has what of each window lies there; the rest is as in its past."""

    windows: Mapping[Window, Span] = field(default_factory=dict)
    days: Mapping[date, Span] = field(default_factory=dict)
    points: Mapping[date, LatencyPoint] = field(default_factory=dict)
    first: datetime | None = None
    bars: Mapping[date, DayBar] = field(default_factory=dict)
    months: Mapping[date, Span] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class PastDays:
    """All monitors' days before yesterday, as seen on `today`."""

    today: date
    monitors: Mapping[str, MonitorDays] = field(default_factory=dict)
    policy: UptimePolicy = UPTIME_POLICY


def settle_days(days: Iterable[DayHistory], *, today: date, policy: UptimePolicy = UPTIME_POLICY) -> PastDays:
    """Return the sums of the days since `oldest_day` that lie before yesterday, gone through once."""
    midnight_today = midnight(today)
    oldest, end = oldest_day(midnight_today), oldest_hour(midnight_today).date()
    sums: dict[str, _Sums] = defaultdict(lambda: _Sums(midnight_today))
    for history in days:
        if oldest <= history.day < end:
            for monitor, span in history.spans.items():
                sums[monitor].add(history.day, span)
    drawn: _Drawn = {}
    return PastDays(
        today=today, monitors={monitor: s.days(today, end, policy, drawn) for monitor, s in sums.items()}, policy=policy
    )


class _Sums:
    """One monitor's days while they are added up.

    The windows lie inside each other, so that each day is added to the smallest that holds it, and the larger ones are
    put together at the end.
    """

    def __init__(self, now: datetime) -> None:
        self._starts = [(window, window_start(window, now).date()) for window in _WINDOWS]
        self._rings = {window: Span() for window in _WINDOWS}
        self._days: dict[date, Span] = {}
        self._points: dict[date, LatencyPoint] = {}
        self._oldest: tuple[date, Span] | None = None

    def add(self, day: date, span: Span) -> None:
        ring = next((window for window, since in self._starts if day >= since), None)
        if ring is not None:
            self._rings[ring] = Span.merge((self._rings[ring], span))
        self._points[day] = point_of(midnight(day), span.latency)
        self._days[day] = seconds_of((self._days[day], span) if day in self._days else (span,))
        if span.known and (self._oldest is None or day < self._oldest[0]):
            self._oldest = (day, span)

    def days(self, today: date, end: date, policy: UptimePolicy, drawn: _Drawn) -> MonitorDays:
        inner = [self._rings[window] for window in _WINDOWS]
        first = None if self._oldest is None else data_start(midnight(self._oldest[0]), _DAY, self._oldest[1])
        shown = [strip_start(today) + n * _DAY for n in range((end - strip_start(today)).days)]
        months: dict[date, list[Span]] = defaultdict(list)
        for day in shown:
            if day in self._days:
                months[day.replace(day=1)].append(self._days[day])
        return MonitorDays(
            windows={window: Span.merge(inner[: position + 1]) for position, window in enumerate(_WINDOWS)},
            days=self._days,
            points=self._points,
            first=first,
            bars={} if first is None else {day: self._bar(day, first, policy, drawn) for day in shown},
            months={month: seconds_of(spans) for month, spans in months.items()},
        )

    def _bar(self, day: date, first: datetime, policy: UptimePolicy, drawn: _Drawn) -> DayBar:
        span = self._days.get(day, Span())
        if day == first.date() and span.known:
            return day_bar(day, span, int((midnight(day) + _DAY - first).total_seconds()), policy)
        key = (day, span.up, span.degraded, span.down, span.maintenance)
        found = drawn.get(key)
        if found is None:
            found = drawn[key] = day_bar(day, span, _SECONDS, policy)
        return found


def seconds_of(spans: Iterable[Span]) -> Span:
    """Return the sum of the spans' seconds alone."""
    up = degraded = down = maintenance = 0
    for span in spans:
        up += span.up
        degraded += span.degraded
        down += span.down
        maintenance += span.maintenance
    return Span(up=up, degraded=degraded, down=down, maintenance=maintenance)
