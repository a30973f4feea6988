"""A change, written down: the incident with one more entry, and the event that tells of it."""

from dataclasses import replace
from datetime import timedelta

from functions.domain import public_wording as wording
from functions.domain.burn import Burn
from functions.domain.change import Change
from functions.domain.event import Event, EventKind
from functions.domain.incident import Incident, IncidentStatus, Update
from functions.domain.judge import incident_id
from functions.domain.result import Failure
from functions.domain.state import State
from functions.domain.timeline import shortened
from functions.domain.verdict import FailureKind, Verdict

_UNKNOWN = Failure(kind=FailureKind.PROTOCOL, reason="what was first seen is no longer known")


def announce(change: Change, incident: Incident | None) -> tuple[Incident, Event]:
    """Return the incident after `change` and its event; `incident` is what is stored, None where it is yet to be."""
    before = incident or Incident(
        id=change.incident,
        monitors=(change.monitor,),
        verdict=change.verdict if change.verdict.failing else change.previous,
        started_at=change.changed_at,
        failure=change.failure or _UNKNOWN,
        status_code=change.status_code,
        updates=(),
    )
    resolved = change.kind is EventKind.RESOLVED
    reopened = not resolved and not before.open
    body = _body(change, reopened=reopened)
    update = Update(
        at=change.at,
        status=_status(change, before),
        verdict=change.verdict,
        body=body,
        number=before.announced + 1,
        affected={**(dict.fromkeys(before.monitors, Verdict.UP) if resolved else {}), change.monitor: change.verdict},
    )
    after = replace(
        before,
        updates=shortened((*before.updates, update)),
        announced=before.announced + 1,
        reopened=before.reopened + reopened,
        resolved_at=max(change.changed_at, before.started_at) if resolved else None,
    )
    if change.failure is not None and _as_bad(change.verdict, before.verdict):
        after = replace(
            after,
            verdict=change.verdict,
            failure=change.failure,
            status_code=change.status_code,
            only_from=change.only_from,
        )
    return after, Event(
        id=f"{after.id}-{after.announced}-{change.kind}",
        kind=change.kind,
        incident=after.id,
        monitor=change.monitor,
        verdict=change.verdict,
        previous=change.previous,
        at=change.at,
        started_at=after.started_at,
        resolved_at=after.resolved_at,
        failure=change.failure,
        status_code=change.status_code,
        attempts=change.attempts,
        regions=change.regions,
        observers=change.observers,
        likely_causes=change.likely_causes,
        summary=body,
    )


def announce_burn(burn: Burn, state: State) -> Event:
    """Return the event that tells of a fast burn; `state` is the monitor's after the run that showed it."""
    objective = f"its objective of {burn.slo.target:g} % over {burn.slo.days} days"
    minutes = -(-burn.failed // timedelta(minutes=1))
    return Event(
        id=f"{incident_id(burn.monitor, burn.at)}-{EventKind.BUDGET_BURNING}",
        kind=EventKind.BUDGET_BURNING,
        incident=state.incident,
        monitor=burn.monitor,
        verdict=state.verdict,
        previous=state.verdict,
        at=burn.at,
        started_at=burn.started_at,
        failure=None,
        regions=tuple(sorted(name for name, view in state.regions.items() if view.verdict.failing)),
        observers=tuple(sorted(state.regions)),
        summary=f"It failed for {minutes} of the last {burn.window // timedelta(minutes=1)} minutes: "
        f"{float(burn.rate):.0f} times as much as {objective} allows.",
    )


def _body(change: Change, *, reopened: bool) -> str:
    """Return the public text: it is made of the kind of the failure, never of its reason."""
    if change.removed:
        return wording.REMOVED
    if change.failure is None:
        return wording.RECOVERED
    why = wording.describe(
        change.failure.kind,
        status_code=change.status_code,
        phase=change.failure.phase,
        subject=change.failure.subject,
        step=change.failure.step,
        parts=change.failure.parts,
        verdict=change.verdict,
    )
    found = change.failure.attribution
    # Who names its parts has answered by itself.
    if found is not None and not change.failure.parts and (who := wording.who_answered(found.layer)):
        why = f"{why} {who}"
    if change.only_from:
        why = f"{wording.down_from(change.only_from)} {why}"
    lead = _lead(change, reopened=reopened)
    return why if lead is None else f"{lead} {why}"


def _lead(change: Change, *, reopened: bool) -> str | None:
    """Return what is said before the reason; None where that is all there is to say."""
    if reopened:
        return "It fails again."
    if change.kind is EventKind.OPENED:
        return None
    if change.verdict is change.previous:
        return "The problem has changed."
    if change.verdict is Verdict.DOWN:
        return "It got worse and is down."
    return "It is no longer down, but still degraded."


def _status(change: Change, before: Incident) -> IncidentStatus:
    """Return where the work stands: what people said is kept, unless it got worse while they thought it was mended."""
    if change.kind is EventKind.RESOLVED:
        return IncidentStatus.RESOLVED
    worse = change.verdict is Verdict.DOWN and change.previous is not Verdict.DOWN
    if not before.open or (worse and before.status is IncidentStatus.MONITORING):
        return IncidentStatus.INVESTIGATING
    return before.status


def _as_bad(verdict: Verdict, worst: Verdict) -> bool:
    return verdict is Verdict.DOWN or worst is not Verdict.DOWN
