"""Percentages are cut off, never rounded up."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.domain.history import Span
from functions.domain.uptime import floored_percent, uptime


@pytest.mark.parametrize(
    ("part", "whole", "percent"),
    [
        (99_996, 100_000, 99.99),
        (99_999_999, 100_000_000, 99.99),
        (1, 1, 100.0),
        (0, 60, 0.0),
        (2, 3, 66.66),
        (9_995, 10_000, 99.95),
        (7_776_000 - 60, 7_776_000, 99.99),
    ],
)
def test_a_percentage_is_floored(part: int, whole: int, percent: float) -> None:
    """One bad minute in 90 days is not 100 %."""
    assert floored_percent(part, whole) == percent


@given(st.integers(1, 10**9), st.data())
def test_only_all_of_it_is_100_percent(whole: int, data: st.DataObject) -> None:
    """The floored percentage is at most the true one, and less than 0.01 below it."""
    part = data.draw(st.integers(0, whole))
    true = Fraction(100 * part, whole)
    found = Fraction(floored_percent(part, whole)).limit_denominator(100)
    assert found <= true < found + Fraction(1, 100)
    assert (found == 100) == (part == whole)


@pytest.mark.parametrize(
    ("span", "due", "expected"),
    [
        (Span(), 3600, (None, 0.0, 0)),
        (Span(), 0, (None, 0.0, 0)),
        (Span(up=60), 0, (100.0, 100.0, 0)),
        (Span(up=3540, down=60), 3600, (98.33, 100.0, 60)),
        (Span(up=1800, degraded=1740, down=60), 3600, (98.33, 100.0, 60)),
        (Span(degraded=1800), 3600, (100.0, 50.0, 0)),
        (Span(down=600), 86_400, (0.0, 0.69, 600)),
        (Span(up=3660), 3600, (100.0, 100.0, 0)),
        (Span(up=86_340), 86_400, (100.0, 99.93, 0)),
    ],
    ids=[
        "no data",
        "nothing due",
        "not due yet, but there",
        "down counts",
        "degraded counts as up",
        "gaps are left out and shown in the coverage",
        "down all the known time",
        "a run that is early",
        "one minute missing",
    ],
)
def test_uptime_is_of_what_is_known(span: Span, due: int, expected: tuple[float | None, float, int]) -> None:
    """Percent, coverage and seconds down."""
    found = uptime(span, due)
    assert (found.percent, found.coverage, found.down_seconds) == expected
