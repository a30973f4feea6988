"""What a new config makes of the states that are there: monitors that moved to another shard, and those that are gone.

Two steps, each of which may be repeated: first every shard adopts the states of the monitors that are now its own, then
the shards that had them let go. In between both have the state, and the one of the shard that the config names is in
use, so that stopping half way loses nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from functions.domain.change import Change
from functions.domain.judge import retire
from functions.domain.state import Homes, ShardState, State, newest_states


@dataclass(frozen=True, slots=True, kw_only=True)
class Retirement:
    """A shard's states without some that were there, and what there is to tell of these."""

    state: ShardState
    changes: tuple[Change, ...] = ()


def adopt(stored: Sequence[ShardState], homes: Homes) -> list[ShardState]:
    """Return the shards that take over states from others, with these; versions are those that were read."""
    newest = newest_states(stored, homes)
    by_shard = {shard.shard: shard for shard in stored}
    adopted: dict[str, dict[str, State]] = {}
    for monitor, state in newest.items():
        home = homes.get(monitor)
        if home is not None and (home not in by_shard or by_shard[home].states.get(monitor) != state):
            adopted.setdefault(home, {})[monitor] = state
    empty = ShardState(shard="", version=0, states={})
    return [
        replace(by_shard.get(home, empty), shard=home, states={**by_shard.get(home, empty).states, **states})
        for home, states in adopted.items()
    ]


def let_go(stored: Sequence[ShardState], homes: Homes, *, at: datetime, limit: int) -> list[Retirement]:
    """Return the shards without the states that are no longer theirs; a monitor that is gone ends its incident.

    At most `limit` incidents end in one step; what is left is found when this is asked again.
    """
    return [one for shard in stored if (one := _let_go(shard, homes, at=at, limit=limit)) is not None]


def _let_go(shard: ShardState, homes: Homes, *, at: datetime, limit: int) -> Retirement | None:
    kept: dict[str, State] = {}
    changes: list[Change] = []
    for monitor, state in shard.states.items():
        if homes.get(monitor) == shard.shard:
            kept[monitor] = state
        elif monitor not in homes and (change := retire(state, at=at)) is not None:
            if len(changes) < limit:
                changes.append(change)
            else:
                kept[monitor] = state
    if len(kept) == len(shard.states):
        return None
    return Retirement(state=replace(shard, states=kept), changes=tuple(changes))
