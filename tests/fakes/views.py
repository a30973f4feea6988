"""Monitors and parts of a page, built by hand: always the same ones for the same names."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from random import Random

from functions.domain.public_figures import DayBar, LatencyPoint, LatencySummary, MonthView, Uptime, Window
from functions.domain.public_monitor import MonitorView, PartView
from functions.domain.result import Phases
from functions.domain.verdict import Verdict

NOW = datetime(2026, 11, 22, 12, 4, tzinfo=UTC)
DAYS = {Window.DAY: 1, Window.WEEK: 7, Window.MONTH: 30, Window.QUARTER: 90}


def uptime(days: Sequence[DayBar]) -> Uptime:
    """Return the uptime over `days`, each counted with its coverage."""
    covered = sum(day.uptime.coverage for day in days)
    if not covered:
        return Uptime(percent=None, coverage=0.0, down_seconds=0)
    down = sum(day.uptime.down_seconds for day in days)
    percent = int((1 - down / (covered * 864)) * 10_000) / 100
    return Uptime(percent=percent, coverage=int(covered / len(days) * 100) / 100, down_seconds=down)


def day_bar(
    age: int, verdict: Verdict = Verdict.UP, *, down: int = 0, coverage: float = 100.0, at: datetime = NOW
) -> DayBar:
    """Return the bar of the day `age` days before `at`."""
    if verdict is Verdict.NO_DATA:
        known = Uptime(percent=None, coverage=0.0, down_seconds=0)
    else:
        known = Uptime(percent=int((1 - down / (coverage * 864)) * 10_000) / 100, coverage=coverage, down_seconds=down)
    return DayBar(day=(at - timedelta(days=age)).date(), verdict=verdict, uptime=known)


def monitor_view(
    monitor: str = "shop-api",
    *,
    name: str = "Shop API",
    group: str | None = None,
    description: str | None = None,
    verdict: Verdict = Verdict.UP,
    typical: float = 127,
    history: int = 90,
    at: datetime = NOW,
) -> MonitorView:
    """Return a monitor with `history` days of data and answers in about `typical` ms: always the same ones."""
    rng = Random(monitor)  # noqa: S311 (noise in a drawing)
    days = tuple(
        _day(rng, age, at) if age < history else day_bar(age, Verdict.NO_DATA, at=at) for age in reversed(range(90))
    )
    hours = [typical * (1 + 0.12 * rng.random() + 0.2 * (h in (7, 8, 9))) for h in range(24)] if history else []
    points = tuple(
        LatencyPoint(
            at=at.replace(minute=0) - timedelta(hours=23 - h),
            p50=v,
            p95=v * (1.6 + rng.random()),
            p99=v * (2.7 + 1.5 * rng.random()),
        )
        for h, v in enumerate(hours)
    )
    midnight = at.replace(hour=0, minute=0)
    week = [midnight - timedelta(days=6) + timedelta(hours=h) for h in range(6 * 24 + at.hour + 1)]
    return MonitorView(
        id=monitor,
        name=name,
        group=group,
        description=description,
        interval=60,
        verdict=verdict,
        since=at - timedelta(days=min(history, 19), hours=3) if history else None,
        checked_at=at - timedelta(seconds=20) if history else None,
        cause=None,
        uptime={window: uptime(days[-count:]) for window, count in DAYS.items()},
        latency={window: _latency(typical if history else None) for window in Window},
        days=days,
        sparkline=tuple(hours) if hours else (None,) * 24,
        hours=points,
        week=tuple(_point(rng, hour, typical, known=(at - hour).days < history) for hour in week),
        daily=tuple(
            _point(rng, midnight - timedelta(days=age), typical, known=age < history) for age in reversed(range(90))
        ),
        months=tuple(_months(rng, days, at)) if history else (),
        phases={window: _phases(typical, n) for n, window in enumerate(Window)} if history else {},
        first_data=(at - timedelta(days=history)).date() if history else None,
    )


def _point(rng: Random, at: datetime, typical: float, *, known: bool) -> LatencyPoint:
    if not known:
        return LatencyPoint(at=at, p50=None, p95=None)
    busy = typical * (1 + 0.25 * (8 <= at.hour < 18) * (at.weekday() < 5) + 0.08 * rng.random())
    return LatencyPoint(at=at, p50=busy, p95=busy * (1.6 + 0.5 * rng.random()), p99=busy * (2.6 + rng.random()))


def _phases(typical: float, n: int) -> Phases:
    total = typical * (1 - 0.03 * n)
    return Phases(dns=2.1, connect=9.4, tls=14.8, first_byte=total - 28.6, transfer=2.3)


def _months(rng: Random, days: Sequence[DayBar], at: datetime) -> Iterable[MonthView]:
    """Yield 13 months, newest first: those of `days` and, where these are complete, made-up ones before them."""
    older = 380 if days[0].uptime.coverage else 90
    known = [day for day in days if day.uptime.coverage]
    whole = [*(_day(rng, age, at) for age in reversed(range(90, older))), *known]
    by_month: dict[date, list[DayBar]] = {day.day.replace(day=1): [] for day in reversed(whole)}
    for day in whole:
        by_month[day.day.replace(day=1)].append(day)
    for first, of_month in by_month.items():
        yield MonthView(first=first, uptime=uptime(of_month), days=tuple(of_month))


def _day(rng: Random, age: int, at: datetime) -> DayBar:
    chance = rng.random()
    if age and chance < 0.02:
        return day_bar(age, Verdict.DOWN, down=rng.randrange(3, 90) * 60, at=at)
    if age and chance < 0.05:
        return day_bar(age, Verdict.DEGRADED, at=at)
    return day_bar(age, at=at)


def _latency(typical: float | None) -> LatencySummary:
    if typical is None:
        return LatencySummary(average=None, p50=None, p95=None, p99=None)
    return LatencySummary(average=typical, p50=typical * 0.94, p95=typical * 1.9, p99=typical * 3.1)


def part_view(name: str, verdict: Verdict = Verdict.UP) -> PartView:
    """Return a part; one that is not up has been so since the incident began."""
    days = monitor_view(name).days
    if verdict.failing:
        days = (*days[:-1], day_bar(0, verdict, down=1440 if verdict is Verdict.DOWN else 0))
    return PartView(
        id=name.lower(),
        name=name,
        verdict=verdict,
        since=NOW - (timedelta(minutes=24) if verdict is not Verdict.UP else timedelta(days=19)),
        uptime={window: uptime(days[-count:]) for window, count in DAYS.items()},
        days=days,
    )
