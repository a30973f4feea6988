"""What the judge has to tell of a monitor."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from functions.domain.event import EventKind
from functions.domain.likely_cause import LikelyCause
from functions.domain.result import Failure
from functions.domain.state import RegionView, State
from functions.domain.verdict import FailureKind, Verdict

_UNEXPLAINED = Failure(kind=FailureKind.PROTOCOL, reason="the check gave no reason")


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A confirmed change of a monitor's verdict, or of what it fails by, before it is written down (`announcement`).

    `at` is when it was decided, `changed_at` when it began: the first check of the streak that was believed. `removed`
    says that the monitor left the config. `only_from` are the regions from which alone it is down, where most see
    nothing. `likely_causes` is what may lie behind a failing.
    """

    kind: EventKind
    monitor: str
    incident: str
    previous: Verdict
    verdict: Verdict
    at: datetime
    changed_at: datetime
    failure: Failure | None = None
    status_code: int | None = None
    attempts: int = 1
    regions: tuple[str, ...] = ()
    observers: tuple[str, ...] = ()
    removed: bool = False
    only_from: tuple[str, ...] = ()
    likely_causes: tuple[LikelyCause, ...] = ()


def change_of(kind: EventKind, previous: Verdict, state: State, deciding: RegionView, changed_at: datetime) -> Change:
    """Return what there is to tell of `state`, which just changed; `deciding` is the view of the region that did it."""
    incident = state.incident or state.last_incident
    if incident is None:
        raise AssertionError("unreachable: every change belongs to an incident")
    change = Change(
        kind=kind,
        monitor=state.monitor,
        incident=incident,
        previous=previous,
        verdict=state.verdict,
        at=state.judged_at,
        changed_at=changed_at,
        regions=tuple(sorted(name for name, view in state.regions.items() if view.failing.on)),
        observers=tuple(sorted(state.regions)),
    )
    if not state.verdict.failing:
        return change
    evidence = _evidence(state.regions, deciding, state.verdict)
    return replace(
        change,
        failure=evidence.failure or _UNEXPLAINED,
        status_code=evidence.status_code,
        attempts=evidence.attempts,
    )


def _evidence(views: Mapping[str, RegionView], deciding: RegionView, verdict: Verdict) -> RegionView:
    """Return the view whose check explains `verdict` best: the deciding one, unless another saw that very verdict."""
    candidates = [deciding, *views.values()]
    explaining = [view for view in candidates if view.failure is not None]
    return next((view for view in explaining if view.verdict is verdict), (explaining or candidates)[0])
