"""The parts of a monitor, judged as the monitor itself is: by the same judge, with the same confirmation.

A part has a state of its own beside the monitor's, but no incident: what has to be told of it is told of its monitor.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from functions.domain.judge import Policy, advance
from functions.domain.part import PART_LIMIT, Part
from functions.domain.result import Attempt, Result
from functions.domain.state import State
from functions.domain.verdict import Verdict

FORGET = timedelta(hours=24)
"""How long a part is kept that the body no longer has, while the body has others."""


def judge_parts(
    known: Mapping[str, State], parts: tuple[Part, ...], *, region: str, at: datetime, policy: Policy
) -> Mapping[str, State]:
    """Return the states of a monitor's parts, by name, after a run in which `region` saw `parts`.

    They keep their order, and new ones come last. A body without parts says nothing of them, nor does one with a part
    whose word is not known: their states age, which the page shows as no data.
    """
    if not parts:
        return known
    policy = replace(policy, spike=None, usual=None)
    states = dict(known)
    for part in parts:
        states[part.name] = _judged(states.get(part.name), part, region=region, at=at, policy=policy)
    present = {part.name for part in parts}
    gone = [s for name, s in states.items() if name not in present and at - s.judged_at <= FORGET]
    # A body that invents names would otherwise fill the table: the newest are kept.
    gone = sorted(gone, key=lambda state: state.judged_at, reverse=True)[: max(0, PART_LIMIT - len(present))]
    kept = present | {state.monitor for state in gone}
    return {name: state for name, state in states.items() if name in kept}


def _judged(known: State | None, part: Part, *, region: str, at: datetime, policy: Policy) -> State:
    if part.verdict is Verdict.NO_DATA:
        return known or State(monitor=part.name, verdict=Verdict.NO_DATA, since=at, judged_at=at, reporting_since=at)
    result = Result(monitor=part.name, attempts=(Attempt(verdict=part.verdict, latency_ms=None),))
    return advance(known, result, region=region, at=at, policy=policy, hush=_always).state


def _always(_: datetime) -> bool:
    """Keep everything quiet: nothing is told of a part by itself."""
    return True
