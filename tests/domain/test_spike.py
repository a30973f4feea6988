"""A check that is up but far slower than usual: what counts as slow, and how many of them as a spike."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.domain.event import EventKind
from functions.domain.judge import Policy
from functions.domain.result import Attempt, Result
from functions.domain.spike import SpikeRule, suspect
from functions.domain.usual import Usual
from functions.domain.verdict import FailureKind, Verdict
from tests.fakes.replay import Replay
from tests.fakes.samples import NOON, minute

USUAL = Usual(median=100.0, tail=1.5, by_hour={3: 400.0})
THREE = SpikeRule()


def good(milliseconds: float | None = 100.0, *, busy: bool = False, attempts: int = 1) -> Result:
    """Return a check that is up."""
    attempt = Attempt(verdict=Verdict.UP, latency_ms=milliseconds, status_code=200, busy=busy)
    return Result(monitor="api", attempts=(attempt,) * attempts)


def verdicts(line: str, rule: SpikeRule = THREE) -> str:
    """Return U or G for each letter: F fast, S slow, B slow but the probe was busy, A slow after a second attempt."""
    results = {
        "F": good(),
        "S": good(700.0),
        "B": good(700.0, busy=True),
        "A": good(700.0, attempts=2),
        "N": good(None),
    }
    slow: tuple[object, ...] = ()
    said = []
    for n, letter in enumerate(line):
        suspicion = suspect(slow, results[letter], USUAL, rule, at=minute(n))  # type: ignore[arg-type]  # what suspect gave
        slow = suspicion.slow
        said.append("G" if suspicion.result.verdict is Verdict.DEGRADED else "U")
    return "".join(said)


TWO_OF_FOUR = SpikeRule(runs=2, of=4)


@pytest.mark.parametrize(
    ("line", "rule", "expected"),
    [
        pytest.param("FFSFF", THREE, "UUUUU", id="one slow run is nothing: a cold start, a lost packet"),
        pytest.param("FSSFS", THREE, "UUUUU", id="nor are two"),
        pytest.param("FSSSS", THREE, "UUUGG", id="three are a spike"),
        pytest.param("SSSFSSS", THREE, "UUGUUUG", id="the first good run is good, and the count begins anew"),
        pytest.param("SFFSF", TWO_OF_FOUR, "UUUGU", id="two of four, with good ones in between"),
        pytest.param("SFFFS", TWO_OF_FOUR, "UUUUU", id="but not of five"),
        pytest.param("SBSBS", THREE, "UUUUG", id="what a busy probe measured is no evidence, either way"),
        pytest.param("SASAS", THREE, "UUUUG", id="nor is what took a second attempt"),
        pytest.param("SNSNS", THREE, "UUUUG", id="nor what has no time"),
        pytest.param("BBBBB", THREE, "UUUUU", id="however often"),
        pytest.param("S", SpikeRule(runs=1, of=1), "G", id="one is enough where that is asked for"),
    ],
)
def test_a_spike_takes_several_slow_runs(line: str, rule: SpikeRule, expected: str) -> None:
    """One letter a run."""
    assert verdicts(line, rule) == expected


@pytest.mark.parametrize(
    ("usual", "rule", "limit"),
    [
        pytest.param(Usual(median=300.0, tail=1.0), THREE, 600.0, id="twice the usual"),
        pytest.param(Usual(median=300.0, tail=4.0), THREE, 1200.0, id="unless more than that is ordinary for it"),
        pytest.param(Usual(median=5.0, tail=1.0), THREE, 105.0, id="and 100 ms over it at least"),
        pytest.param(Usual(median=5.0, tail=1.0), SpikeRule(floor=0.0), 10.0, id="without a floor the ratio alone"),
        pytest.param(Usual(median=300.0, tail=1.0), SpikeRule(ratio=3.0), 900.0, id="the ratio can be chosen"),
        pytest.param(Usual(median=300.0, tail=1.0, by_hour={12: 500.0}), THREE, 1000.0, id="by the hour of the day"),
        pytest.param(Usual(median=300.0, tail=1.0, by_hour={11: 500.0}), THREE, 600.0, id="not by another hour"),
    ],
)
def test_what_is_slow(usual: Usual, rule: SpikeRule, limit: float) -> None:
    """At noon."""
    assert rule.limit(usual, NOON) == pytest.approx(limit)


@pytest.mark.parametrize(
    ("milliseconds", "usual", "reason"),
    [
        (870.0, Usual(median=120.0, tail=1.0), "latency: 870 ms is 7.2 times its usual 120 ms"),
        (
            840.0,
            Usual(median=1.0, tail=1.0, by_hour={12: 120.0}),
            "latency: 840 ms is 7 times its usual 120 ms at this hour",
        ),
        (2900.4, Usual(median=120.0, tail=1.0), "latency: 2900 ms is 24 times its usual 120 ms"),
    ],
)
def test_the_reason_says_how_slow_and_what_is_usual(milliseconds: float, usual: Usual, reason: str) -> None:
    """In words for whoever is woken."""
    result = suspect((), good(milliseconds), usual, SpikeRule(runs=1, of=1), at=NOON).result
    assert result.failure is not None
    assert (result.failure.kind, result.failure.reason) == (FailureKind.LATENCY, reason)


@pytest.mark.parametrize(("usual", "rule"), [(None, THREE), (USUAL, None)], ids=["nothing is usual yet", "no rule"])
def test_without_history_or_rule_nothing_is_a_spike(usual: Usual | None, rule: SpikeRule | None) -> None:
    """And nothing is kept of it."""
    slow = (minute(-2), minute(-1))
    suspicion = suspect(slow, good(90_000.0), usual, rule, at=NOON)
    assert (suspicion.result, suspicion.slow) == (good(90_000.0), ())


@given(
    st.lists(st.floats(min_value=0.1, max_value=60_000), max_size=40),
    st.integers(min_value=1, max_value=5),
    st.integers(min_value=0, max_value=5),
)
def test_never_more_than_asked_and_never_fewer(times: list[float], runs: int, more: int) -> None:
    """Degraded means: slow itself, and so many of the newest ones are; it began with the first of these."""
    rule = SpikeRule(runs=runs, of=runs + more)
    slow: tuple[object, ...] = ()
    flags: list[bool] = []
    for n, milliseconds in enumerate(times):
        suspicion = suspect(slow, good(milliseconds), USUAL, rule, at=minute(n))  # type: ignore[arg-type]  # what suspect gave
        slow = suspicion.slow
        flags.append(milliseconds > rule.limit(USUAL, minute(n)))
        newest = range(max(0, n + 1 - rule.of), n + 1)
        among = [m for m in newest if flags[m]]
        degraded = flags[n] and len(among) >= runs
        assert (suspicion.result.verdict is Verdict.DEGRADED) == degraded
        assert suspicion.began == (minute(among[0]) if degraded else minute(n))
        assert len(slow) <= rule.of


def test_an_incident_starts_at_the_first_slow_run_and_ends_at_the_first_good_one() -> None:
    """Through the judge: three slow runs to open, two good ones to resolve, and the times are those of the trouble."""
    replay = Replay(policy=Policy(spike=THREE, usual=USUAL))
    for n, milliseconds in enumerate([100, 100, 700, 700, 700, 700, 100, 100]):
        replay.see(good(milliseconds), at=minute(n))
    opened, resolved = replay.events
    assert (opened.kind, opened.verdict, opened.at, opened.started_at) == (
        EventKind.OPENED,
        Verdict.DEGRADED,
        minute(4),
        minute(2),
    )
    assert opened.summary == "It answers too slowly."
    assert (resolved.kind, resolved.resolved_at) == (EventKind.RESOLVED, minute(6))


def test_slow_runs_with_a_gap_between_them_do_not_add_up() -> None:
    """After a gap a region begins anew."""
    replay = Replay(policy=Policy(spike=THREE, usual=USUAL))
    for n in (0, 1, 20, 21, 40, 41):
        replay.see(good(700.0), at=minute(n))
    assert replay.events == []


def test_what_is_down_is_not_explained_by_its_slowness() -> None:
    """An outage in the midst of a spike is an outage, and its checks are no evidence of slowness."""
    down = replace(good(9_000.0).last, verdict=Verdict.DOWN)
    suspicion = suspect((minute(-1),), Result(monitor="api", attempts=(down,)), USUAL, THREE, at=NOON)
    assert (suspicion.result.verdict, suspicion.slow) == (Verdict.DOWN, (minute(-1),))


def test_the_hour_of_the_day_is_that_of_the_run() -> None:
    """What is slow at noon is usual at three in the night."""
    night = NOON - timedelta(hours=9)
    assert THREE.limit(USUAL, night) == 800.0
    assert THREE.limit(USUAL, NOON) == 200.0
