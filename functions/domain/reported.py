"""What people report that checks do not see: it is shown, and never the other way round."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from functions.domain.incident import Incident, Origin
from functions.domain.public_monitor import MonitorView
from functions.domain.verdict import Verdict

_RANK = (Verdict.UP, Verdict.NO_DATA, Verdict.MAINTENANCE, Verdict.DEGRADED, Verdict.DOWN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """How people say that a monitor is, since when, and in which incident."""

    verdict: Verdict
    since: datetime
    incident: str


def reports(incidents: Iterable[Incident]) -> dict[str, Report]:
    """Return the worst that people report of each monitor, in incidents that are open; the older of two equal ones."""
    found: dict[str, Report] = {}
    for incident in sorted((i for i in incidents if i.open), key=lambda i: (i.started_at, i.id)):
        for monitor, verdict in _reported(incident).items():
            known = found.get(monitor)
            if verdict.failing and (known is None or _RANK.index(verdict) > _RANK.index(known.verdict)):
                found[monitor] = Report(verdict=verdict, since=incident.started_at, incident=incident.id)
    return found


def with_report(view: MonitorView, report: Report | None) -> MonitorView:
    """Return the monitor as people say it is, where checks see nothing as bad; its uptime remains what checks saw."""
    if report is None:
        return view
    if _RANK.index(view.verdict) >= _RANK.index(report.verdict):
        return view if view.incident else replace(view, incident=report.incident)
    incident = view.incident or report.incident
    return replace(view, verdict=report.verdict, since=report.since, cause=None, incident=incident, regions=())


def _reported(incident: Incident) -> dict[str, Verdict]:
    """Return what people say; how the monitors are that the judge opened an incident for, checks say."""
    if incident.origin is Origin.PERSON:
        return incident.affected
    found: dict[str, Verdict] = {}
    for update in incident.updates:
        if update.origin is Origin.PERSON:
            found |= update.affected
    return found
