"""An incident as the public sees it, on one page: of monitors that are not on it, nothing is told.

What people wrote is for every page that shows one of the incident's monitors. What checks saw belongs to the monitor
that they opened the incident for; a page without it shows neither the cause nor what the judge said of it.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from functions.domain.incident import Incident, IncidentStatus, Origin, Update
from functions.domain.public_cause import public_cause
from functions.domain.public_incident import Affected, IncidentView, Lane, Stretch, UpdateView
from functions.domain.verdict import Verdict


def view_incident(incident: Incident, names: Mapping[str, str]) -> IncidentView | None:
    """Return what a page with the monitors `names` (id to name) shows; None where it concerns none of them."""
    monitors = tuple(monitor for monitor in incident.monitors if monitor in names)
    if not monitors:
        return None
    judged = incident.origin is Origin.PERSON or incident.monitors[0] in names
    verdict = _worst_here(incident, monitors)
    return IncidentView(
        id=incident.id,
        title=incident.title or incident_title([names[monitor] for monitor in monitors], verdict),
        status=incident.status,
        verdict=verdict,
        monitors=monitors,
        started_at=incident.started_at,
        resolved_at=incident.resolved_at,
        down_from=incident.only_from if judged else (),
        cause=public_cause(incident.failure, incident.status_code) if judged and incident.failure else None,
        updates=tuple(_updates(incident, monitors, judged=judged)),
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


def _worst_here(incident: Incident, monitors: tuple[str, ...]) -> Verdict:
    """Return the worst that the page's own `monitors` reached; of what the timeline does not tell, the incident's."""
    told = [(monitor, verdict) for update in incident.updates for monitor, verdict in update.affected.items()]
    untold = frozenset(monitors) - {monitor for monitor, _ in told}
    if untold or monitors == incident.monitors:
        return incident.verdict
    return _worst(verdict for monitor, verdict in told if monitor in monitors)


def _worst(verdicts: Iterable[Verdict]) -> Verdict:
    """Return `down`, `degraded` or `up`."""
    found = frozenset(verdicts)
    return next((verdict for verdict in (Verdict.DOWN, Verdict.DEGRADED) if verdict in found), Verdict.UP)


def _updates(incident: Incident, monitors: tuple[str, ...], *, judged: bool) -> Iterator[UpdateView]:
    """Yield the entries, each with what it changes for the page's own monitors.

    Where the one that the judge speaks of is not among them (`judged` is False), the judge only says that it is over.
    """
    now = dict.fromkeys(monitors, Verdict.UP)
    for update in incident.updates:
        if not judged and update.origin is Origin.JUDGE and update.status is not IncidentStatus.RESOLVED:
            continue
        changed = {m: verdict for m, verdict in update.affected.items() if m in now and now[m] is not verdict}
        yield UpdateView(
            id=f"{incident.id}-{update.number}",
            at=update.at,
            status=update.status,
            verdict=update.verdict if monitors == incident.monitors else _worst((now | changed).values()),
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
