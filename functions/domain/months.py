"""The calendar: what each month came to, day by day."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from itertools import groupby

from functions.domain.history import Span
from functions.domain.older import MonitorOlder
from functions.domain.past import MonitorPast, midnight
from functions.domain.past_days import seconds_of
from functions.domain.public_figures import DayBar, MonthView
from functions.domain.slot import due_seconds
from functions.domain.uptime import uptime
from functions.domain.uptime_policy import UptimePolicy


def view_months(
    days: Sequence[DayBar],
    past: MonitorPast,
    live: Mapping[datetime, Span],
    older: MonitorOlder,
    *,
    interval: int,
    at: datetime,
    policy: UptimePolicy,
) -> tuple[MonthView, ...]:
    """Return the months, the running one first: those that the strip (`days`, oldest first) reaches into, then `older`.

    Days before the first data are left out; without any data there is no month.
    """
    known = next((position for position, bar in enumerate(days) if bar.uptime.coverage), None)
    if known is None:
        return older.months
    shown = (*older.bars, *days) if older.first else days[known:]
    months = []
    for (year, month), of_month in groupby(shown, key=lambda bar: (bar.day.year, bar.day.month)):
        first, bars = date(year, month, 1), tuple(of_month)
        spans = [past.months[first]] if first in past.months else []
        spans += [span for hour, span in live.items() if hour.date().replace(day=1) == first]
        if older.bars and first == older.bars[0].day.replace(day=1):
            spans.append(older.rest)
        begin = older.first or past.first or midnight(bars[0].day)
        months.append(
            MonthView(
                first=first, uptime=uptime(seconds_of(spans), _due(begin, first, at, interval), policy), days=bars
            )
        )
    return (*reversed(months), *older.months)


def _due(begin: datetime, first: date, at: datetime, interval: int) -> int:
    """Return the seconds of the month of `first` that must be known by `at`, where data begins at `begin`."""
    months = first.year * 12 + first.month
    end = midnight(date(months // 12, months % 12 + 1, 1))
    start = max(begin, midnight(first))
    return due_seconds(start, at, interval) if at < end else int((end - start).total_seconds())
