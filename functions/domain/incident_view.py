"""An incident as the public sees it."""

from collections.abc import Mapping

from functions.domain.incident import Incident
from functions.domain.public_cause import public_cause
from functions.domain.snapshot import IncidentView, UpdateView
from functions.domain.verdict import Verdict


def view_incident(incident: Incident, names: Mapping[str, str]) -> IncidentView | None:
    """Return what a page with the monitors `names` (id to name) shows; None where it concerns none of them."""
    monitors = tuple(monitor for monitor in incident.monitors if monitor in names)
    if not monitors:
        return None
    return IncidentView(
        id=incident.id,
        title=incident_title([names[monitor] for monitor in monitors], incident.verdict),
        status=incident.updates[-1].status,
        verdict=incident.verdict,
        monitors=monitors,
        started_at=incident.started_at,
        resolved_at=incident.resolved_at,
        down_from=incident.only_from,
        cause=public_cause(incident.failure, incident.status_code),
        updates=tuple(UpdateView(at=u.at, status=u.status, verdict=u.verdict, body=u.body) for u in incident.updates),
    )


def incident_title(names: list[str], verdict: Verdict) -> str:
    """Return a title such as `Shop API down` or `Shop API and 2 more degraded`; true while it lasts and afterwards."""
    others = f" and {len(names) - 1} more" if len(names) > 1 else ""
    return f"{names[0]}{others} {verdict.value.replace('_', ' ')}"
