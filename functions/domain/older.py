"""What lies behind the days of the strip, and behind yesterday's hours: it changes once a day, and is read as often.

Closed months are put together here once, and alike days are one object: of 1,000 monitors most of 13 months is the
same day over and over.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from functions.domain.day_bar import day_bar
from functions.domain.history import DayHistory, HourHistory, Span
from functions.domain.part import owner_of
from functions.domain.past import data_start, midnight, point_of, strip_start
from functions.domain.public_figures import DayBar, LatencyPoint, MonthView
from functions.domain.uptime import uptime
from functions.domain.uptime_policy import UPTIME_POLICY, UptimePolicy

MONTHS_BACK = 12
"""Months before the running one that the calendar shows, as far as days are kept."""
WEEK = 7
"""Days, today included, whose hours are on the chart of a week."""

_DAY = timedelta(days=1)
_SECONDS = 86_400

_Seconds = tuple[int, int, int, int]


def calendar_start(today: date) -> date:
    """Return the first day of the oldest month to show."""
    months = today.year * 12 + today.month - 1 - MONTHS_BACK
    return date(months // 12, months % 12 + 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class MonitorOlder:
    """One monitor's share.

    `months` are those that ended before the strip begins, newest first; `bars` (oldest first) and `rest`, their
    sum, are what lies before it in the month in which it begins. `hours` are those of the last week up to the day
    before yesterday. `first` is when its data begins; None where it does not begin before the strip.
    """

    months: tuple[MonthView, ...] = ()
    bars: tuple[DayBar, ...] = ()
    rest: Span = field(default_factory=Span)
    hours: Mapping[datetime, LatencyPoint] = field(default_factory=dict)
    first: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Older:
    """All that is older as seen on `today`; `oldest` is the first day of which anything is recorded."""

    today: date
    monitors: Mapping[str, MonitorOlder] = field(default_factory=dict)
    oldest: date | None = None


def settle_older(
    days: Iterable[DayHistory], hours: Iterable[HourHistory], *, today: date, policy: UptimePolicy = UPTIME_POLICY
) -> Older:
    """Return what is older than the strip of `today` and than yesterday, gone through once."""
    spans: dict[str, dict[date, Span]] = defaultdict(dict)
    alike: dict[_Seconds, Span] = {}
    for history in days:
        if calendar_start(today) <= history.day < strip_start(today):
            for monitor, span in _whole(history.spans):
                before = spans[monitor].get(history.day, Span())
                whole = Span(
                    up=before.up + span.up,
                    degraded=before.degraded + span.degraded,
                    down=before.down + span.down,
                    maintenance=before.maintenance + span.maintenance,
                )
                spans[monitor][history.day] = alike.setdefault(_seconds(whole), whole)
    points: dict[str, dict[datetime, LatencyPoint]] = defaultdict(dict)
    for hour in hours:
        for monitor, span in _whole(hour.spans):
            points[monitor][hour.hour] = point_of(hour.hour, span.latency)
    bars: dict[tuple[date, _Seconds], DayBar] = {}
    return Older(
        today=today,
        monitors={
            monitor: _monitor(spans.get(monitor, {}), points.get(monitor, {}), today, policy, bars)
            for monitor in {*spans, *points}
        },
    )


def _whole(spans: Mapping[str, Span]) -> Iterator[tuple[str, Span]]:
    """Yield the spans of monitors, without those of their parts, which have neither calendar nor chart."""
    return ((monitor, span) for monitor, span in spans.items() if owner_of(monitor) == monitor)


def _seconds(span: Span) -> _Seconds:
    return span.up, span.degraded, span.down, span.maintenance


def _monitor(
    days: Mapping[date, Span],
    hours: Mapping[datetime, LatencyPoint],
    today: date,
    policy: UptimePolicy,
    drawn: dict[tuple[date, _Seconds], DayBar],
) -> MonitorOlder:
    known = sorted(day for day, span in days.items() if span.known)
    if not known:
        return MonitorOlder(hours=hours)
    first = data_start(midnight(known[0]), _DAY, days[known[0]])
    by_month: dict[date, list[date]] = defaultdict(list)
    day = known[0]
    while day < strip_start(today):
        by_month[day.replace(day=1)].append(day)
        day += _DAY

    def bar(day: date) -> DayBar:
        span = days.get(day, Span())
        if day == first.date():
            return day_bar(day, span, int((midnight(day) + _DAY - first).total_seconds()), policy)
        return drawn.setdefault((day, _seconds(span)), day_bar(day, span, _SECONDS, policy))

    bars = {month: tuple(bar(day) for day in listed) for month, listed in by_month.items()}
    running = strip_start(today).replace(day=1)
    rest = bars.pop(running, ())
    return MonitorOlder(
        months=tuple(
            MonthView(
                first=month,
                uptime=uptime(
                    Span.merge(days.get(bar.day, Span()) for bar in shown),
                    int((midnight(shown[-1].day) + _DAY - max(first, midnight(month))).total_seconds()),
                    policy,
                ),
                days=shown,
            )
            for month, shown in sorted(bars.items(), reverse=True)
        ),
        bars=rest,
        rest=Span.merge(days.get(bar.day, Span()) for bar in rest),
        hours=hours,
        first=first,
    )
