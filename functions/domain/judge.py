"""From a state and a check's result to the next state and, where the verdict changed, to what there is to tell.

Each region judges for itself (`observation`); the monitor follows a strict majority of the regions that reported in
time. Runs that come twice, late or out of order are harmless: a region's view only ever moves forward in time.
"""

import hashlib
from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from functions.domain.change import Change, change_of
from functions.domain.event import EventKind
from functions.domain.flapping import eased_recently, flaps_at, recoveries_needed
from functions.domain.monitor import Confirmation
from functions.domain.observation import Observation, observe
from functions.domain.quiet import still_well
from functions.domain.reason import note_reason, prevailing, reason_of
from functions.domain.result import Result
from functions.domain.spike import SpikeRule, suspect
from functions.domain.state import Held, Reason, RegionView, Signal, State
from functions.domain.usual import Usual
from functions.domain.vantage import down_from_some
from functions.domain.verdict import Verdict

_RANK = {Verdict.NO_DATA: 0, Verdict.UP: 0, Verdict.DEGRADED: 1, Verdict.DOWN: 2}
Hush = Callable[[datetime], bool]
"""Tells whether a failing that began at that moment is to be kept quiet for now."""


def _loud(_: datetime) -> bool:
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """How a monitor is judged; `regions` is how many are meant to report.

    `spike` is None where slowness is no matter. `usual` is how long its checks usually take in the region at hand;
    without it no spike is seen.
    """

    interval: timedelta = timedelta(minutes=1)
    confirmation: Confirmation = field(default_factory=Confirmation)
    regions: int = 1
    spike: SpikeRule | None = None
    usual: Usual | None = None

    @property
    def patience(self) -> timedelta:
        """Return for how long after its run a region has a say: it may miss one run and be late with the next."""
        return 2.5 * self.interval


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What follows a result; `state` is the very object that went in where the result says nothing new."""

    state: State
    change: Change | None = None


def advance(
    state: State | None, result: Result, *, region: str, at: datetime, policy: Policy, hush: Hush = _loud
) -> Step:
    """Return what follows from `result`, which `region` saw in the run of `at`; `state` is None for the first ever.

    What `hush` keeps quiet is judged all the same. It is told when it is no longer hushed and a check still fails, as
    of its beginning; if it is over by then, nothing is told. The end of what was told is never hushed.
    """
    if state is not None:
        well = still_well(state, result, region=region, at=at, patience=policy.patience)
        if well is not None and not _is_slow(result, policy, at):
            return Step(state=well)
        if _says_nothing_new(state, region, at, policy):
            return Step(state=state)
    return consider(state or _beginning(result.monitor, at), result, region=region, at=at, policy=policy, hush=hush)


def consider(state: State, result: Result, *, region: str, at: datetime, policy: Policy, hush: Hush = _loud) -> Step:
    """Return what follows from `result`, which says something new, with everything weighed: see `advance`."""
    now = max(at, state.judged_at)
    gap = now - state.judged_at > policy.patience
    reporting_since = now if gap else state.reporting_since
    views = {name: view for name, view in state.regions.items() if now - view.at <= policy.patience}
    view = views.get(region) or _joining(state, at)
    suspicion = suspect(view.slow, result, policy.usual, policy.spike, at=at)
    result = suspicion.result
    seen = observe(
        view,
        result,
        at=at,
        began=suspicion.began,
        failures=policy.confirmation.failures,
        recoveries=recoveries_needed(state, policy.confirmation, policy.interval, at=now),
    )
    views[region] = replace(seen.view, slow=suspicion.slow)
    # Just after a beginning or a gap the others had no time to report: until then they stand by what was known.
    missing = max(0, policy.regions - len(views)) if now - reporting_since < policy.patience else 0
    verdict = _majority(views.values(), held=state.verdict, missing=missing)
    partial = None
    if verdict is Verdict.UP:
        partial = down_from_some(views, interval=policy.interval, known=state.verdict.failing)
        verdict = Verdict.UP if partial is None else Verdict.DEGRADED
    if state.verdict is Verdict.NO_DATA and verdict is Verdict.UP and result.verdict.failing:
        verdict = Verdict.NO_DATA
    following = replace(state, judged_at=now, reporting_since=reporting_since, regions=views)
    if verdict is not state.verdict:
        begun = partial[0] if partial is not None and not state.verdict.failing else None
        turned = begun or _turned(seen, state.verdict, verdict)
        changed_at = min(now, max(turned or now, state.since))
        told = Held(told=state.verdict, since=changed_at) if state.held is None else state.held
        following = replace(following, verdict=verdict, since=changed_at, held=told)
    held = following.held
    if held is None or _RANK[verdict] == _RANK[held.told]:
        return _reconsider_reason(replace(following, held=None), policy, hush, now=now)
    waited = state.held is not None
    if _quiet(following, held, hush) or (waited and verdict.failing and not result.verdict.failing):
        return Step(state=following)
    following = replace(following, held=None)
    if _RANK[verdict] > _RANK[held.told]:
        changed_at = held.since
        following, kind = _worsen(following, policy, now=now, changed_at=changed_at)
    else:
        changed_at = following.since
        over = verdict is Verdict.UP
        following = replace(following, eased_at=now, incident=None if over else state.incident)
        kind = EventKind.RESOLVED if over else EventKind.UPDATED
    change = change_of(kind, held.told, following, seen.view, changed_at)
    following = replace(following, reason=_told(change, following.reason))
    return Step(state=following, change=replace(change, only_from=partial[1] if partial is not None else ()))


def _reconsider_reason(state: State, policy: Policy, hush: Hush, *, now: datetime) -> Step:
    """Return what follows where the verdict stays: news, if what the incident is about has changed."""
    if state.incident is None:
        return Step(state=state)
    view = prevailing(state.regions, state.verdict)
    seen = None if view is None or view.failure is None else reason_of(view.failure, view.status_code)
    reason, since = note_reason(
        state.reason, seen, at=now, interval=policy.interval, failures=policy.confirmation.failures
    )
    if view is None or since is None or hush(since):
        # What is hushed is asked again in the next run, as it is with a verdict.
        return Step(state=replace(state, reason=state.reason if since is not None else reason))
    following = replace(state, reason=reason)
    return Step(state=following, change=change_of(EventKind.UPDATED, state.verdict, following, view, since))


def _told(change: Change, before: Reason | None) -> Reason | None:
    """Return the reason that `change` tells; how often another was told counts until the incident is over."""
    if change.failure is None:
        return None
    retold = 0 if before is None else before.retold
    return Reason(told=reason_of(change.failure, change.status_code), retold=retold)


def retire(state: State, *, at: datetime) -> Change | None:
    """Return what there is to tell of a monitor that left the config: the end of its incident, if one is open."""
    if state.incident is None:
        return None
    now = max(at, state.judged_at)
    return Change(
        kind=EventKind.RESOLVED,
        monitor=state.monitor,
        incident=state.incident,
        previous=state.verdict,
        verdict=Verdict.NO_DATA,
        at=now,
        changed_at=now,
        removed=True,
    )


def incident_id(monitor: str, started_at: datetime) -> str:
    """Return the id of the incident of `monitor` that started then: opening it twice is opening it once."""
    digest = hashlib.sha256(monitor.encode(errors="surrogatepass")).hexdigest()
    return f"{started_at.astimezone(UTC):%Y%m%dT%H%M%SZ}-{digest[:8]}"


def _beginning(monitor: str, at: datetime) -> State:
    return State(monitor=monitor, verdict=Verdict.NO_DATA, since=at, judged_at=at, reporting_since=at)


def _is_slow(result: Result, policy: Policy, at: datetime) -> bool:
    """Tell whether the check is slow for this monitor at this hour, be it a spike or not."""
    return bool(suspect((), result, policy.usual, policy.spike, at=at).slow)


def _says_nothing_new(state: State, region: str, at: datetime, policy: Policy) -> bool:
    """Tell whether the region has reported this run or a newer one, or the run is so late that it has no say."""
    view = state.regions.get(region)
    return (view is not None and at <= view.at) or state.judged_at - at > policy.patience


def _joining(state: State, at: datetime) -> RegionView:
    """Return where a region starts that has not reported for a while: with what is known."""
    return RegionView(
        at=at,
        verdict=Verdict.UP,
        failing=Signal(on=state.verdict.failing),
        down=Signal(on=state.verdict is Verdict.DOWN),
    )


def _quiet(state: State, held: Held, hush: Hush) -> bool:
    """Tell whether the change is kept back; the end of an incident never is."""
    return state.verdict.failing and hush(held.since)


def _majority(views: Collection[RegionView], *, held: Verdict, missing: int) -> Verdict:
    """Return what a strict majority believes; those that are `missing` count for the verdict that is `held`."""
    total = len(views) + missing
    down = sum(view.down.on for view in views) + missing * (held is Verdict.DOWN)
    failing = sum(view.failing.on for view in views) + missing * held.failing
    if 2 * down > total:
        return Verdict.DOWN
    return Verdict.DEGRADED if 2 * failing > total else Verdict.UP


def _turned(seen: Observation, previous: Verdict, verdict: Verdict) -> datetime | None:
    """Return when what decided began; None where it was not this region (another fell silent)."""
    if previous.failing != verdict.failing:
        return seen.failing_turned or seen.down_turned
    return seen.down_turned or seen.failing_turned


def _worsen(state: State, policy: Policy, *, now: datetime, changed_at: datetime) -> tuple[State, EventKind]:
    """Return the state with an incident: the open one, the one that was resolved too early, or a new one."""
    relapse = eased_recently(state, policy.interval, at=now)
    if relapse:
        state = replace(state, flaps=flaps_at(state, now) + 1, flapped_at=now)
    if state.incident is not None:
        return state, EventKind.UPDATED
    if relapse and state.last_incident is not None:
        return replace(state, incident=state.last_incident), EventKind.UPDATED
    opened = incident_id(state.monitor, changed_at)
    return replace(state, incident=opened, last_incident=opened), EventKind.OPENED
