"""A month as a small drawing: weeks are rows that begin on Monday, and each verdict has a shape of its own."""

from collections.abc import Iterable
from typing import Final

from functions.domain.public_figures import DayBar
from functions.domain.verdict import Verdict

STEP: Final = 13
WIDTH: Final = 7 * STEP - 3
HEIGHT: Final = 6 * STEP - 3

_SHAPES: Final = {
    Verdict.UP: ((0, 0, "h10v10h-10z"),),
    Verdict.DEGRADED: ((0, 0, "h10v4h-10z"), (0, 6, "h10v4h-10z")),
    Verdict.DOWN: ((5, -2, "l7 7-7 7-7-7z"),),
    Verdict.MAINTENANCE: ((2, 2, "h6v6h-6z"),),
    Verdict.NO_DATA: ((4, 4, "h2v2h-2z"),),
}
"""Square, two halves, diamond, small square, dot: where each begins in its field, and how it goes on."""


def month_paths(days: Iterable[DayBar]) -> list[tuple[Verdict, str]]:
    """Return one path for each verdict that occurs in a month, in a view box of `WIDTH` by `HEIGHT` units."""
    paths: dict[Verdict, list[str]] = {}
    for bar in days:
        weekday = bar.day.weekday()
        week = (bar.day.day - 1 + bar.day.replace(day=1).weekday()) // 7
        parts = paths.setdefault(bar.verdict, [])
        parts += [f"M{weekday * STEP + x} {week * STEP + y}{shape}" for x, y, shape in _SHAPES[bar.verdict]]
    return [(verdict, "".join(parts)) for verdict, parts in paths.items()]
