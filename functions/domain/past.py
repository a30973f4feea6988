"""What history has settled, summed up once so that each rendering only has to add the running hour.

Windows begin on the hour (24h) or on a UTC day (7d, 30d, 90d: today and the 6, 29, 89 days before), the same days as
the bars. Yesterday and today are summed from hours and only older days are taken from days: right after midnight,
yesterday's last hour is not in its day yet.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from functions.domain.history import DayHistory, HourHistory, Span
from functions.domain.snapshot import Window

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


def oldest_hour(hour: datetime) -> datetime:
    """Return the oldest hour to read: yesterday's first."""
    return midnight(hour.date() - timedelta(days=1))


@dataclass(frozen=True, slots=True, kw_only=True)
class MonitorPast:
    """One monitor's share. `days` is without latencies; `hours` reaches back to the start of the sparkline.

    `first` is when its data begins, None where there is none.
    """

    windows: Mapping[Window, Span] = field(default_factory=dict)
    days: Mapping[date, Span] = field(default_factory=dict)
    hours: Mapping[datetime, Span] = field(default_factory=dict)
    first: datetime | None = None


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
    """Return the past of the running `hour` from the days since `oldest_day` and the hours since `oldest_hour`."""
    by_hour = [h for h in hours if oldest_hour(hour) <= h.hour < hour]
    by_day = [d for d in days if oldest_day(hour) <= d.day < oldest_hour(hour).date()]
    pieces: dict[str, list[tuple[datetime, timedelta, Span]]] = defaultdict(list)
    for old in by_day:
        for monitor, span in old.spans.items():
            pieces[monitor].append((midnight(old.day), timedelta(days=1), span))
    for recent in by_hour:
        for monitor, span in recent.spans.items():
            pieces[monitor].append((recent.hour, timedelta(hours=1), span))
    return Past(
        hour=hour,
        monitors={monitor: _monitor_past(found, hour) for monitor, found in pieces.items()},
        rolled=frozenset((h.shard, h.hour) for h in by_hour),
    )


def data_start(start: datetime, length: timedelta, span: Span) -> datetime:
    """Return when data begins in the oldest piece of history, taking for granted that it then had no gap."""
    return max(start, start + length - timedelta(seconds=span.covered))


def _monitor_past(pieces: list[tuple[datetime, timedelta, Span]], hour: datetime) -> MonitorPast:
    days: dict[date, list[Span]] = defaultdict(list)
    hours: dict[datetime, list[Span]] = defaultdict(list)
    for start, length, span in pieces:
        days[start.date()].append(Span(up=span.up, degraded=span.degraded, down=span.down))
        if length < timedelta(days=1) and start >= window_start(Window.DAY, hour):
            hours[start].append(span)
    with_data = [piece for piece in pieces if piece[2].covered]
    return MonitorPast(
        windows={
            window: Span.merge(span for start, _, span in pieces if start >= window_start(window, hour))
            for window in Window
        },
        days={day: Span.merge(spans) for day, spans in days.items()},
        hours={start: Span.merge(spans) for start, spans in hours.items()},
        first=data_start(*min(with_data, key=lambda piece: piece[0])) if with_data else None,
    )
