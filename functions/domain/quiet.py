"""The commonest run of all: one more good check of a monitor that nobody has a doubt about.

It cannot change a verdict, so nothing has to be weighed: `consider` would come to the same state, more slowly.
"""

from datetime import datetime, timedelta

from functions.domain.observation import certificate_seen
from functions.domain.result import Result
from functions.domain.state import RegionView, Signal, State
from functions.domain.verdict import Verdict

_NO = Signal()


def still_well(state: State, result: Result, *, region: str, at: datetime, patience: timedelta) -> State | None:
    """Return the state after `result`, a check that is no spike; None where it takes more to say what follows.

    It takes more unless the monitor is up, and told to be, all regions believe so and have reported within `patience`,
    `region` among them, and its check is up and newer than what it said before.
    """
    if state.verdict is not Verdict.UP or state.held is not None or result.verdict is not Verdict.UP:
        return None
    before = state.regions.get(region)
    if before is None or at <= before.at or abs(at - state.judged_at) > patience:
        return None
    now = max(at, state.judged_at)
    if not all(_sure(view) and now - view.at <= patience for view in state.regions.values()):
        return None
    seen = RegionView(
        at=at,
        verdict=Verdict.UP,
        failing=_NO,
        down=_NO,
        steps=result.last.steps,
        certificate_expires_at=certificate_seen(before, result),
    )
    # All fields by name: `dataclasses.replace` takes twice as long, and this is what a quiet minute consists of.
    return State(
        monitor=state.monitor,
        verdict=state.verdict,
        since=state.since,
        judged_at=now,
        reporting_since=state.reporting_since,
        regions={**state.regions, region: seen},
        incident=state.incident,
        last_incident=state.last_incident,
        eased_at=state.eased_at,
        flaps=state.flaps,
        flapped_at=state.flapped_at,
        failed=state.failed,
        burning=state.burning,
        parts=state.parts,
    )


def _sure(view: RegionView) -> bool:
    """Tell whether a region believes it to be up, and its newest runs gave no reason to doubt."""
    return (view.failing is _NO or view.failing == _NO) and (view.down is _NO or view.down == _NO) and not view.slow
