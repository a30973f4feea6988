"""What people do to incidents: each returns the incident as it is then, and the event that tells of it.

Who opened an incident ends it. What checks opened ends with the checks, so that the page cannot say "resolved" beside a
monitor that is down; people annotate it. What a person opened is ended by a person, whatever checks see.

IncidentError
├── ClosedError         it is over
├── StillOpenError      it is not over
├── EndedByChecksError  it ends when its checks pass
├── JudgedError         how its monitor is, checks say
└── FullError           it holds no more
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from functions.domain.event import Event, EventKind
from functions.domain.incident import Acknowledgement, Incident, IncidentStatus, Origin, Postmortem, Update
from functions.domain.incident_codec import encode_incident
from functions.domain.timeline import shortened
from functions.domain.verdict import Verdict

SIZE_LIMIT = 150_000
"""Bytes that an incident may take, compressed: it is written twice at a time, and an item holds 400 KB."""

_RANK = (Verdict.UP, Verdict.DEGRADED, Verdict.DOWN)

Told = tuple[Incident, Event]


class IncidentError(Exception):
    """What was asked for does not suit the incident as it is."""


class ClosedError(IncidentError):
    """It is over."""


class StillOpenError(IncidentError):
    """It is not over yet."""


class EndedByChecksError(IncidentError):
    """Checks still see it; it ends when they pass."""


class JudgedError(IncidentError):
    """How the monitor is that the incident began with, checks say."""


class FullError(IncidentError):
    """It holds no more text."""


def open_incident(
    incident_id: str,
    *,
    title: str,
    affected: Mapping[str, Verdict],
    body: str,
    at: datetime,
    status: IncidentStatus = IncidentStatus.INVESTIGATING,
    started_at: datetime | None = None,
    by: str | None = None,
) -> Told:
    """Return a new incident of the monitors `affected`, at least one of which is failing; `body` is Markdown.

    `started_at` is since when it is known to go on, by default `at`.
    """
    verdict = _worst(affected)
    update = Update(at=at, status=status, verdict=verdict, body=body, origin=Origin.PERSON, by=by, affected=affected)
    incident = Incident(
        id=incident_id,
        monitors=tuple(affected),
        verdict=verdict,
        started_at=started_at or at,
        failure=None,
        updates=(update,),
        announced=1,
        origin=Origin.PERSON,
        title=title,
    )
    return _told(incident, EventKind.OPENED, update.body, previous=Verdict.UP, at=at, by=by)


def add_update(
    incident: Incident,
    *,
    status: IncidentStatus | None,
    body: str,
    at: datetime,
    affected: Mapping[str, Verdict] | None = None,
    by: str | None = None,
) -> Told:
    """Return the incident with one more entry; without a `status` the work stands where it stood.

    `affected` are monitors that are now better, worse, or affected as well. On a person's incident, `resolved` ends it
    and anything else after that opens it again, with all as bad as they last were where `affected` does not say. Raises
    EndedByChecksError where the judge's is to be ended while it is open, ClosedError where the judge's is over and not
    said to be `resolved`, JudgedError where `affected` speaks about what checks see, and FullError.
    """
    affected = affected or {}
    status = status or incident.status
    resolving = status is IncidentStatus.RESOLVED
    if incident.origin is Origin.JUDGE and incident.open is resolving:
        if resolving:
            raise EndedByChecksError
        raise ClosedError
    if incident.origin is Origin.JUDGE and (incident.monitors[0] in affected or (affected and not incident.open)):
        raise JudgedError
    before = incident.affected
    reopened = not incident.open and not resolving
    changed = _changes(before, {**(_at_worst(incident) if reopened else {}), **affected}, resolving=resolving)
    now = {**before, **changed}
    previous = _worst(before) if incident.open else Verdict.UP
    verdict = Verdict.UP if resolving else _worst(now)
    update = Update(
        at=at,
        status=status,
        verdict=verdict,
        body=body,
        number=incident.announced + 1,
        origin=Origin.PERSON,
        by=by,
        affected=changed,
    )
    after = replace(
        incident,
        monitors=tuple(now),
        verdict=_worst({"": incident.verdict, **now}),
        updates=shortened((*incident.updates, update)),
        announced=update.number,
        reopened=incident.reopened + reopened,
    )
    if incident.origin is Origin.PERSON:
        after = replace(after, resolved_at=(incident.resolved_at or at) if resolving else None)
    ended = incident.open and not after.open
    kind = EventKind.RESOLVED if ended else EventKind.UPDATED
    return _told(after, kind, body, previous=previous, at=at, by=by)


def acknowledge(incident: Incident, *, by: str, at: datetime) -> Told | None:
    """Return the incident with who is on it; None where that is said already. Raises ClosedError, FullError."""
    if not incident.open:
        raise ClosedError
    if incident.acknowledged is not None and incident.acknowledged.by == by:
        return None
    after = replace(incident, acknowledged=Acknowledgement(at=at, by=by), announced=incident.announced + 1)
    return _told(after, EventKind.ACKNOWLEDGED, f"{by} is on it.", previous=_current(incident), at=at, by=by)


def retitle(incident: Incident, *, title: str, at: datetime) -> Told | None:
    """Return the incident under another title; None where it has that already. Raises FullError."""
    if incident.title == title:
        return None
    after = replace(incident, title=title, announced=incident.announced + 1)
    return _told(after, EventKind.RETITLED, f"It is now called: {title}", previous=_current(incident), at=at)


def write_postmortem(incident: Incident, *, body: str, at: datetime, by: str | None = None) -> Told | None:
    """Return the incident with what was learnt, in the place of what stood there; None where that is the same.

    Raises StillOpenError and FullError.
    """
    if incident.open:
        raise StillOpenError
    if incident.postmortem is not None and incident.postmortem.body == body:
        return None
    after = replace(incident, postmortem=Postmortem(at=at, body=body), announced=incident.announced + 1)
    return _told(after, EventKind.POSTMORTEM, body, previous=_current(incident), at=at, by=by)


def _at_worst(incident: Incident) -> dict[str, Verdict]:
    """Return how each monitor was when it last was affected."""
    found = dict.fromkeys(incident.monitors, incident.verdict)
    for update in incident.updates:
        found |= {monitor: verdict for monitor, verdict in update.affected.items() if verdict.failing}
    return found


def _changes(before: Mapping[str, Verdict], affected: Mapping[str, Verdict], *, resolving: bool) -> dict[str, Verdict]:
    """Return the monitors whose verdict differs from what it was; all of them are up once it is over."""
    if resolving and all(verdict not in _RANK[1:] for verdict in before.values()):
        return {}
    after = {**before, **affected}
    if resolving:
        after = dict.fromkeys(after, Verdict.UP)
    return {monitor: verdict for monitor, verdict in after.items() if before.get(monitor) is not verdict}


def _worst(affected: Mapping[str, Verdict]) -> Verdict:
    known = [verdict for verdict in affected.values() if verdict in _RANK]
    return max(known, key=_RANK.index, default=Verdict.UP)


def _current(incident: Incident) -> Verdict:
    return _worst(incident.affected) if incident.open else Verdict.UP


def _told(
    incident: Incident, kind: EventKind, summary: str, *, previous: Verdict, at: datetime, by: str | None = None
) -> Told:
    if len(encode_incident(incident)) > SIZE_LIMIT:
        raise FullError
    affected = incident.affected
    verdict = _current(incident)
    return incident, Event(
        id=f"{incident.id}-{incident.announced}-{kind}",
        kind=kind,
        incident=incident.id,
        monitor=max(affected, key=lambda m: _RANK.index(affected[m]) if affected[m] in _RANK else 0),
        verdict=verdict,
        previous=previous,
        at=at,
        started_at=incident.started_at,
        resolved_at=incident.resolved_at,
        failure=None,
        summary=summary,
        origin=Origin.PERSON,
        monitors=tuple(affected),
        title=incident.title,
        status=incident.status,
        by=by,
    )
