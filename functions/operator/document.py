"""An incident as operators read it: docs/api.md has every field. Unlike the page's, it holds what checks saw."""

from collections.abc import Mapping
from datetime import UTC, datetime

from functions.domain.incident import Incident
from functions.domain.incident_view import incident_title
from functions.domain.result import Failure


def incident_document(incident: Incident, *, names: Mapping[str, str], page_url: str) -> dict[str, object]:
    """Return the incident as JSON; `names` has the monitors that there are."""
    on_it, learnt = incident.acknowledged, incident.postmortem
    known = [names.get(monitor, monitor) for monitor in incident.monitors]
    return {
        "id": incident.id,
        "version": incident.version,
        "url": f"{page_url}/incidents/{incident.id}",
        "title": incident.title or incident_title(known, incident.verdict),
        "origin": incident.origin.value,
        "status": incident.status.value,
        "impact": incident.verdict.value,
        "monitors": {monitor: verdict.value for monitor, verdict in incident.affected.items()},
        "started_at": _time(incident.started_at),
        "resolved_at": incident.resolved_at and _time(incident.resolved_at),
        "reopened": incident.reopened,
        "failure": incident.failure and _failure(incident.failure, incident.status_code),
        "acknowledged": on_it and {"at": _time(on_it.at), "by": on_it.by},
        "postmortem": learnt and {"at": _time(learnt.at), "body": learnt.body},
        "updates": [
            {
                "id": f"{incident.id}-{update.number}",
                "at": _time(update.at),
                "status": update.status.value,
                "impact": update.verdict.value,
                "body": update.body,
                "origin": update.origin.value,
                "by": update.by,
                "monitors": {monitor: verdict.value for monitor, verdict in update.affected.items()},
            }
            for update in incident.updates
        ],
    }


def _failure(failure: Failure, status_code: int | None) -> dict[str, object]:
    return {
        "kind": failure.kind.value,
        "reason": failure.reason,
        "phase": failure.phase and failure.phase.value,
        "status_code": status_code,
    }


def _time(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
