"""Pages in every condition, built by hand: for the tests of rendering, for screenshots and for benchmarks."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from functions.domain.finding import Layer
from functions.domain.group_id import group_ids
from functions.domain.incident import Acknowledgement
from functions.domain.likely_cause import LikelyCause
from functions.domain.page import Page
from functions.domain.part import Part
from functions.domain.public_cause import PublicCause
from functions.domain.public_figures import SloView, Window
from functions.domain.public_incident import IncidentView
from functions.domain.public_monitor import MonitorView, RegionSight, RegionView
from functions.domain.snapshot import GroupView, MaintenanceView, Overall, Snapshot
from functions.domain.verdict import FailureKind, Verdict
from tests.fakes.incident_views import LEARNT, incident_view, past_incidents, told_by_people
from tests.fakes.views import DAYS, NOW, day_bar, monitor_view, part_view, uptime

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
    return snapshot(views, incidents=past_incidents())


def degraded() -> Snapshot:
    """Return a page with one slow monitor."""
    cause = PublicCause(kind=FailureKind.LATENCY)
    slow = incident_view("search", title="Search degraded", verdict=Verdict.DEGRADED, cause=cause)
    views = _with_trouble(_fleet(), "search", Verdict.DEGRADED, cause, slow.id)
    return snapshot(views, overall=Overall.DEGRADED, incidents=[slow, *past_incidents()])


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
    shown = snapshot(views, overall=Overall.MAINTENANCE, incidents=past_incidents())
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


def failed_part() -> Snapshot:
    """Return a page with one monitor whose health body says which of its parts has failed."""
    cause = PublicCause(kind=FailureKind.STATUS, status_code=503, parts=(Part(name="Database", verdict=Verdict.DOWN),))
    told = incident_view("accounts", title="Accounts and sign-in degraded", verdict=Verdict.DEGRADED, cause=cause)
    parts = (
        part_view("Database", Verdict.DOWN),
        part_view("Cache", Verdict.DEGRADED),
        part_view("Message queue"),
        part_view("Storage", Verdict.NO_DATA),
    )
    views = _with_trouble(_fleet(), "accounts", Verdict.DEGRADED, cause, told.id)
    views = [replace(view, parts=parts) if view.id == "accounts" else view for view in views]
    return snapshot(views, overall=Overall.DEGRADED, incidents=[told, *past_incidents()])


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
    opened = told_by_people()
    past, *older = past_incidents()
    views = [
        replace(v, verdict=Verdict.DEGRADED, since=opened.started_at, incident=opened.id)
        if v.id in opened.monitors
        else v
        for v in _fleet()
    ]
    over = replace(past, postmortem=LEARNT, acknowledged=Acknowledgement(at=past.started_at, by="Platform team"))
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
