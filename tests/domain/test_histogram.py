"""The histogram keeps its promise on every quantile, and merging loses nothing."""

import math
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.domain.histogram import RELATIVE_ERROR, Histogram

milliseconds = st.floats(min_value=1, max_value=120_000)
samples = st.lists(milliseconds, min_size=1, max_size=200)


@given(samples, st.fractions(min_value=0, max_value=1, max_denominator=1000))
def test_a_quantile_is_within_the_relative_error_of_the_exact_one(values: list[float], q: Fraction) -> None:
    """The exact one is the smallest value that at least the share q of all do not exceed."""
    exact = next(value for rank, value in enumerate(sorted(values), start=1) if rank >= q * len(values))
    found = Histogram.of(values).quantile(float(q))
    assert found is not None
    assert abs(found - exact) <= RELATIVE_ERROR * exact * (1 + 1e-9)


def test_of_few_values_the_highest_percentile_is_the_slowest() -> None:
    """An average above the 99th percentile would be read as a mistake."""
    few = Histogram.of([15.0, 21.0, 103.0])
    assert few.quantiles(0.5, 0.95, 0.99) == (few.quantile(0.5), Histogram.of([103.0]).mean, Histogram.of([103.0]).mean)
    assert few.quantile(0.5) == Histogram.of([21.0]).mean


@given(samples)
def test_the_mean_is_within_the_relative_error(values: list[float]) -> None:
    """Every value is off by at most the error, so their mean is too."""
    exact = math.fsum(values) / len(values)
    found = Histogram.of(values).mean
    assert found is not None
    assert abs(found - exact) <= RELATIVE_ERROR * exact * (1 + 1e-9)


@given(st.lists(st.lists(milliseconds, max_size=40), max_size=8), st.randoms(use_true_random=False))
def test_merged_parts_equal_the_whole_in_any_order(parts: list[list[float]], random: Random) -> None:
    """However values are split over hours and regions, their sum is the same histogram."""
    whole = Histogram.of(value for part in parts for value in part)
    shuffled = list(parts)
    random.shuffle(shuffled)
    assert Histogram.merge(Histogram.of(part) for part in shuffled) == whole
    assert whole.count == sum(len(part) for part in parts)


@pytest.mark.parametrize("value", [0.0, 0.2, 1.0])
def test_answers_within_a_millisecond_count_as_one(value: float) -> None:
    """Below a millisecond no relative error is promised: nobody's HTTP answers are there."""
    assert Histogram.of([value]).quantile(0.5) == 1.0


def test_an_empty_histogram_knows_nothing() -> None:
    """No data gives None and not zero."""
    assert Histogram().mean is None
    assert Histogram().quantile(0.5) is None
    assert Histogram().count == 0


def test_an_hour_of_one_region_needs_few_buckets() -> None:
    """A day's latencies between 80 and 800 ms fit into 60 buckets: that is what an item's size rests on."""
    assert len(Histogram.of(80 * 10 ** (i / 1440) for i in range(1440)).buckets) <= 60


@given(st.lists(milliseconds, max_size=60))
def test_several_quantiles_are_those_that_are_asked_for_one_by_one(values: list[float]) -> None:
    """Going through the buckets once must not change the answers."""
    histogram = Histogram.of(values)
    asked = (0.0, 0.5, 0.5, 0.95, 0.99, 1.0)
    assert histogram.quantiles(*asked) == tuple(histogram.quantile(q) for q in asked)
