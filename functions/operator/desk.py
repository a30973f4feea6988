"""Carries out what operators ask for: reads, decides, writes; and reads again where somebody else was faster."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from functions.domain.event import Event
from functions.domain.incident import Incident
from functions.domain.people import Told
from functions.operator.errors import BusyError, ChangedError, KeyReusedError, UnknownIncidentError
from functions.store import ConflictError, IncidentDesk, Receipt

TRIES = 6
"""Whoever else writes to an incident: the judge, and a few people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """How a request is known: by the client's own `key`, if it has one; `digest` stands for all that it asks for."""

    digest: str
    key: str | None = None
    if_version: int | None = None
    """The version that the client has seen and means to replace; None: any."""


def incident_id(started_at: datetime, seed: str) -> str:
    """Return the id of an incident that a person opens; `seed` is unique to what opens it."""
    return f"{started_at.astimezone(UTC):%Y%m%dT%H%M%SZ}-{hashlib.sha256(seed.encode()).hexdigest()[:8]}"


def open_once(store: IncidentDesk, told: Told, request: Request, *, at: datetime) -> Incident:
    """Return the incident that is open now; a request that comes again finds the one that it opened before.

    Raises KeyReusedError and BusyError.
    """
    for _ in range(TRIES):
        if (found := _carried_out(store, request)) is not None:
            return found
        try:
            return _record(store, *told, request, at=at)
        except ConflictError:
            continue
    raise BusyError("The incident could not be recorded. Try again.")


def change(
    store: IncidentDesk, incident_id: str, decide: Callable[[Incident], Told | None], request: Request, *, at: datetime
) -> Incident:
    """Return the incident after `decide`, which says what is to become of it; None: it stays as it is.

    Raises UnknownIncidentError, ChangedError, KeyReusedError, BusyError, and what `decide` raises.
    """
    for _ in range(TRIES):
        if (found := _carried_out(store, request)) is not None:
            return found
        before = read(store, incident_id)
        if request.if_version is not None and request.if_version != before.version:
            raise ChangedError("Somebody else has written since. Read it again.", version=before.version)
        told = decide(before)
        if told is None:
            return before
        try:
            return _record(store, *told, request, at=at)
        except ConflictError:
            continue
    raise BusyError("Others were writing at the same time. Try again.", incident=incident_id)


def read(store: IncidentDesk, incident_id: str) -> Incident:
    """Return an incident; raises UnknownIncidentError."""
    incident = store.incident(incident_id)
    if incident is None:
        raise UnknownIncidentError("There is no such incident.", incident=incident_id[:100])
    return incident


def _carried_out(store: IncidentDesk, request: Request) -> Incident | None:
    receipt = store.receipt(request.key) if request.key else None
    if receipt is None:
        return None
    if receipt.digest != request.digest:
        raise KeyReusedError("This Idempotency-Key came with another request before. Take a new one.")
    return read(store, receipt.incident)


def _record(store: IncidentDesk, incident: Incident, event: Event, request: Request, *, at: datetime) -> Incident:
    receipt = Receipt(key=request.key, digest=request.digest, incident=incident.id) if request.key else None
    store.record(incident, event, receipt=receipt, at=at)
    return replace(incident, version=incident.version + 1)
