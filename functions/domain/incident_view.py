"""An incident as the public sees it."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from functions.domain.incident import Incident, IncidentStatus, Update
from functions.domain.public_cause import public_cause
from functions.domain.public_incident import Affected, IncidentView, Lane, Stretch, UpdateView
from functions.domain.verdict import Verdict


def view_incident(incident: Incident, names: Mapping[str, str]) -> IncidentView | None:
    """Return what a page with the monitors `names` (id to name) shows; None where it concerns none of them."""
    monitors = tuple(monitor for monitor in incident.monitors if monitor in names)
    if not monitors:
        return None
    return IncidentView(
        id=incident.id,
        title=incident.title or incident_title([names[monitor] for monitor in monitors], incident.verdict),
        status=incident.status,
        verdict=incident.verdict,
        monitors=monitors,
        started_at=incident.started_at,
        resolved_at=incident.resolved_at,
        down_from=incident.only_from,
        cause=None if incident.failure is None else public_cause(incident.failure, incident.status_code),
        updates=tuple(_updates(incident, monitors)),
        origin=incident.origin,
        monitoring_at=_monitoring_at(incident.updates),
        acknowledged=incident.acknowledged,
        postmortem=incident.postmortem,
        lanes=tuple(Lane(monitor=monitor, stretches=tuple(_stretches(incident, monitor))) for monitor in monitors),
    )


def incident_title(names: list[str], verdict: Verdict) -> str:
    """Return a title such as `Shop API down` or `Shop API and 2 more degraded`; true while it lasts and afterwards."""
    others = f" and {len(names) - 1} more" if len(names) > 1 else ""
    return f"{names[0]}{others} {verdict.value.replace('_', ' ')}"


def _updates(incident: Incident, monitors: tuple[str, ...]) -> Iterator[UpdateView]:
    """Yield the entries, each with what it changes for the page's own monitors."""
    now = dict.fromkeys(monitors, Verdict.UP)
    for update in incident.updates:
        changed = {m: verdict for m, verdict in update.affected.items() if m in now and now[m] is not verdict}
        yield UpdateView(
            id=f"{incident.id}-{update.number}",
            at=update.at,
            status=update.status,
            verdict=update.verdict,
            body=update.body,
            origin=update.origin,
            by=update.by,
            affected=tuple(Affected(monitor=m, before=now[m], after=verdict) for m, verdict in changed.items()),
        )
        now |= changed


def _monitoring_at(updates: tuple[Update, ...]) -> datetime | None:
    """Return when the newest unbroken span of `monitoring` began."""
    began = None
    for update in updates:
        if update.status is not IncidentStatus.MONITORING:
            # What comes after it does not take away that it was watched; work that began anew does.
            began = began if update.status is IncidentStatus.RESOLVED else None
        elif began is None:
            began = update.at
    return began


def _stretches(incident: Incident, monitor: str) -> Iterator[Stretch]:
    """Yield how `monitor` fared from the incident's start, or from when it was first affected, to the end.

    The first entry tells of what began earlier, at the start; the last good check, not the entry that confirmed it, is
    the end.
    """
    turns: list[tuple[datetime, Verdict]] = []
    for place, update in enumerate(incident.updates):
        verdict = update.affected.get(monitor)
        if verdict is None or (turns and turns[-1][1] is verdict):
            continue
        at = incident.started_at if place == 0 else update.at
        if update.status is IncidentStatus.RESOLVED and incident.resolved_at is not None:
            at = min(at, incident.resolved_at)
        turns.append((max(at, turns[-1][0]) if turns else at, verdict))
    ends = [at for at, _ in turns[1:]]
    for (start, verdict), end in zip(turns, [*ends, incident.resolved_at], strict=False):
        # Nothing is told of what came after the end: that is the monitor's own page's.
        if end is None or end > start:
            yield Stretch(start=start, end=end, verdict=verdict)
