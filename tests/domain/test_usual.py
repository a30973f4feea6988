"""What is learnt of a monitor's response times, and what does not disturb it."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.domain.histogram import Histogram
from functions.domain.packing import FormatError, pack
from functions.domain.usual import ENOUGH, Usual, usual_of
from functions.domain.usual_codec import decode_usual, encode_usual
from tests.fakes.samples import NOON

HOUR = timedelta(hours=1)
Hours = list[tuple[datetime, Histogram]]


def two_weeks(of: list[float], *, nights: list[float] | None = None) -> Hours:
    """Return fourteen days of hours that all look alike, but for the six of the night where `nights` is given."""
    start = NOON - timedelta(days=14)
    hours = (start + HOUR * n for n in range(14 * 24))
    return [(at, Histogram.of(nights if nights and at.hour < 6 else of)) for at in hours]


def test_the_usual_time_is_a_median() -> None:
    """Within the histogram's two per cent."""
    usual = usual_of(two_weeks([90.0] * 20 + [100.0] * 20 + [110.0] * 20))
    assert usual is not None
    assert usual.median == pytest.approx(100, rel=0.03)
    assert usual.at(NOON) == pytest.approx(100, rel=0.03)


def test_each_hour_of_the_day_has_its_own() -> None:
    """A nightly batch makes the nights slow: at night that is usual, at noon it is not."""
    usual = usual_of(two_weeks([100.0] * 60, nights=[500.0] * 60))
    assert usual is not None
    assert usual.at(NOON) == pytest.approx(100, rel=0.03)
    assert usual.at(NOON + 15 * HOUR) == pytest.approx(500, rel=0.03)
    assert usual.tail == pytest.approx(1.0, abs=0.05)


def test_an_hour_of_the_day_needs_several_days() -> None:
    """With two days of history all hours are judged by all of it."""
    usual = usual_of(two_weeks([100.0] * 60, nights=[500.0] * 60)[-48:])
    assert usual is not None
    assert usual.by_hour == {}


@pytest.mark.parametrize("checks", [0, ENOUGH - 1])
def test_too_little_is_nothing(checks: int) -> None:
    """A monitor that is new cannot be slower than usual."""
    assert usual_of([(NOON, Histogram.of([100.0] * checks))]) is None
    assert usual_of([]) is None


def test_an_outage_of_hours_is_not_learnt_as_ordinary() -> None:
    """Ten hours at five times the usual: neither the median nor what is ordinary moves."""
    calm = two_weeks([95.0] * 20 + [100.0] * 20 + [105.0] * 20)
    ill = [(at, Histogram.of([500.0] * 60) if 30 <= n < 40 else histogram) for n, (at, histogram) in enumerate(calm)]
    before, after = usual_of(calm), usual_of(ill)
    assert before is not None
    assert after is not None
    assert after.median == pytest.approx(before.median, rel=0.03)
    assert after.tail <= before.tail * 1.03


def test_what_every_hour_has_is_ordinary() -> None:
    """A service of which one answer in seven takes three times as long is simply like that."""
    usual = usual_of(two_weeks([100.0] * 51 + [300.0] * 9))
    assert usual is not None
    assert usual.tail >= 2.9


@given(st.lists(st.tuples(st.integers(0, 400), st.lists(st.floats(0.1, 60_000), min_size=1, max_size=30)), max_size=30))
def test_any_history_gives_something_sane_in_any_order(drawn: list[tuple[int, list[float]]]) -> None:
    """The same whatever the order, within what was seen, and never below the usual."""
    hours = [(NOON + HOUR * n, Histogram.of(times)) for n, times in drawn]
    usual = usual_of(hours)
    assert usual == usual_of(reversed(hours))
    if usual is None:
        assert sum(len(times) for _, times in drawn) < ENOUGH
        return
    seen = [ms for _, times in drawn for ms in times]
    assert max(min(seen), 1) * 0.97 <= usual.median <= max(1.0, max(seen) * 1.03)
    assert usual.tail >= 1
    for hour in range(24):
        assert usual.at(NOON + HOUR * hour) > 0


def test_it_survives_the_table_to_a_tenth_of_a_millisecond() -> None:
    """Rounding is part of the format, and what was rounded stays as it is."""
    written = {"api": {"eu": Usual(median=101.25, tail=2.567, by_hour={0: 80.04, 23: 99.96})}, "new": {}}
    read = decode_usual(encode_usual(written))
    assert read == {"api": {"eu": Usual(median=101.2, tail=2.57, by_hour={0: 80.0, 23: 100.0})}, "new": {}}
    assert decode_usual(encode_usual(read)) == read


def test_it_is_small() -> None:
    """A hundred monitors whose hours all differ."""
    usual = Usual(median=123.4, tail=2.1, by_hour={h: 100 + 7.3 * h for h in range(24)})
    many = {
        f"monitor-{n}": {
            "eu-west-1": Usual(
                median=usual.median + n,
                tail=2 + n / 100,
                by_hour={h: ms * (1 + n / 90) for h, ms in usual.by_hour.items()},
            )
        }
        for n in range(100)
    }  # fmt: skip
    assert len(encode_usual(many)) < 10_000


@pytest.mark.parametrize(
    "data", [b"", pack([]), pack({"v": 2}), pack({"v": 1}), pack({"v": 1, "m": {"a": {"b": [1]}}})]
)
def test_other_bytes_are_refused(data: bytes) -> None:
    """With one kind of error."""
    with pytest.raises(FormatError):
        decode_usual(data)
