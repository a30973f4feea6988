"""Judges a run: reads what is known, decides, commits; and reads again where somebody else was faster."""

from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from typing import TypeVar

from functions.config import Config
from functions.domain.change import Change
from functions.domain.event import Event
from functions.domain.incident import Incident
from functions.domain.reconciliation import adopt, let_go
from functions.domain.run import Run
from functions.domain.state import State
from functions.judge.decide import ByMonitor, decide, wanted, write_down
from functions.store import COMMIT_LIMIT, ConflictError, Judgement, JudgeStore

TRIES = 8
"""Regions of a shard write their runs at the same moment; more rivals than this for one state there are not."""

T = TypeVar("T")


def judge_run(run: Run, *, config: Config, store: JudgeStore, usual: ByMonitor | None = None) -> list[Event]:
    """Judge `run` and return the events that it gave; none where it says nothing new.

    `usual` is what is usual for the monitors of its shard; without it no spike is seen.

    A run that changes more monitors than a commit holds is judged in several; whoever comes after a commit that was
    made finds its monitors judged and goes on with the rest. Raises ConflictError where others always were faster.
    """
    events: list[Event] = []
    rest = True
    while rest:
        judgement, rest = _persist(lambda: _judge_once(run, config, store, usual or {}))
        events.extend(judgement.events if judgement else ())
    return events


def reconcile(*, at: datetime, config: Config, store: JudgeStore) -> list[Event]:
    """Bring the stored states in line with the config and return the events that this gave.

    To be done once after a deployment: monitors that moved to another shard take their states along, and incidents of
    monitors that are gone end. Costs one read where nothing has changed. Raises ConflictError as `judge_run`.
    """
    homes = {monitor: shard.id for shard in config.shards.values() for monitor in shard.monitors}
    return _persist(lambda: _reconcile_once(at, homes, store))


def _judge_once(run: Run, config: Config, store: JudgeStore, usual: ByMonitor) -> tuple[Judgement | None, bool]:
    stored = store.shard_state(run.shard)
    elsewhere = _elsewhere(wanted(run, stored, config), config, store)
    decision = decide(run, stored, config, elsewhere=elsewhere, usual=usual)
    if decision is None:
        return None, False
    judgement = write_down(decision.state, decision.changes, _incidents(decision.changes, store), decision.burns)
    store.commit(judgement)
    return judgement, decision.rest


def _elsewhere(monitors: Collection[str], config: Config, store: JudgeStore) -> dict[str, State]:
    """Return the states of `monitors`, reading each of their shards once.

    Strongly consistent, since the parent may have been judged a moment ago: 1 read unit for 4 KB, $0.25 for a million,
    and only while a monitor fails that depends on another shard's.
    """
    if not monitors:
        return {}
    shards = {shard.id for shard in config.shards.values() if not set(shard.monitors).isdisjoint(monitors)}
    states = {m: s for shard in sorted(shards) for m, s in store.shard_state(shard).states.items()}
    return {monitor: states[monitor] for monitor in monitors if monitor in states}


def _reconcile_once(at: datetime, homes: dict[str, str], store: JudgeStore) -> list[Event]:
    stored = store.shard_states()
    if adopted := adopt(stored, homes):
        for state in adopted:
            store.commit(Judgement(state=state))
        stored = store.shard_states()
    events: list[Event] = []
    while retirements := let_go(stored, homes, at=at, limit=COMMIT_LIMIT):
        for one in retirements:
            judgement = write_down(one.state, one.changes, _incidents(one.changes, store))
            store.commit(judgement)
            events.extend(judgement.events)
        stored = store.shard_states()
    return events


def _incidents(changes: Iterable[Change], store: JudgeStore) -> dict[str, Incident]:
    found = (store.incident(change.incident) for change in changes)
    return {incident.id: incident for incident in found if incident is not None}


def _persist(attempt: Callable[[], T]) -> T:
    """Return what `attempt` returns, which decides afresh each time; raises the last ConflictError."""
    for _ in range(TRIES - 1):
        try:
            return attempt()
        except ConflictError:
            continue
    return attempt()
