"""What holds of judging whatever happens: any verdicts, any order, any repetition."""

import itertools
import random
import time
from collections.abc import Sequence
from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from functions.domain.event import EventKind
from functions.domain.judge import Policy
from functions.domain.monitor import Confirmation
from functions.domain.result import Result
from functions.domain.verdict import Verdict
from tests.fakes.replay import Replay
from tests.fakes.samples import NOON, minute, result

Delivery = tuple[datetime, str, Result]

VERDICTS = (Verdict.UP, Verdict.DEGRADED, Verdict.DOWN)
REGIONS = ("eu-west-1", "us-east-1", "ap-south-1")

verdicts = st.sampled_from(VERDICTS)
policies = st.builds(
    Policy,
    interval=st.sampled_from([timedelta(seconds=30), timedelta(minutes=1), timedelta(minutes=5)]),
    confirmation=st.builds(Confirmation, failures=st.integers(1, 4), recoveries=st.integers(1, 4)),
    regions=st.integers(1, 3),
)
deliveries = st.lists(
    st.tuples(st.integers(0, 90).map(minute), st.sampled_from(REGIONS), verdicts.map(result)), max_size=80
)


def judged(policy: Policy, series: Sequence[Delivery]) -> Replay:
    """Judge a series of deliveries."""
    return Replay(policy=policy).see_all(series)


def in_order(series: Sequence[Delivery]) -> list[Delivery]:
    """Return the series as it should have come: oldest first, one delivery for each run."""
    unique = {(at, region): (at, region, seen) for at, region, seen in series}
    return [unique[key] for key in sorted(unique)]


@given(policies, deliveries, st.randoms(use_true_random=False))
def test_duplicates_change_nothing(policy: Policy, series: list[Delivery], chance: random.Random) -> None:
    """Any run that was delivered may come again at any later time: state and events are the same."""
    repeated: list[Delivery] = []
    for n, delivery in enumerate(series):
        repeated.append(delivery)
        repeated.extend(chance.choice(series[: n + 1]) for _ in range(chance.randrange(3)))
    # A repetition of a run is the same run: the same region and minute cannot say two things.
    told = {(at, region): seen for at, region, seen in reversed(series)}
    once = [(at, region, told[at, region]) for at, region, _ in series]
    twice = [(at, region, told[at, region]) for at, region, _ in repeated]
    assert judged(policy, twice).state == judged(policy, once).state
    assert judged(policy, twice).events == judged(policy, once).events


@given(policies, deliveries)
def test_a_monitor_has_at_most_one_open_incident_and_the_state_knows_it(policy: Policy, series: list[Delivery]) -> None:
    """After every single delivery; and the verdict is failing exactly while there is one."""
    replay = Replay(policy=policy)
    for at, region, seen in series:
        replay.see(seen, at=at, region=region)
        assert replay.state is not None
        still_open = [i.id for i in replay.incidents.values() if i.open]
        assert still_open == ([replay.state.incident] if replay.state.incident else [])
        assert replay.state.verdict.failing == bool(still_open)


@given(policies, deliveries)
def test_an_incident_is_opened_once_first_and_its_last_word_matches_its_end(
    policy: Policy, series: list[Delivery]
) -> None:
    """Opened, then updates and ends in turn, never two ends on end; and every event has its own id."""
    replay = judged(policy, series)
    assert len({e.id for e in replay.events}) == len(replay.events)
    for incident in replay.incidents.values():
        kinds = [e.kind for e in replay.events if e.incident == incident.id]
        assert kinds[0] is EventKind.OPENED
        assert EventKind.OPENED not in kinds[1:]
        pairs = list(itertools.pairwise(kinds))
        assert (EventKind.RESOLVED, EventKind.RESOLVED) not in pairs
        assert (kinds[-1] is EventKind.RESOLVED) == (not incident.open)
        assert incident.announced == len(kinds) == len(incident.updates)


@given(policies, deliveries)
def test_times_are_in_order(policy: Policy, series: list[Delivery]) -> None:
    """An incident starts before it ends, starts with a run that really failed, and is told in the order of time."""
    replay = judged(policy, series)
    failing = {at for at, _, seen in series if seen.verdict.failing}
    for incident in replay.incidents.values():
        assert incident.resolved_at is None or incident.started_at <= incident.resolved_at
        assert [u.at for u in incident.updates] == sorted(u.at for u in incident.updates)
        if policy.regions == 1 and len({region for _, region, _ in series}) == 1:
            assert incident.started_at in failing
    for event in replay.events:
        assert event.started_at <= event.at
        assert event.resolved_at is None or event.started_at <= event.resolved_at <= event.at
    assert [e.at for e in replay.events] == sorted(e.at for e in replay.events)


@given(policies, deliveries)
def test_every_event_says_something_new(policy: Policy, series: list[Delivery]) -> None:
    """The verdict differs from the one before, and each event takes up where the last one ended."""
    replay = judged(policy, series)
    assert all(e.previous is not e.verdict for e in replay.events)
    for earlier, later in itertools.pairwise(replay.events):
        assert later.previous is earlier.verdict


@given(policies, deliveries, st.randoms(use_true_random=False))
def test_late_deliveries_open_no_phantom_incident(
    policy: Policy, series: list[Delivery], chance: random.Random
) -> None:
    """Whatever comes late: nothing is opened on the word of a region that has meanwhile said something newer."""
    shuffled = in_order(series)
    chance.shuffle(shuffled)
    replay = Replay(policy=policy)
    newest: dict[str, tuple[datetime, Verdict]] = {}
    for at, region, seen in shuffled:
        events = replay.see(seen, at=at, region=region)
        late = region in newest and newest[region][0] > at
        if late:
            assert events == []
        else:
            newest[region] = (at, seen.verdict)
        if any(e.kind is EventKind.OPENED for e in events):
            assert any(verdict.failing for _, verdict in newest.values())


@given(policies, deliveries, st.randoms(use_true_random=False))
def test_a_series_that_is_all_up_opens_nothing_in_any_order(
    policy: Policy, series: list[Delivery], chance: random.Random
) -> None:
    """There is no order of deliveries that makes an outage of nothing."""
    good = [(at, region, result(Verdict.UP)) for at, region, _ in series]
    chance.shuffle(good)
    assert judged(policy, good).events == []


@given(st.lists(verdicts, min_size=60, max_size=60))
@settings(max_examples=300)
def test_an_hour_of_any_flapping_is_told_in_at_most_fifteen_events(hour: list[Verdict]) -> None:
    """With the defaults: one run a minute, one failing run to open, two good ones to resolve."""
    series = [(minute(n), REGIONS[0], result(verdict)) for n, verdict in enumerate(hour)]
    assert len(judged(Policy(), series).events) <= WORST_HOUR


WORST_HOUR = 15


def test_the_worst_hour_that_an_adversary_can_make_is_bounded() -> None:
    """One who always does what gives the next event soonest stays within that bound, and is slower later."""
    replay = Replay()
    told_by_hour = [0, 0, 0]
    for n in range(180):
        at = minute(n)
        best = max(VERDICTS, key=lambda v: _soonest(replay, at, v))
        told_by_hour[n // 60] += len(replay.see(result(best), at=at))
    assert told_by_hour[0] <= WORST_HOUR
    assert told_by_hour[1] <= 8
    assert told_by_hour[2] <= 8


def _soonest(replay: Replay, at: datetime, verdict: Verdict) -> int:
    """Return how good `verdict` is for an adversary: an event now is best, else one after as few runs as can be."""
    trial = Replay(policy=replay.policy, state=replay.state, incidents=dict(replay.incidents))
    for n in range(70):
        if trial.see(result(verdict), at=at + timedelta(minutes=n)):
            return -n
    return -70


@given(policies, deliveries)
def test_after_long_good_weather_everything_is_resolved(policy: Policy, series: list[Delivery]) -> None:
    """However it flapped: enough good runs of every region, and no incident is left open."""
    replay = judged(policy, series)
    start = minute(91)
    for n in range(80):
        for region in REGIONS:
            replay.see(result(Verdict.UP), at=start + n * policy.interval, region=region)
    assert replay.state is not None
    assert replay.state.verdict is Verdict.UP
    assert all(not i.open for i in replay.incidents.values())


def test_a_day_of_runs_is_judged_well_within_a_second() -> None:
    """A year of one monitor must replay in under a minute: 1,440 runs take less than 150 ms."""
    chance = random.Random(11)  # noqa: S311 - a repeatable series, nothing secret
    outcomes = {verdict: result(verdict) for verdict in VERDICTS}
    day = [chance.choices(VERDICTS, weights=(96, 2, 2))[0] for _ in range(1_440)]
    replay = Replay()
    began = time.process_time()
    for n, verdict in enumerate(day):
        replay.see(outcomes[verdict], at=NOON + timedelta(minutes=n))
    assert time.process_time() - began < 0.15
