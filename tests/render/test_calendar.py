"""Months as drawings."""

from dataclasses import replace
from datetime import date

import pytest

from functions.domain.verdict import Verdict
from functions.render.calendar import month_paths
from tests.fakes.views import day_bar


@pytest.mark.parametrize(
    ("day", "verdict", "path"),
    [
        (date(2026, 11, 1), Verdict.UP, "M78 0h10v10h-10z"),
        (date(2026, 11, 2), Verdict.UP, "M0 13h10v10h-10z"),
        (date(2026, 11, 30), Verdict.NO_DATA, "M4 69h2v2h-2z"),
        (date(2026, 11, 3), Verdict.DOWN, "M18 11l7 7-7 7-7-7z"),
        (date(2026, 11, 2), Verdict.DEGRADED, "M0 13h10v4h-10zM0 19h10v4h-10z"),
        (date(2026, 11, 2), Verdict.MAINTENANCE, "M2 15h6v6h-6z"),
    ],
)
def test_a_day_stands_under_its_weekday_and_has_its_verdicts_shape(day: date, verdict: Verdict, path: str) -> None:
    """November 2026 begins on a Sunday, the last field of its first week."""
    assert month_paths([replace(day_bar(0, verdict), day=day)]) == [(verdict, path)]


def test_a_month_is_one_path_for_each_verdict() -> None:
    """However many days it has."""
    bars = [replace(day_bar(0, Verdict.DOWN if n == 9 else Verdict.UP), day=date(2026, 11, n)) for n in range(1, 31)]
    paths = dict(month_paths(bars))
    assert (paths[Verdict.UP].count("M"), paths[Verdict.DOWN].count("M")) == (29, 1)
