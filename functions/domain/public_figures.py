"""The figures of a snapshot: uptime, response times, days and months; they are part of its allow-list."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from functions.domain.verdict import Verdict


class Window(StrEnum):
    """The spans over which uptime is published."""

    DAY = "24h"
    WEEK = "7d"
    MONTH = "30d"
    QUARTER = "90d"


@dataclass(frozen=True, slots=True, kw_only=True)
class Uptime:
    """How much of a span a monitor was up, and how much of the span is known.

    `percent` is floored to two decimals, None without data. `coverage` is the floored share (percent) of the window for
    which there is data. `down_seconds` is the length of the outages.
    """

    percent: float | None
    coverage: float
    down_seconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LatencySummary:
    """Milliseconds over a window; None without data."""

    average: float | None
    p50: float | None
    p95: float | None
    p99: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LatencyPoint:
    """One point of a chart: the start of its hour, or of its UTC day, and milliseconds; None without data."""

    at: datetime
    p50: float | None
    p95: float | None
    p99: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DayBar:
    """One day of the 90 day strip. `verdict` is the worst of the day, `no_data` where there is none."""

    day: date
    verdict: Verdict
    uptime: Uptime


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthView:
    """One month of the calendar: `first` is its first day, `days` are those for which there could be data."""

    first: date
    uptime: Uptime
    days: tuple[DayBar, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SloView:
    """A monitor's service level objective: `target` in percent over `days`, today included.

    `budget_seconds` may fail in these days, `left_seconds` are left of them (below 0: overspent), `used_percent` is
    used up. `burn_rate` is that of the last 24 hours: at 1 the budget would last the window; None without data.
    """

    target: float
    days: int
    budget_seconds: int
    left_seconds: int
    used_percent: float
    burn_rate: float | None
