"""Components as Statuspage's API shows them: a page's monitors, and its groups as components with children.

There is no word for `no data`. A monitor that was never checked is left out until it has a verdict; one that has fallen
silent is `degraded_performance`, the mildest word that does not say that all is well.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from typing import Final

from functions.domain.public_monitor import MonitorView
from functions.domain.snapshot import Snapshot
from functions.domain.verdict import Verdict
from functions.render.sections import Section, sections_in_order

Component = dict[str, object]

STATUSES: Final[Mapping[Verdict, str]] = {
    Verdict.UP: "operational",
    Verdict.DEGRADED: "degraded_performance",
    Verdict.DOWN: "major_outage",
    Verdict.MAINTENANCE: "under_maintenance",
    Verdict.NO_DATA: "degraded_performance",
}
_PARTLY: Final = "partial_outage"
_WORST_FIRST: Final = ("major_outage", _PARTLY, "degraded_performance", "under_maintenance", "operational")
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
"""When there is no time to name; the present one would make a new document of each rendering."""


def components_of(snapshot: Snapshot) -> dict[str, Component]:
    """Return the page's components by id, in its order: each group is followed by what is in it."""
    found: dict[str, Component] = {}
    position = 0
    for section in sections_in_order(snapshot):
        monitors = [monitor for monitor in section.monitors if is_known(monitor)]
        if not monitors:
            continue
        group = None if section.name is None else group_id(section.name)
        children = [
            _component(monitor, snapshot, place if group else position + place, group)
            for place, monitor in enumerate(monitors, start=1)
        ]
        if group is None:
            position += len(children)
        else:
            position += 1
            found[group] = _group(section, group, children, snapshot, position)
        found |= {str(child["id"]): child for child in children}
    return found


def is_known(monitor: MonitorView) -> bool:
    """Tell whether it ever had a verdict."""
    return monitor.since is not None


def group_id(name: str) -> str:
    """Return a group's id, which no monitor can have: it lasts as long as the name does."""
    return f"group_{sha256(name.encode()).hexdigest()[:12]}"


def begun(monitor: MonitorView) -> datetime:
    """Return when what is known of a monitor begins."""
    days = [month.days[0].day for month in monitor.months[-1:] if month.days]
    days += [monitor.first_data] if monitor.first_data else []
    starts = [datetime(day.year, day.month, day.day, tzinfo=UTC) for day in days]
    return min([*starts, monitor.since] if monitor.since else starts, default=EPOCH)


def stamp(at: datetime) -> str:
    """Return RFC 3339 in UTC to the millisecond, which some clients insist on."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S}.000Z"


def _component(monitor: MonitorView, snapshot: Snapshot, position: int, group: str | None) -> Component:
    begin = begun(monitor)
    return {
        "id": monitor.id,
        "name": monitor.name,
        "status": _PARTLY if monitor.down_from else STATUSES[monitor.verdict],
        "created_at": stamp(begin),
        "updated_at": stamp(monitor.since or begin),
        "position": position,
        "description": monitor.description,
        "showcase": True,
        "start_date": f"{begin:%Y-%m-%d}",
        "group_id": group,
        "page_id": snapshot.page.id,
        "group": False,
        "only_show_if_degraded": False,
    }


def _group(section: Section, group: str, children: Sequence[Component], snapshot: Snapshot, position: int) -> Component:
    return {
        "id": group,
        "name": section.name,
        "status": _together([str(child["status"]) for child in children]),
        "created_at": min(str(child["created_at"]) for child in children),
        "updated_at": max(str(child["updated_at"]) for child in children),
        "position": position,
        "description": None,
        "showcase": False,
        "start_date": None,
        "group_id": None,
        "page_id": snapshot.page.id,
        "group": True,
        "only_show_if_degraded": False,
        "components": [child["id"] for child in children],
    }


def _together(statuses: Iterable[str]) -> str:
    """Return the worst status; an outage of some is a partial one of the group."""
    found = set(statuses)
    worst = min(found, key=_WORST_FIRST.index)
    return _PARTLY if worst == "major_outage" and len(found) > 1 else worst
