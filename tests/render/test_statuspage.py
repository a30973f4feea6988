"""Our pages as clients of Statuspage's API read them: exact shapes, honest words, and nothing written for nothing."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Literal

import pytest
from pydantic import BaseModel, ConfigDict

from functions.domain.incident import IncidentStatus, Origin, Postmortem
from functions.domain.public_incident import UpdateView
from functions.domain.public_monitor import MonitorView, RegionSight
from functions.domain.snapshot import MaintenanceView, Overall, Snapshot
from functions.domain.statuspage import read_summary
from functions.domain.verdict import Verdict
from functions.render.site import draw_site
from functions.render.statuspage import statuspage
from functions.render.templates import Templates
from tests.fakes import snapshots
from tests.fakes.incident_views import incident_view
from tests.fakes.views import NOW, monitor_view

TEMPLATES = Templates(language="en")
Impact = Literal["none", "minor", "major", "critical", "maintenance"]
Status = Literal["operational", "degraded_performance", "partial_outage", "major_outage", "under_maintenance"]


class Strict(BaseModel):
    """A part of a document with all its keys and no others, as the public documents of the format have them."""

    model_config = ConfigDict(extra="forbid", strict=True)


class PagePart(Strict):
    """What each document begins with."""

    id: str
    name: str
    url: str
    time_zone: str
    updated_at: str


class Component(Strict):
    """A monitor, or a group of them."""

    id: str
    name: str
    status: Status
    created_at: str
    updated_at: str
    position: int
    description: str | None
    showcase: bool
    start_date: str | None
    group_id: str | None
    page_id: str
    group: bool
    only_show_if_degraded: bool
    components: list[str] | None = None


class Change(Strict):
    """What an update says of a component."""

    code: str
    name: str
    old_status: Status
    new_status: Status


class Update(Strict):
    """One entry of a timeline."""

    id: str
    incident_id: str
    status: str
    body: str
    created_at: str
    updated_at: str
    display_at: str
    affected_components: list[Change] | None
    deliver_notifications: bool


class Incident(Strict):
    """One incident."""

    id: str
    name: str
    status: Literal["investigating", "identified", "monitoring", "resolved", "postmortem"]
    impact: Impact
    created_at: str
    updated_at: str
    started_at: str
    monitoring_at: str | None
    resolved_at: str | None
    shortlink: str
    page_id: str
    components: list[Component]
    incident_updates: list[Update]


class Maintenance(Incident):
    """One planned window."""

    status: Literal["scheduled", "in_progress", "verifying", "completed"]  # type: ignore[assignment]  # of windows, not of incidents
    scheduled_for: str
    scheduled_until: str


class Rollup(Strict):
    """The whole page."""

    indicator: Literal["none", "minor", "major", "critical"]
    description: str


class Incidents(Strict):
    """`incidents.json` and `incidents/unresolved.json`."""

    page: PagePart
    incidents: list[Incident]


class Maintenances(Strict):
    """The three lists of windows."""

    page: PagePart
    scheduled_maintenances: list[Maintenance]


class Components(Strict):
    """`components.json`."""

    page: PagePart
    components: list[Component]


class StatusOnly(Strict):
    """`status.json`."""

    page: PagePart
    status: Rollup


class Summary(Strict):
    """`summary.json`."""

    page: PagePart
    components: list[Component]
    incidents: list[Incident]
    scheduled_maintenances: list[Maintenance]
    status: Rollup


SHAPES: dict[str, type[Strict]] = {
    "summary": Summary,
    "status": StatusOnly,
    "components": Components,
    "incidents": Incidents,
    "incidents/unresolved": Incidents,
    "scheduled-maintenances": Maintenances,
    "scheduled-maintenances/upcoming": Maintenances,
    "scheduled-maintenances/active": Maintenances,
}


def read(snapshot: Snapshot, name: str, language: str = "en") -> dict[str, Any]:
    """Return one document of `snapshot`, parsed."""
    artefact = statuspage(snapshot, Templates(language=language).words)[f"api/v2/{name}.json"]()
    assert artefact.content_type == "application/json"
    document: dict[str, Any] = json.loads(artefact.body)
    return document


@pytest.mark.parametrize("name", SHAPES)
@pytest.mark.parametrize("scenario", snapshots.SCENARIOS.values(), ids=snapshots.SCENARIOS.keys())
def test_each_document_has_the_shape_of_the_format(scenario: Callable[[], Snapshot], name: str) -> None:
    """All keys, no others, of the right types; what a client that validates strictly asks for."""
    SHAPES[name].model_validate(read(scenario(), name))


def test_there_are_all_eight_and_no_others() -> None:
    """As files of the site, where clients look for them."""
    site = draw_site(snapshots.healthy(), TEMPLATES)
    assert {key for key in site if key.startswith("api/")} == {f"api/v2/{name}.json" for name in SHAPES}


def timestamps(part: Any) -> list[str]:  # noqa: ANN401 (any JSON)
    """Return all times in a document."""
    if isinstance(part, dict):
        own = [v for k, v in part.items() if isinstance(v, str) and (k.endswith("_at") or k.startswith("scheduled_"))]
        return own + [t for v in part.values() for t in timestamps(v)]
    return [t for v in part for t in timestamps(v)] if isinstance(part, list) else []


@pytest.mark.parametrize("name", SHAPES)
def test_times_are_read_by_clients_that_insist_on_a_fraction(name: str) -> None:
    """RFC 3339 with milliseconds and a zone, the one form that all known clients parse."""
    found = timestamps(read(snapshots.maintenance(), name))
    assert found
    for text in found:
        assert datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%f%z").tzinfo is not None


@pytest.mark.parametrize(
    ("scenario", "indicator", "verdict"),
    [
        (snapshots.healthy, "none", Verdict.UP),
        (snapshots.degraded, "minor", Verdict.DEGRADED),
        (snapshots.outage, "major", Verdict.DEGRADED),
        (snapshots.maintenance, "none", Verdict.UP),
        (snapshots.no_data, "minor", Verdict.DEGRADED),
        (lambda: replace(snapshots.outage(), overall=Overall.MAJOR_OUTAGE), "critical", Verdict.DOWN),
    ],
)
def test_one_pulseboard_can_watch_another(scenario: Callable[[], Snapshot], indicator: str, verdict: Verdict) -> None:
    """Our own `upstream` reads our own summary, and no data is not taken for up."""
    document = read(scenario(), "summary")
    assert document["status"]["indicator"] == indicator
    assert read_summary(json.dumps(document).encode()).verdict is verdict


def test_one_pulseboard_can_watch_a_monitor_and_a_group_of_another() -> None:
    """By id or by name; the words name the incident."""
    body = json.dumps(read(snapshots.outage(), "summary")).encode()
    standing = read_summary(body, component="checkout")
    assert standing.verdict is Verdict.DOWN
    assert "Checkout down" in standing.words
    assert read_summary(body, component="Checkout").verdict is Verdict.DOWN
    assert read_summary(body, component="Core").verdict is Verdict.DEGRADED, "some of the group are down"
    assert read_summary(body, component="background").verdict is Verdict.UP


def test_groups_are_components_with_children() -> None:
    """A group stands before its own, which point to it and count within it; monitors of none count with the groups."""
    components = read(snapshots.healthy(), "components")["components"]
    by_id = {component["id"]: component for component in components}
    groups = [component for component in components if component["group"]]
    assert [group["name"] for group in groups] == ["Core", "Background"]
    for group in groups:
        children = [component for component in components if component["group_id"] == group["id"]]
        assert [child["id"] for child in children] == group["components"]
        assert [child["position"] for child in children] == list(range(1, len(children) + 1))
    assert (by_id["docs"]["group_id"], by_id["docs"]["position"]) == (None, 3)
    assert all("components" not in component for component in components if not component["group"])
    assert [c["name"] for c in components[:2]] == ["Core", "Shop API"]


def sole(monitor: MonitorView, **changes: Any) -> dict[str, Any]:  # noqa: ANN401 (any field)
    """Return the first component of a page with one monitor."""
    found: dict[str, Any] = read(snapshots.snapshot([replace(monitor, **changes)]), "components")["components"][0]
    return found


def test_down_from_some_regions_only_is_a_partial_outage() -> None:
    """The format has a word for it."""
    sights = (RegionSight(region="a", verdict=Verdict.DOWN), RegionSight(region="b", verdict=Verdict.UP))
    assert sole(monitor_view(), verdict=Verdict.DEGRADED, regions=sights)["status"] == "partial_outage"


def test_a_silent_monitor_is_not_operational() -> None:
    """There is no word for it, and the mildest that is not wrong is taken."""
    assert sole(monitor_view(), verdict=Verdict.NO_DATA)["status"] == "degraded_performance"


def test_a_monitor_without_any_verdict_is_left_out() -> None:
    """Nothing is known that could be said of it; a group of such is left out as well."""
    young = monitor_view("new", name="New", group="Young", verdict=Verdict.NO_DATA, history=0)
    components = read(snapshots.snapshot([monitor_view(), young]), "components")["components"]
    assert [component["id"] for component in components] == ["shop-api"]


def test_an_incident_tells_its_updates_newest_first() -> None:
    """With what each changed, under our own ids; the link leads to its page."""
    resolved = incident_view("shop-api", resolved_at=NOW)
    [incident] = read(snapshots.snapshot([monitor_view()], incidents=[resolved]), "incidents")["incidents"]
    assert incident["shortlink"] == f"https://status.acme.example/incidents/{resolved.id}"
    assert [update["status"] for update in incident["incident_updates"]] == ["resolved", "investigating"]
    assert incident["incident_updates"][1]["affected_components"] == [
        {"code": "shop-api", "name": "Shop API", "old_status": "operational", "new_status": "major_outage"}
    ]
    assert incident["impact"] == "critical"
    assert [component["id"] for component in incident["components"]] == ["shop-api"]


def test_a_postmortem_is_the_incidents_last_word() -> None:
    """A status of its own in the format, and an entry."""
    closed = replace(
        incident_view("shop-api", resolved_at=NOW - timedelta(hours=2)),
        postmortem=Postmortem(at=NOW, body="**Learnt**"),
    )
    [incident] = read(snapshots.snapshot([monitor_view()], incidents=[closed]), "incidents")["incidents"]
    assert incident["status"] == "postmortem"
    assert incident["incident_updates"][0]["body"] == "**Learnt**"
    assert incident["updated_at"] == "2026-11-22T12:04:00.000Z"


def test_an_incident_that_nothing_was_said_of_still_has_an_entry() -> None:
    """Clients take the newest entry without looking whether there is one."""
    silent = replace(incident_view("shop-api"), updates=())
    [incident] = read(snapshots.snapshot([monitor_view()], incidents=[silent]), "incidents")["incidents"]
    assert [update["body"] for update in incident["incident_updates"]] == ["The health check answers with HTTP 503."]


def test_the_lists_hold_the_newest_fifty() -> None:
    """And what is unresolved is there however much came after it."""
    past = [
        replace(incident_view("shop-api", started_at=NOW - timedelta(days=n), resolved_at=NOW), id=f"past-{n}")
        for n in range(1, 70)
    ]
    old = replace(incident_view("shop-api", started_at=NOW - timedelta(days=80)), id="old")
    page = snapshots.snapshot([monitor_view()], incidents=[*past, old])
    assert [i["id"] for i in read(page, "incidents")["incidents"]] == [f"past-{n}" for n in range(1, 51)]
    assert [i["id"] for i in read(page, "incidents/unresolved")["incidents"]] == ["old"]
    assert [i["id"] for i in read(page, "summary")["incidents"]] == ["old"]


def test_maintenance_goes_from_scheduled_to_completed() -> None:
    """Each list has what belongs to it; what is more than a week away is not announced yet."""
    page = snapshots.maintenance()
    found = read(page, "scheduled-maintenances")["scheduled_maintenances"]
    assert [(window["name"], window["status"]) for window in found] == [
        ("Weekly patching", "scheduled"),
        ("Database upgrade", "in_progress"),
        ("Weekly patching", "completed"),
    ]
    upcoming = read(page, "scheduled-maintenances/upcoming")["scheduled_maintenances"]
    active = read(page, "scheduled-maintenances/active")["scheduled_maintenances"]
    summary = read(page, "summary")["scheduled_maintenances"]
    assert ([w["status"] for w in upcoming], [w["status"] for w in active]) == (["scheduled"], ["in_progress"])
    assert {w["id"] for w in summary} == {w["id"] for w in (*upcoming, *active)}
    assert [u["status"] for u in found[2]["incident_updates"]] == ["completed", "in_progress", "scheduled"]
    assert [c["id"] for c in found[1]["components"]] == ["shop-api", "checkout"]
    site = draw_site(page, TEMPLATES)
    assert all(window["shortlink"].removeprefix("https://status.acme.example/") in site for window in found)


def test_what_people_wrote_stays_and_what_checks_wrote_is_said_in_the_pages_language() -> None:
    """Markdown is passed on as it was written."""
    update = UpdateView(
        id="x-2",
        at=NOW,
        status=IncidentStatus.IDENTIFIED,
        verdict=Verdict.DOWN,
        body="<b>We</b> **know**",
        origin=Origin.PERSON,
    )
    view = incident_view("shop-api")
    page = snapshots.snapshot([monitor_view()], incidents=[replace(view, updates=(*view.updates, update))])
    [incident] = read(page, "incidents")["incidents"]
    assert incident["incident_updates"][0]["body"] == "<b>We</b> **know**"


def test_time_alone_changes_nothing() -> None:
    """An hour later, with other response times and numbers, each document has the same bytes."""
    page = snapshots.outage()
    later = replace(
        page,
        generated_at=page.generated_at + timedelta(hours=1),
        stale_after=page.stale_after + timedelta(hours=1),
        monitors=tuple(
            replace(monitor, checked_at=NOW + timedelta(hours=1), sparkline=(1.0,) * 24) for monitor in page.monitors
        ),
    )
    before, after = (statuspage(each, TEMPLATES.words) for each in (page, later))
    assert {key: draw().body for key, draw in before.items()} == {key: draw().body for key, draw in after.items()}


def test_the_page_was_updated_when_something_last_happened() -> None:
    """Not when it was last rendered: also the beginning of a window counts."""
    assert read(snapshots.outage(), "status")["page"]["updated_at"] == "2026-11-22T11:41:00.000Z"
    window = MaintenanceView(
        id="w",
        title="W",
        description=None,
        monitors=("shop-api",),
        start=NOW - timedelta(minutes=2),
        end=NOW + timedelta(hours=1),
        under_way=True,
    )
    page = replace(snapshots.snapshot([monitor_view()]), planned=(window,))
    assert read(page, "status")["page"]["updated_at"] == "2026-11-22T12:02:00.000Z"


def test_a_page_without_monitors_has_empty_documents() -> None:
    """Nothing fails for want of anything."""
    assert read(snapshots.empty(), "components")["components"] == []
    assert read(snapshots.empty(), "status")["page"]["updated_at"] == "1970-01-01T00:00:00.000Z"
