"""What a run means for the monitors of its shard: decisions only, no store."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from functions.config import Config
from functions.domain.announcement import announce
from functions.domain.change import Change
from functions.domain.incident import Incident
from functions.domain.judge import Policy, advance
from functions.domain.run import Run
from functions.domain.state import ShardState, State
from functions.store import COMMIT_LIMIT, Judgement


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The states that follow and what there is to tell; `rest` says that the run has more than one commit holds."""

    state: ShardState
    changes: tuple[Change, ...]
    rest: bool


def decide(run: Run, stored: ShardState, config: Config, *, limit: int = COMMIT_LIMIT) -> Decision | None:
    """Return what follows from `run`; None where it says nothing that is not known.

    Left alone are monitors that the run could not check, and those that the config gives to another shard or no longer
    has: their states are another's business. At most `limit` monitors change in one decision.
    """
    shard = config.shards.get(run.shard)
    if shard is None:
        return None
    states: dict[str, State] = dict(stored.states)
    changes: list[Change] = []
    rest = False
    for monitor in shard.monitors:
        result = run.results.get(monitor)
        if result is None:
            continue
        policy = Policy(
            interval=timedelta(seconds=shard.interval),
            confirmation=config.monitors[monitor].confirmation,
            regions=max(1, len(shard.regions)),
        )
        step = advance(states.get(monitor), result, region=run.region, at=run.at, policy=policy)
        if step.change is not None:
            if len(changes) == limit:
                rest = True
                continue
            changes.append(step.change)
        states[monitor] = step.state
    if all(states[monitor] is stored.states.get(monitor) for monitor in states):
        return None
    return Decision(state=replace(stored, states=states), changes=tuple(changes), rest=rest)


def write_down(state: ShardState, changes: Iterable[Change], incidents: Mapping[str, Incident]) -> Judgement:
    """Return what is to be committed; `incidents` are those of the changes that are stored already, by id."""
    told = [announce(change, incidents.get(change.incident)) for change in changes]
    return Judgement(
        state=state, incidents=tuple(incident for incident, _ in told), events=tuple(event for _, event in told)
    )
