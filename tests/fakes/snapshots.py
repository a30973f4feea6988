"""Pages in every condition, built by hand: for the tests of rendering, for screenshots and for benchmarks."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random

from functions.domain.finding import Layer
from functions.domain.group_id import group_ids
from functions.domain.incident import Acknowledgement, IncidentStatus, Origin, Postmortem
from functions.domain.likely_cause import LikelyCause
from functions.domain.page import Page
from functions.domain.part import Part
from functions.domain.public_cause import PublicCause
from functions.domain.public_figures import DayBar, LatencyPoint, LatencySummary, MonthView, SloView, Uptime, Window
from functions.domain.public_incident import Affected, IncidentView, Lane, Stretch, UpdateView
from functions.domain.public_monitor import MonitorView, PartView, RegionSight, RegionView
from functions.domain.result import Phases
from functions.domain.snapshot import GroupView, MaintenanceView, Overall, Snapshot
from functions.domain.verdict import FailureKind, Verdict

NOW = datetime(2026, 11, 22, 12, 4, tzinfo=UTC)
DAYS = {Window.DAY: 1, Window.WEEK: 7, Window.MONTH: 30, Window.QUARTER: 90}
NAMES = (
    ("shop-api", "Shop API", "Core", "Products, baskets and orders", 127),
    ("checkout", "Checkout", "Core", "From the basket to the receipt", 214),
    ("accounts", "Accounts and sign-in", "Core", None, 88),
    ("search", "Search", "Core", None, 43),
    ("webhooks", "Webhook delivery", "Background", None, 310),
    ("reports", "Nightly reports", "Background", None, 1240),
    ("docs", "Documentation", None, None, 61),
)
REGIONS = {"ap-south-1": (301.0, 99.97), "eu-west-1": (64.0, 100.0), "us-east-1": (142.0, 99.99)}
WORST_FIRST = (Verdict.DOWN, Verdict.DEGRADED, Verdict.MAINTENANCE, Verdict.NO_DATA, Verdict.UP)


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


def snapshot(
    monitors: Iterable[MonitorView] = (),
    *,
    overall: Overall = Overall.OPERATIONAL,
    incidents: Iterable[IncidentView] = (),
    title: str = "Acme API Status",
    at: datetime = NOW,
) -> Snapshot:
    """Return a page of `monitors`, grouped as they say."""
    views = tuple(monitors)
    groups = tuple(dict.fromkeys(view.group for view in views if view.group))
    return Snapshot(
        page=Page(id="acme", title=title, monitors=tuple(view.id for view in views), groups=groups),
        url="https://status.acme.example",
        generated_at=at,
        stale_after=at + timedelta(minutes=10),
        overall=overall,
        monitors=views,
        incidents=tuple(incidents),
        groups=tuple(
            GroupView(
                id=group_id,
                name=group,
                verdict=min((v.verdict for v in views if v.group == group), key=WORST_FIRST.index),
                monitors=tuple(v.id for v in views if v.group == group),
            )
            for group, group_id in group_ids(groups).items()
        ),
    )


def incident_view(
    monitor: str = "checkout",
    *,
    title: str = "Checkout is down",
    verdict: Verdict = Verdict.DOWN,
    started_at: datetime = NOW - timedelta(minutes=24),
    resolved_at: datetime | None = None,
    cause: PublicCause | None = None,
    body: str = "Checkout answers with an error. We are looking into it.",
) -> IncidentView:
    """Return an incident; resolved where `resolved_at` says when."""
    updates = [
        UpdateView(
            id=f"{started_at:%Y%m%dT%H%M%SZ}-1f2e3d4c-1",
            at=started_at + timedelta(minutes=1),
            status=IncidentStatus.INVESTIGATING,
            verdict=verdict,
            body=body,
            affected=(Affected(monitor=monitor, before=Verdict.UP, after=verdict),),
        )
    ]
    if resolved_at:
        done = UpdateView(
            id=f"{started_at:%Y%m%dT%H%M%SZ}-1f2e3d4c-2",
            at=resolved_at,
            status=IncidentStatus.RESOLVED,
            verdict=Verdict.UP,
            body="It answers as it should again.",
            affected=(Affected(monitor=monitor, before=verdict, after=Verdict.UP),),
        )
        updates.append(done)
    return IncidentView(
        id=f"{started_at:%Y%m%dT%H%M%SZ}-1f2e3d4c",
        title=title,
        status=updates[-1].status,
        verdict=verdict,
        monitors=(monitor,),
        started_at=started_at,
        resolved_at=resolved_at,
        cause=cause or PublicCause(kind=FailureKind.STATUS, status_code=503),
        updates=tuple(updates),
        lanes=(Lane(monitor=monitor, stretches=(Stretch(start=started_at, end=resolved_at, verdict=verdict),)),),
    )


def _past_incidents() -> list[IncidentView]:
    spans = (
        ("webhooks", "Webhook delivery is degraded", Verdict.DEGRADED, 6, 41),
        ("shop-api", "Shop API is down", Verdict.DOWN, 37, 12),
    )
    return [
        incident_view(
            monitor,
            title=title,
            verdict=verdict,
            started_at=NOW - timedelta(days=age),
            resolved_at=NOW - timedelta(days=age) + timedelta(minutes=minutes),
            cause=PublicCause(kind=FailureKind.LATENCY if verdict is Verdict.DEGRADED else FailureKind.TIMEOUT),
        )
        for monitor, title, verdict, age, minutes in spans
    ]


def _fleet() -> list[MonitorView]:
    return [
        monitor_view(monitor, name=name, group=group, description=description, typical=typical)
        for monitor, name, group, description, typical in NAMES
    ]


def _with_trouble(
    views: list[MonitorView], monitor: str, verdict: Verdict, cause: PublicCause, incident: str
) -> list[MonitorView]:
    def troubled(view: MonitorView) -> MonitorView:
        today = day_bar(0, verdict, down=1440 if verdict is Verdict.DOWN else 0)
        days = (*view.days[:-1], today)
        return replace(
            view,
            verdict=verdict,
            since=NOW - timedelta(minutes=24),
            cause=cause,
            incident=incident,
            days=days,
            uptime={window: uptime(days[-count:]) for window, count in DAYS.items()},
            sparkline=(*view.sparkline[:-2], None, None) if verdict is Verdict.DOWN else view.sparkline,
        )

    return [troubled(view) if view.id == monitor else view for view in views]


def healthy() -> Snapshot:
    """Return a page where everything is up; one monitor is young and one has gaps."""
    views = [replace(view) for view in _fleet()]
    views[2] = monitor_view("accounts", name="Accounts and sign-in", group="Core", typical=88, history=23)
    gaps = tuple(
        day_bar(age, Verdict.NO_DATA) if 30 < age < 35 else day
        for age, day in zip(reversed(range(90)), views[3].days, strict=True)
    )
    objective = SloView(target=99.9, days=30, budget_seconds=2592, left_seconds=1212, used_percent=53.25, burn_rate=0.7)
    views[0] = replace(
        views[0],
        slo=objective,
        regions=tuple(RegionSight(region=region, verdict=Verdict.UP) for region in REGIONS),
        by_region=tuple(
            RegionView(region=region, average=average, uptime=dict.fromkeys(Window, percent))
            for region, (average, percent) in REGIONS.items()
        ),
    )
    views[3] = replace(views[3], days=gaps, uptime={w: uptime(gaps[-n:]) for w, n in DAYS.items()})
    return snapshot(views, incidents=_past_incidents())


def degraded() -> Snapshot:
    """Return a page with one slow monitor."""
    cause = PublicCause(kind=FailureKind.LATENCY)
    slow = incident_view(
        "search", title="Search is degraded", verdict=Verdict.DEGRADED, cause=cause, body="Search answers too slowly."
    )
    views = _with_trouble(_fleet(), "search", Verdict.DEGRADED, cause, slow.id)
    return snapshot(views, overall=Overall.DEGRADED, incidents=[slow, *_past_incidents()])


def maintenance() -> Snapshot:
    """Return a page with one window under way, one to come, and days that had one."""
    under_way = MaintenanceView(
        id="20261122T110000Z-5a6b7c8d",
        title="Database upgrade",
        description="Orders may be refused for some minutes while the new version takes over.",
        monitors=("shop-api", "checkout"),
        start=NOW - timedelta(minutes=64),
        end=NOW + timedelta(minutes=56),
        under_way=True,
    )
    planned = replace(
        under_way,
        id="20261126T030000Z-1f2e3d4c",
        title="Weekly patching",
        description=None,
        monitors=("reports",),
        start=NOW.replace(minute=0) + timedelta(days=3, hours=15),
        end=NOW.replace(minute=0) + timedelta(days=3, hours=16),
        under_way=False,
    )
    views = [
        replace(
            view,
            verdict=Verdict.MAINTENANCE,
            since=under_way.start,
            days=tuple(
                day_bar(age, Verdict.MAINTENANCE) if age % 28 == 0 else day
                for age, day in zip(reversed(range(90)), view.days, strict=True)
            ),
        )
        if view.id in under_way.monitors
        else view
        for view in _fleet()
    ]
    shown = snapshot(views, overall=Overall.MAINTENANCE, incidents=_past_incidents())
    over = replace(
        planned,
        id="20261119T030000Z-1f2e3d4c",
        start=planned.start - timedelta(days=7),
        end=planned.end - timedelta(days=7),
    )
    later = replace(
        planned,
        id="20261203T030000Z-1f2e3d4c",
        start=planned.start + timedelta(days=7),
        end=planned.end + timedelta(days=7),
    )
    return replace(shown, maintenance=(under_way, planned), planned=(over, under_way, planned, later))


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


def failed_part() -> Snapshot:
    """Return a page with one monitor whose health body says which of its parts has failed."""
    cause = PublicCause(kind=FailureKind.STATUS, status_code=503, parts=(Part(name="Database", verdict=Verdict.DOWN),))
    told = incident_view(
        "accounts",
        title="Accounts and sign-in is degraded",
        verdict=Verdict.DEGRADED,
        cause=cause,
        body="Database has failed.",
    )
    parts = (
        part_view("Database", Verdict.DOWN),
        part_view("Cache", Verdict.DEGRADED),
        part_view("Message queue"),
        part_view("Storage", Verdict.NO_DATA),
    )
    views = _with_trouble(_fleet(), "accounts", Verdict.DEGRADED, cause, told.id)
    views = [replace(view, parts=parts) if view.id == "accounts" else view for view in views]
    return snapshot(views, overall=Overall.DEGRADED, incidents=[told, *_past_incidents()])


def outage() -> Snapshot:
    """Return a page with one monitor down and another slow."""
    before = degraded()
    cause = PublicCause(kind=FailureKind.STATUS, status_code=502, layer=Layer.ORIGIN)
    down = incident_view(cause=cause)
    stripe = LikelyCause(
        monitor="stripe", name="Stripe", verdict=Verdict.DOWN, since=NOW - timedelta(minutes=31), upstream=True
    )
    views = _with_trouble(list(before.monitors), "checkout", Verdict.DOWN, cause, down.id)
    incidents = [
        replace(down, monitors=("checkout",), likely_causes=(stripe,)),
        replace(before.incidents[0], id="20261122T114000Z-5a6b7c8d"),
        *before.incidents[1:],
    ]
    views = [replace(v, incident=incidents[1].id) if v.id == "search" else v for v in views]
    return snapshot(views, overall=Overall.PARTIAL_OUTAGE, incidents=incidents)


def no_data() -> Snapshot:
    """Return a page just deployed: nothing has been checked."""
    views = [
        monitor_view(monitor, name=name, group=group, description=description, verdict=Verdict.NO_DATA, history=0)
        for monitor, name, group, description, _ in NAMES[:4]
    ]
    return snapshot(views, overall=Overall.UNKNOWN)


def empty() -> Snapshot:
    """Return a page without monitors."""
    return snapshot(overall=Overall.UNKNOWN)


def crowd(count: int, *, at: datetime = NOW) -> Snapshot:
    """Return a page of `count` monitors in groups of ten, all up."""
    return snapshot(
        (
            monitor_view(
                f"service-{i}", name=f"Service {i}", group=f"Group {i // 10 + 1}", typical=40 + i * 7 % 300, at=at
            )
            for i in range(count)
        ),
        at=at,
    )


def explained() -> Snapshot:
    """Return a page with an incident that people opened, and one that is over and has a postmortem."""
    start = NOW - timedelta(minutes=48)
    number = f"{start:%Y%m%dT%H%M%SZ}-0badcafe"
    said = (
        (2, "investigating", "Cards of **one bank** are refused; all others work. We are asking them.", "Kim"),
        (
            19,
            "identified",
            "The bank's certificate has expired. [Their status page](https://bank.example) says so.",
            None,
        ),
        (33, "monitoring", "- The bank has a new certificate.\n- We watch the payments of the next half hour.", "Kim"),
    )
    changes = {2: ("checkout", Verdict.UP, Verdict.DOWN), 19: ("webhooks", Verdict.UP, Verdict.DEGRADED)}
    changes[33] = ("checkout", Verdict.DOWN, Verdict.DEGRADED)
    updates = tuple(
        UpdateView(
            id=f"{number}-{place}",
            at=start + timedelta(minutes=minutes),
            status=IncidentStatus(status),
            verdict=Verdict.DEGRADED if minutes == 33 else Verdict.DOWN,
            body=body,
            origin=Origin.PERSON,
            by=by,
            affected=(Affected(monitor=changes[minutes][0], before=changes[minutes][1], after=changes[minutes][2]),),
        )
        for place, (minutes, status, body, by) in enumerate(said, start=1)
    )
    mended = start + timedelta(minutes=33)
    opened = IncidentView(
        id=number,
        title="Payments with cards of one bank are refused",
        status=IncidentStatus.MONITORING,
        verdict=Verdict.DOWN,
        monitors=("checkout", "webhooks"),
        started_at=start,
        resolved_at=None,
        cause=None,
        updates=updates,
        origin=Origin.PERSON,
        monitoring_at=mended,
        acknowledged=Acknowledgement(at=start + timedelta(minutes=3), by="Payments team"),
        lanes=(
            Lane(
                monitor="checkout",
                stretches=(
                    Stretch(start=start, end=mended, verdict=Verdict.DOWN),
                    Stretch(start=mended, end=None, verdict=Verdict.DEGRADED),
                ),
            ),
            Lane(
                monitor="webhooks",
                stretches=(Stretch(start=start + timedelta(minutes=19), end=None, verdict=Verdict.DEGRADED),),
            ),
        ),
    )
    learnt = Postmortem(
        at=NOW - timedelta(days=5),
        body="# What happened\n\nA deploy took the queue's lock and *never gave it back*.\n\n"
        "| time | what |\n|---|---|\n| 12:04 | deploy |\n| 12:45 | rolled back |\n\n"
        "## What we change\n\n1. Locks expire.\n2. An alert on the queue's age.\n\n```\nSET lock_timeout = '5s';\n```",
    )
    past, *older = _past_incidents()
    views = [
        replace(v, verdict=Verdict.DEGRADED, since=start, incident=number) if v.id in opened.monitors else v
        for v in _fleet()
    ]
    over = replace(past, postmortem=learnt, acknowledged=Acknowledgement(at=past.started_at, by="Platform team"))
    return snapshot(views, overall=Overall.DEGRADED, incidents=[opened, over, *older])


SCENARIOS: dict[str, Callable[[], Snapshot]] = {
    "healthy": healthy,
    "degraded": degraded,
    "outage": outage,
    "part": failed_part,
    "explained": explained,
    "maintenance": maintenance,
    "no-data": no_data,
    "empty": empty,
}
