"""What a run means for the monitors of its shard: decisions only, no store."""

from collections import ChainMap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from functions.config import Config
from functions.domain.announcement import announce, announce_burn
from functions.domain.burn import BurnRule, note_burn
from functions.domain.change import Change
from functions.domain.dependency import Parent, excused, parents_first
from functions.domain.event import Event
from functions.domain.incident import Incident
from functions.domain.judge import Hush, Policy, advance
from functions.domain.likely_cause import troubled_upstreams
from functions.domain.monitor import Monitor, Shard
from functions.domain.part_judge import judge_parts
from functions.domain.rollup import agreed
from functions.domain.run import Run
from functions.domain.state import ShardState, State
from functions.domain.usual import Usual
from functions.domain.verdict import Verdict
from functions.store import COMMIT_LIMIT, Judgement


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The states that follow and what there is to tell; `rest` says that the run has more than one commit holds.

    `burns` are the events of error budgets that burn fast.
    """

    state: ShardState
    changes: tuple[Change, ...]
    rest: bool
    burns: tuple[Event, ...] = ()


ByMonitor = Mapping[str, Mapping[str, Usual]]
"""What is usual, by monitor and region."""


def wanted(run: Run, stored: ShardState, config: Config) -> frozenset[str]:
    """Return whom in other shards `run` asks for: of monitors that fail, or wait to be told, the parents and upstreams.

    In quiet times there are none, and nothing more is read than the shard's own state.
    """
    shard = config.shards.get(run.shard)
    return frozenset(
        other
        for monitor in (shard.monitors if shard else ())
        if _may_be_told(monitor, run, stored)
        for other in (*config.monitors[monitor].depends_on, *_upstreams(monitor, config))
        if shard and other not in shard.monitors
    )


def decide(
    run: Run,
    stored: ShardState,
    config: Config,
    *,
    elsewhere: Mapping[str, State] | None = None,
    usual: ByMonitor | None = None,
    limit: int = COMMIT_LIMIT,
) -> Decision | None:
    """Return what follows from `run`; None where it says nothing that is not known.

    `elsewhere` has the states of the `wanted` monitors of other shards, `usual` how long checks usually take.

    Left alone are monitors that the run could not check, and those that the config gives to another shard or no longer
    has: their states are another's business. At most `limit` monitors change in one decision.
    """
    shard = config.shards.get(run.shard)
    if shard is None:
        return None
    states: dict[str, State] = dict(stored.states)
    scene = _Scene(run=run, before=stored, states=ChainMap(states, dict(elsewhere or {})), config=config)
    changes: list[Change] = []
    burns: list[Event] = []
    rest = False
    for monitor in _in_order(shard, config):
        result = run.results.get(monitor)
        if result is None:
            continue
        watched = config.monitors[monitor]
        policy = Policy(
            interval=timedelta(seconds=shard.interval),
            confirmation=watched.confirmation,
            regions=max(1, len(shard.regions)),
            spike=watched.spike,
            usual=(usual or {}).get(monitor, {}).get(run.region),
        )
        hush = partial(_hushed, watched, scene)
        step = advance(states.get(monitor), result, region=run.region, at=run.at, policy=policy, hush=hush)
        following, burn = step.state, None
        if watched.slo is not None and step.state is not states.get(monitor):
            rule = BurnRule(slo=watched.slo, interval=policy.interval)
            following, burn = _budget(step.state, rule, scene, hush)
        if step.state is not states.get(monitor):
            following = _with_parts(following, watched, run, policy)
        if len(changes) + len(burns) + (step.change is not None) + (burn is not None) > limit:
            rest = True
            continue
        if step.change is not None:
            changes.append(_with_causes(step.change, watched, scene))
        if burn is not None:
            burns.append(burn)
        states[monitor] = following
    if all(states[monitor] is stored.states.get(monitor) for monitor in states):
        return None
    judged = ShardState(shard=stored.shard, version=stored.version, states=states)
    return Decision(state=judged, changes=tuple(changes), rest=rest, burns=tuple(burns))


def write_down(
    state: ShardState, changes: Iterable[Change], incidents: Mapping[str, Incident], burns: Iterable[Event] = ()
) -> Judgement:
    """Return what is to be committed; `incidents` are those of the changes that are stored already, by id."""
    told = [announce(change, incidents.get(change.incident)) for change in changes]
    return Judgement(
        state=state,
        incidents=tuple(incident for incident, _ in told),
        events=(*(event for _, event in told), *burns),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scene:
    """What there is to know while a run is judged: `before` is what was stored, `states` what is known by now."""

    run: Run
    before: ShardState
    states: Mapping[str, State]
    config: Config


def _with_causes(change: Change, monitor: Monitor, scene: _Scene) -> Change:
    """Return the change with whose status page reports trouble at the same time, where it is a failing."""
    if not change.verdict.failing:
        return change
    config = scene.config
    upstreams = {other: config.monitors[other].interval for other in _upstreams(monitor.id, config)}
    found = troubled_upstreams(upstreams, scene.states, depends_on=monitor.depends_on, at=change.at)
    return replace(change, likely_causes=found)


def _upstreams(monitor: str, config: Config) -> tuple[str, ...]:
    """Return the status pages of others that stand on a page with `monitor`, unless it is one itself."""
    if not config.upstreams or monitor in config.upstreams:
        return ()
    beside = {other for page in config.pages if monitor in page.monitors for other in page.monitors}
    return tuple(other for other in config.upstreams if other in beside)


def _budget(state: State, rule: BurnRule, scene: _Scene, hush: Hush) -> tuple[State, Event | None]:
    """Return the state with what the newest checks did to the error budget, and the event where that is a fast burn."""
    run = scene.run
    verdict = agreed([view.verdict for view in state.regions.values()])
    failing = verdict in scene.config.uptime.counts_as_down and not scene.config.calendar.covers(state.monitor, run.at)
    noted, burn = note_burn(state, rule, failing=failing, at=run.at)
    # Parents elsewhere are only known where this very run saw a failure.
    if burn is None or not run.results[state.monitor].verdict.failing or hush(burn.started_at):
        return noted, None
    return replace(noted, burning=True), announce_burn(burn, noted)


def _with_parts(state: State, monitor: Monitor, run: Run, policy: Policy) -> State:
    """Return the state with what the run says of the monitor's parts; without any where they are not shown."""
    if monitor.expand is None:
        return replace(state, parts={}) if state.parts else state
    seen = run.results[monitor.id].last.parts
    parts = judge_parts(state.parts, seen, region=run.region, at=run.at, policy=policy)
    return state if parts is state.parts else replace(state, parts=parts)


def _may_be_told(monitor: str, run: Run, stored: ShardState) -> bool:
    result, state = run.results.get(monitor), stored.states.get(monitor)
    if result is None:
        return False
    if result.verdict.failing:
        return True
    # A result that is up may be judged to be a spike, but not without slow ones before it.
    return state is not None and (state.held is not None or any(view.slow for view in state.regions.values()))


def _in_order(shard: Shard, config: Config) -> Sequence[str]:
    """Return the shard's monitors, what others depend on before these: it is then judged when they are."""
    if not any(config.monitors[monitor].depends_on for monitor in shard.monitors):
        return shard.monitors
    return parents_first(shard.monitors, {m: config.monitors[m].depends_on for m in shard.monitors})


def _parents(monitor: Monitor, scene: _Scene) -> tuple[Parent, ...]:
    """Return what is known of a monitor's parents."""
    before, monitors = scene.before.states, scene.config.monitors
    return tuple(
        Parent(
            interval=monitors[parent].interval,
            state=scene.states.get(parent),
            was_down=parent in before and before[parent].verdict is Verdict.DOWN,
        )
        for parent in monitor.depends_on
        if parent in monitors
    )


def _hushed(monitor: Monitor, scene: _Scene, since: datetime) -> bool:
    """Tell whether a failing of `monitor` that began at `since` is not to be told now."""
    at = scene.run.at
    return scene.config.calendar.covers(monitor.id, at) or excused(
        _parents(monitor, scene), since=since, at=at, interval=timedelta(seconds=monitor.interval)
    )
