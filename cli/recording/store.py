"""What the judge needs of a store, for as long as a replay lasts."""

from collections.abc import Mapping, Sequence

from functions.domain.incident import Incident
from functions.domain.state import ShardState
from functions.domain.usual import Usual
from functions.store import Judgement


class ReplayStore:
    """A `JudgeStore` that only one judge uses: nobody else is ever faster."""

    def __init__(self) -> None:
        self._states: dict[str, ShardState] = {}
        self._incidents: dict[str, Incident] = {}

    def shard_state(self, shard: str) -> ShardState:
        """Return the shard's state; version 0 and no states where there is none."""
        return self._states.get(shard) or ShardState(shard=shard, version=0, states={})

    def shard_states(self) -> Sequence[ShardState]:
        """Return all shards' states."""
        return list(self._states.values())

    def incident(self, incident_id: str) -> Incident | None:
        """Return one incident."""
        return self._incidents.get(incident_id)

    def usual(self, shard: str) -> Mapping[str, Mapping[str, Usual]]:
        """Return nothing: a recording is judged without what was usual before it began."""
        del shard
        return {}

    def commit(self, judgement: Judgement) -> None:
        """Keep the state and the incidents; the events are what judging returns."""
        state = judgement.state
        self._states[state.shard] = ShardState(shard=state.shard, version=state.version + 1, states=state.states)
        self._incidents.update({incident.id: incident for incident in judgement.incidents})
