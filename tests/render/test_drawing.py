"""Bars, sparklines and charts as paths."""

from datetime import timedelta

import pytest

from functions.domain.public_figures import LatencyPoint
from functions.domain.verdict import Verdict
from functions.render.drawing import CHART_HEIGHT, CHART_WIDTH, chart, day_paths, spark_path
from tests.fakes.views import NOW, day_bar

UP, DEGRADED, DOWN, GAP = Verdict.UP, Verdict.DEGRADED, Verdict.DOWN, Verdict.NO_DATA


def point(hours: float, p50: float | None, p95: float | None) -> LatencyPoint:
    """Return the point `hours` after the start."""
    return LatencyPoint(at=NOW + timedelta(hours=hours), p50=p50, p95=p95)


@pytest.mark.parametrize(
    ("verdicts", "paths"),
    [
        ([], []),
        ([UP], [(UP, "M0 16h3")]),
        ([UP, UP, UP], [(UP, "M0 16h13")]),
        ([UP, DOWN, UP], [(UP, "M0 16h3M10 16h3"), (DOWN, "M5 16h3")]),
        ([DEGRADED], [(DEGRADED, "M0 9h3M0 23h3")]),
        ([GAP, GAP, UP], [(GAP, "M0 27h8"), (UP, "M10 16h3")]),
    ],
)
def test_days_are_one_path_for_each_verdict(verdicts: list[Verdict], paths: list[tuple[Verdict, str]]) -> None:
    """A stretch is one line that ends with its last bar; gaps lie on the ground instead of standing."""
    assert day_paths([day_bar(0, verdict) for verdict in verdicts]) == paths


@pytest.mark.parametrize(
    ("values", "path"),
    [
        ([], ""),
        ([None, None], ""),
        ([0, 0], ""),
        ([100.0, 100.0], "M2 12L6 12"),
        ([100.0, None, 100.0], "M2 12h0M10 12h0"),
        ([100.0, 100.0, 400.0], "M2 19L6 19 10 2"),
    ],
)
def test_sparklines_break_where_data_is_missing(values: list[float | None], path: str) -> None:
    """What is usual runs through the middle, a spike does not, and a gap is not bridged."""
    assert spark_path(values) == path


def test_nothing_timed_is_no_chart() -> None:
    """There is no empty grid to wonder about."""
    assert chart([]) is None
    assert chart([point(0, None, None)]) is None


def test_a_chart_starts_from_zero_and_has_round_levels() -> None:
    """The highest value is below the top level; the lowest level is zero."""
    drawn = chart([point(0, 100.0, 210.0), point(1, 105.0, 190.0)])
    assert drawn is not None
    assert list(drawn.levels) == [240, 180, 120, 60, 0]
    assert drawn.median == f"M0 {CHART_HEIGHT - 100}L{CHART_WIDTH // 2} {CHART_HEIGHT - 105}"
    assert [t - NOW for t in drawn.times] == [timedelta(minutes=30 * i) for i in range(5)]


@pytest.mark.parametrize(
    "points",
    [
        [point(0, 100, 200), point(1, 100, 200), point(2, None, None), point(3, 100, 200), point(4, 100, 200)],
        [point(0, 100, 200), point(1, 100, 200), point(3, 100, 200), point(4, 100, 200)],
    ],
    ids=["an hour without data", "an hour that is not there"],
)
def test_a_gap_breaks_the_lines_and_the_area(points: list[LatencyPoint]) -> None:
    """Nothing is drawn over hours of which nothing is known."""
    drawn = chart(points)
    assert drawn is not None
    assert [path.count("M") for path in (drawn.median, drawn.high, drawn.band)] == [2, 2, 2]
