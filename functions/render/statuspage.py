"""The eight documents of Statuspage's API, version 2, as files: clients of it read our pages as they are.

Format: https://support.atlassian.com/statuspage/docs/what-are-the-different-apis-under-statuspage/ and, as an example,
https://www.githubstatus.com/api. Ids are ours. Nothing in them says when they were made, so that they are written only
when something has happened; how fresh the page is, status.json says. docs/feeds.md has what our words become.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import partial
from typing import Final

from functions.domain.incident import IncidentStatus, Origin
from functions.domain.public_incident import IncidentView, UpdateView
from functions.domain.snapshot import MaintenanceView, Overall, Snapshot
from functions.domain.summary import AHEAD
from functions.domain.verdict import Verdict
from functions.render.artefact import JSON, Artefact
from functions.render.statuspage_components import EPOCH, STATUSES, Component, components_of, stamp
from functions.render.words import Words

FOLDER: Final = "api/v2"
LIMIT: Final = 50

INDICATORS: Final[Mapping[Overall, str]] = {
    Overall.OPERATIONAL: "none",
    Overall.MAINTENANCE: "none",
    Overall.DEGRADED: "minor",
    Overall.UNKNOWN: "minor",
    Overall.PARTIAL_OUTAGE: "major",
    Overall.MAJOR_OUTAGE: "critical",
}
"""No data is not up, and of the format's words `minor` is the mildest that does not say so."""

_POSTMORTEM: Final = "postmortem"
_SCHEDULED, _IN_PROGRESS, _COMPLETED = "scheduled", "in_progress", "completed"

Entry = dict[str, object]


def statuspage(snapshot: Snapshot, words: Words) -> dict[str, Callable[[], Artefact]]:
    """Return how to draw each document, by key."""
    documents = _Documents(snapshot, words)
    draws: Mapping[str, Callable[[], Entry]] = {
        "summary": documents.summary,
        "status": lambda: {"status": documents.status()},
        "components": lambda: {"components": documents.components()},
        "incidents": lambda: {"incidents": documents.incidents(documents.all)},
        "incidents/unresolved": lambda: {"incidents": documents.incidents(documents.open)},
        "scheduled-maintenances": lambda: _planned(documents.maintenances(reversed(documents.listed))),
        "scheduled-maintenances/upcoming": lambda: _planned(documents.maintenances(documents.upcoming)),
        "scheduled-maintenances/active": lambda: _planned(documents.maintenances(documents.active)),
    }
    return {f"{FOLDER}/{name}.json": partial(documents.draw, draw) for name, draw in draws.items()}


def _planned(entries: list[Entry]) -> Entry:
    return {"scheduled_maintenances": entries}


class _Documents:
    """One snapshot in one language."""

    def __init__(self, snapshot: Snapshot, words: Words) -> None:
        self._snapshot = snapshot
        self._words = words
        self._components = components_of(snapshot)
        self._names = {monitor.id: monitor.name for monitor in snapshot.monitors}
        now = snapshot.generated_at
        self.all = snapshot.incidents
        self.open = snapshot.open_incidents
        self.listed = tuple(window for window in snapshot.planned if window.start < now + AHEAD)
        self.active = tuple(window for window in self.listed if window.under_way)
        self.upcoming = tuple(window for window in self.listed if window.start > now)
        self._page = {
            "id": snapshot.page.id,
            "name": snapshot.page.title,
            "url": snapshot.url,
            "time_zone": snapshot.page.time_zone,
            "updated_at": stamp(self._updated()),
        }

    def draw(self, content: Callable[[], Entry]) -> Artefact:
        document = {"page": self._page, **content()}
        return Artefact(
            body=json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode(),
            content_type=JSON,
        )

    def summary(self) -> Entry:
        return {
            "components": self.components(),
            "incidents": self.incidents(self.open),
            "scheduled_maintenances": self.maintenances((*self.active, *self.upcoming)),
            "status": self.status(),
        }

    def status(self) -> Entry:
        headline = self._words.headline(self._snapshot).striptags()
        return {"indicator": INDICATORS[self._snapshot.overall], "description": headline}

    def components(self) -> list[Component]:
        return list(self._components.values())

    def incidents(self, views: Iterable[IncidentView]) -> list[Entry]:
        return [self._incident(view) for view in tuple(views)[:LIMIT]]

    def maintenances(self, views: Iterable[MaintenanceView]) -> list[Entry]:
        return [self._maintenance(view) for view in tuple(views)[:LIMIT]]

    def _updated(self) -> datetime:
        """Return when anything last changed."""
        snapshot = self._snapshot
        now = snapshot.generated_at
        changes = [monitor.since for monitor in snapshot.monitors if monitor.since]
        changes += [incident.updated_at for incident in snapshot.incidents]
        changes += [at for window in snapshot.planned for at in (window.start, window.end) if at <= now]
        return max(changes, default=EPOCH)

    def _incident(self, view: IncidentView) -> Entry:
        updates = [self._update(view, update) for update in view.updates] or [self._first(view)]
        if view.postmortem is not None:
            said = view.postmortem
            updates.append(_update(f"{view.id}-postmortem", view.id, status=_POSTMORTEM, body=said.body, at=said.at))
        return {
            "id": view.id,
            "name": self._words.incident_title(view, self._names),
            "status": _POSTMORTEM if view.postmortem and view.resolved_at else view.status.value,
            "impact": _impact(view),
            "created_at": stamp(view.started_at),
            "updated_at": stamp(view.updated_at),
            "started_at": stamp(view.started_at),
            "monitoring_at": _maybe(view.monitoring_at),
            "resolved_at": _maybe(view.resolved_at),
            "shortlink": f"{self._snapshot.url}/incidents/{view.id}",
            "page_id": self._snapshot.page.id,
            "components": self._affected(view.monitors),
            "incident_updates": updates[::-1],
        }

    def _update(self, view: IncidentView, update: UpdateView) -> Entry:
        body = update.body if update.origin is Origin.PERSON else self._words.update(update.body)
        changed = [
            {
                "code": change.monitor,
                "name": self._names[change.monitor],
                "old_status": STATUSES[change.before],
                "new_status": STATUSES[change.after],
            }
            for change in update.affected
            if change.monitor in self._components
        ]
        return _update(update.id, view.id, status=update.status.value, body=body, at=update.at, changed=changed)

    def _first(self, view: IncidentView) -> Entry:
        """Return an entry for an incident that nothing was said of: clients count on there being one."""
        said = self._words.cause(view.cause) if view.cause else self._words.incident_title(view, self._names)
        return _update(
            f"{view.id}-0", view.id, status=IncidentStatus.INVESTIGATING.value, body=said, at=view.started_at
        )

    def _maintenance(self, view: MaintenanceView) -> Entry:
        announced = view.start - AHEAD
        steps = [(_SCHEDULED, view.description or view.title, announced)]
        now = self._snapshot.generated_at
        if view.start <= now:
            steps.append((_IN_PROGRESS, self._words.maintenance(over=False), view.start))
        if view.end <= now:
            steps.append((_COMPLETED, self._words.maintenance(over=True), view.end))
        status, _, updated = steps[-1]
        return {
            "id": view.id,
            "name": view.title,
            "status": status,
            "impact": "maintenance",
            "created_at": stamp(announced),
            "updated_at": stamp(updated),
            "started_at": stamp(view.start),
            "monitoring_at": None,
            "resolved_at": stamp(view.end) if status == _COMPLETED else None,
            "shortlink": f"{self._snapshot.url}/maintenance/{view.id}",
            "page_id": self._snapshot.page.id,
            "scheduled_for": stamp(view.start),
            "scheduled_until": stamp(view.end),
            "components": self._affected(view.monitors),
            "incident_updates": [
                _update(f"{view.id}-{number}", view.id, status=step, body=body, at=at)
                for number, (step, body, at) in enumerate(steps, start=1)
            ][::-1],
        }

    def _affected(self, monitors: Iterable[str]) -> list[Component]:
        return [self._components[monitor] for monitor in monitors if monitor in self._components]


def _update(
    update: str, of: str, *, status: str, body: str, at: datetime, changed: list[dict[str, str]] | None = None
) -> Entry:
    time = stamp(at)
    return {
        "id": update,
        "incident_id": of,
        "status": status,
        "body": body,
        "created_at": time,
        "updated_at": time,
        "display_at": time,
        "affected_components": changed or None,
        "deliver_notifications": True,
    }


def _impact(view: IncidentView) -> str:
    """Return what the format makes of the worst status of a component."""
    if view.down_from:
        return "major"
    return {Verdict.DOWN: "critical", Verdict.DEGRADED: "minor"}.get(view.verdict, "none")


def _maybe(at: datetime | None) -> str | None:
    return None if at is None else stamp(at)
