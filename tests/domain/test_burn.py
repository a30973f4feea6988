"""Fast burn: when it is told, how often, and what counts. One letter a minute: D fails, U does not, - no run."""

from dataclasses import replace
from datetime import datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.domain.burn import Burn, BurnRule, note_burn
from functions.domain.slo import Slo
from functions.domain.state import State
from functions.domain.state_codec import decode_states, encode_states
from functions.domain.verdict import Verdict
from tests.fakes.samples import NOON, minute

MINUTE = timedelta(minutes=1)
RULE = BurnRule(slo=Slo(target=99.9), interval=MINUTE)
START = State(monitor="api", verdict=Verdict.UP, since=NOON, judged_at=NOON, reporting_since=NOON)


def play(line: str, rule: BurnRule = RULE) -> tuple[State, list[tuple[int, Burn]]]:
    """Return the state after a line and what was told, by position."""
    state, told = START, []
    for n, letter in enumerate(line):
        if letter == "-":
            continue
        at = NOON + n * rule.interval
        state, burn = note_burn(replace(state, judged_at=at), rule, failing=letter == "D", at=at)
        if burn is not None:
            told.append((n, burn))
            state = replace(state, burning=True)
    return state, told


NINES = {2: BurnRule(slo=Slo(target=99.0), interval=MINUTE), 4: BurnRule(slo=Slo(target=99.99), interval=MINUTE)}


@pytest.mark.parametrize(
    ("line", "rule", "expected"),
    [
        pytest.param("U" * 90, RULE, [], id="nothing fails"),
        pytest.param("UUDUU", RULE, [], id="a single failing check is no rate"),
        pytest.param("UUDD", RULE, [3], id="two are more than 2 % of 43 minutes"),
        pytest.param("D" * 120, RULE, [1], id="an episode is told once"),
        pytest.param("UDUD", RULE, [3], id="also where it flaps"),
        pytest.param("D" + "U" * 20 + "D", RULE, [21], id="and where the failures lie apart in the hour"),
        pytest.param("D" + "U" * 60 + "D", RULE, [], id="but not further apart than that"),
        pytest.param("DD" + "U" * 58 + "DD", RULE, [1], id="an hour that never calmed down is one episode"),
        pytest.param("DD" + "U" * 60 + "DD", RULE, [1, 63], id="after it, another is told"),
        pytest.param("DD" + "-" * 200 + "DD", RULE, [1, 203], id="a gap is time that has passed"),
        pytest.param("D" * 8 + "U" * 9, NINES[2], [], id="8 minutes of an hour are not 14.4 times 1 %"),
        pytest.param("D" * 9, NINES[2], [8], id="9 are"),
        pytest.param("D" * 8 + "U" * 20 + "D", NINES[2], [28], id="in whatever order"),
        pytest.param("UD", NINES[4], [], id="one is none, however small the budget"),
    ],
)
def test_a_fast_burn_is_told_once_an_episode(line: str, rule: BurnRule, expected: list[int]) -> None:
    """At the minute at which two windows agree."""
    _, told = play(line, rule)
    assert [n for n, _ in told] == expected


@pytest.mark.parametrize(
    ("days", "interval", "limit", "long", "short"),
    [
        (30, 1, Fraction(144, 10), 60, 5),
        (7, 1, Fraction(336, 100), 60, 5),
        (30, 5, Fraction(144, 10), 60, 5),
        (30, 60, Fraction(24, 10), 360, 60),
    ],
)
def test_the_limit_is_two_per_cent_of_the_budget(
    days: int, interval: int, limit: Fraction, long: int, short: int
) -> None:
    """14.4 over an hour for 30 days, as in the workbook."""
    rule = BurnRule(slo=Slo(target=99.9, days=days), interval=interval * MINUTE)
    assert (rule.limit, rule.long, rule.short) == (limit, long * MINUTE, short * MINUTE)


def test_what_is_over_is_not_told_late() -> None:
    """The short window has to agree, and the run itself to fail."""
    rule = replace(RULE, slo=Slo(target=99.9, days=90))
    _, told = play("DD" + "U" * 30, rule)
    assert told == []


def test_what_is_told_is_how_much_of_the_hour_failed() -> None:
    """Since the first failing minute that still counts."""
    _, ((_, burn),) = play("UUDD")
    assert (burn.started_at, burn.at, burn.failed, burn.window) == (minute(2), minute(3), 2 * MINUTE, 60 * MINUTE)
    assert burn.rate == Fraction(2, 60) * 1000


def test_a_minute_that_the_majority_takes_back_does_not_count() -> None:
    """The first region saw it fail, the others did not."""
    state, _ = note_burn(START, RULE, failing=True, at=NOON)
    assert state.failed == ((NOON, minute(1)),)
    state, _ = note_burn(state, RULE, failing=False, at=NOON)
    assert state.failed == ()


@given(st.text(alphabet="UD-", max_size=200))
def test_the_state_holds_the_failing_minutes_of_the_last_hour_and_survives_the_table(line: str) -> None:
    """Whatever happens; and it never grows."""
    state, _ = play(line)
    noted = [n for n, letter in enumerate(line) if letter != "-"]
    last = noted[-1] if noted else 0
    expected = {n for n in noted if line[n] == "D" and n > last - 60}
    held: set[datetime] = set()
    for start, end in state.failed:
        held |= {start + n * MINUTE for n in range((end - start) // MINUTE)}
    assert {minute(n) for n in expected} <= held
    assert held <= {minute(n) for n in noted if line[n] == "D" and n > last - 120}
    assert len(state.failed) <= 61
    assert decode_states(encode_states({"api": state})) == {"api": state}
