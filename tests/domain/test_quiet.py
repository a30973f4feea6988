"""The short way of a quiet check leads to where the long way does."""

from dataclasses import fields, replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from functions.domain.judge import Policy, advance, consider
from functions.domain.monitor import Confirmation
from functions.domain.quiet import still_well
from functions.domain.result import Attempt, Result
from functions.domain.spike import SpikeRule
from functions.domain.state import Held, RegionView, Signal, State
from functions.domain.usual import Usual
from functions.domain.verdict import Verdict
from tests.fakes.samples import NOON, minute, result

MINUTE = timedelta(minutes=1)
PATIENCE = Policy().patience
REGIONS = ("eu-west-1", "us-east-1", "ap-south-1")


def timed(verdict: Verdict, latency_ms: float, expires: int | None) -> Result:
    """Return a result with a time, steps and a certificate that expires after so many hours."""
    expiry = None if expires is None else NOON + timedelta(hours=expires, minutes=7)
    attempt = replace(
        result(verdict).last, latency_ms=latency_ms, steps=(latency_ms / 2,), certificate_expires_at=expiry
    )
    return Result(monitor="api", attempts=(attempt,))


policies = st.builds(
    Policy,
    interval=st.sampled_from([MINUTE, 5 * MINUTE]),
    confirmation=st.builds(Confirmation, failures=st.integers(1, 3), recoveries=st.integers(1, 3)),
    regions=st.integers(1, 3),
    spike=st.sampled_from([None, SpikeRule()]),
    usual=st.sampled_from([None, Usual(median=100.0, tail=1.5)]),
)
results = st.builds(
    timed,
    st.sampled_from([Verdict.UP] * 6 + [Verdict.DEGRADED, Verdict.DOWN]),
    st.sampled_from([90.0, 110.0, 400.0]),
    st.sampled_from([None, 40, 90]),
)
deliveries = st.lists(st.tuples(st.integers(0, 60), st.sampled_from(REGIONS), results), max_size=60)


@given(policies, st.one_of(deliveries, deliveries.map(lambda all_: sorted(all_, key=lambda one: one[0]))))
@settings(max_examples=300)
def test_the_short_way_and_the_long_way_end_in_the_same_state(
    policy: Policy, series: list[tuple[int, str, Result]]
) -> None:
    """Wherever the short one is taken, the long one tells nothing and gives that very state."""
    state: State | None = None
    for n, region, seen in series:
        at = minute(n)
        step = advance(state, seen, region=region, at=at, policy=policy)
        if state is not None and step.state is not state:
            assert step == consider(state, seen, region=region, at=at, policy=policy)
        state = step.state


def well(**other: object) -> State:
    """Return the state of a monitor that has been up for a while."""
    views = {"eu-west-1": RegionView(at=NOON, verdict=Verdict.UP), "us-east-1": RegionView(at=NOON, verdict=Verdict.UP)}
    state = State(
        monitor="api", verdict=Verdict.UP, since=minute(-9), judged_at=NOON, reporting_since=minute(-9), regions=views
    )
    return replace(state, **other)  # type: ignore[arg-type]  # fields of a state


def with_view(**other: object) -> State:
    """Return that state with another view of the region that reports."""
    state = well()
    view = replace(state.regions["eu-west-1"], **other)  # type: ignore[arg-type]  # fields of a view
    return replace(state, regions={**state.regions, "eu-west-1": view})


def test_all_that_a_state_knows_is_carried_on() -> None:
    """None of its fields is forgotten on the short way, were there a new one tomorrow."""
    before = well(
        last_incident="then",
        incident="odd",
        eased_at=minute(-60),
        flaps=3,
        flapped_at=minute(-70),
        failed=((minute(-9), minute(-8)),),
        burning=True,
        parts={"db": well()},
    )
    after = still_well(before, result(Verdict.UP), region="eu-west-1", at=minute(1), patience=PATIENCE)
    assert after is not None
    changed = {field.name for field in fields(State) if getattr(after, field.name) != getattr(before, field.name)}
    assert changed == {"judged_at", "regions"}
    empty = {field.name for field in fields(State) if not getattr(before, field.name)}
    assert empty == {"held", "reason"}, "give this test a value for the new field; these two are never there here"


@pytest.mark.parametrize(
    ("state", "seen", "at"),
    [
        (well(), result(Verdict.DEGRADED), minute(1)),
        (well(), result(Verdict.DOWN), minute(1)),
        (well(verdict=Verdict.DOWN), result(Verdict.UP), minute(1)),
        (well(verdict=Verdict.NO_DATA), result(Verdict.UP), minute(1)),
        (well(held=Held(told=Verdict.DOWN, since=NOON)), result(Verdict.UP), minute(1)),
        (well(regions={}), result(Verdict.UP), minute(1)),
        (with_view(failing=Signal(against=1, since=NOON)), result(Verdict.UP), minute(1)),
        (with_view(down=Signal(on=True)), result(Verdict.UP), minute(1)),
        (with_view(slow=(NOON,)), result(Verdict.UP), minute(1)),
        (with_view(at=minute(1)), result(Verdict.UP), minute(1)),
        (well(), result(Verdict.UP), minute(3)),
        (well(judged_at=minute(9)), result(Verdict.UP), minute(1)),
    ],
)
def test_the_short_way_is_left_to_those_whom_nobody_doubts(state: State, seen: Result, at: datetime) -> None:
    """A failing check, a verdict that is none, a doubt, a region that is new or silent, a run that is not the next."""
    assert still_well(state, seen, region="eu-west-1", at=at, patience=PATIENCE) is None


def test_it_is_taken_by_an_ordinary_check() -> None:
    """Else the tests above would say nothing."""
    seen = Result(monitor="api", attempts=(Attempt(verdict=Verdict.UP, latency_ms=100.0),))
    assert still_well(well(), seen, region="eu-west-1", at=minute(1), patience=PATIENCE) is not None
