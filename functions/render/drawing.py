"""Paths of the page's drawings; colours and strokes are the stylesheet's."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from operator import attrgetter
from statistics import median
from typing import Final

from functions.domain.public_figures import DayBar, LatencyPoint
from functions.domain.verdict import Verdict

DAY_STEP: Final = 5
"""Units from one day's bar to the next; the stylesheet's dashes (3 on, 2 off) add up to it."""

CHART_WIDTH: Final = 960
CHART_HEIGHT: Final = 240
SPARK_STEP: Final = 4
SPARK_HEIGHT: Final = 24
_GRID_LINES: Final = 4
_HOUR: Final = timedelta(hours=1)

_LEVELS: Final = {Verdict.DEGRADED: (9, 23), Verdict.NO_DATA: (27,)}
_MIDDLE: Final = (16,)


def day_paths(days: Sequence[DayBar]) -> list[tuple[Verdict, str]]:
    """Return one path for each verdict that occurs, in a view box of `DAY_STEP * len(days)` by 32 units.

    A stretch of days is one horizontal line that the stylesheet dashes into bars, so 90 days are a few bytes. Shapes
    differ with the verdict: whole bars, broken ones (degraded), taller ones (down), short ones
    (maintenance), dots on the ground (no data).
    """
    paths: dict[Verdict, list[str]] = {}
    at = 0
    for verdict, stretch in groupby(days, key=lambda day: day.verdict):
        length = len(list(stretch))
        for level in _LEVELS.get(verdict, _MIDDLE):
            paths.setdefault(verdict, []).append(f"M{at * DAY_STEP} {level}h{length * DAY_STEP - 2}")
        at += length
    return [(verdict, "".join(parts)) for verdict, parts in paths.items()]


def spark_path(values: Sequence[float | None]) -> str:
    """Return a line through `values`, broken where there is no data; empty without any.

    It spans from half to one and a half of what is usual, or more where values do: noise looks calm, a spike does not.
    """
    known = [v for v in values if v is not None]
    if not known or not max(known):
        return ""
    usual = median(known)
    top, bottom = max(*known, 1.5 * usual), min(*known, usual / 2)
    room = SPARK_HEIGHT - 4
    points = [
        (i * SPARK_STEP + 2, None if v is None else round(SPARK_HEIGHT - 2 - (v - bottom) / (top - bottom) * room))
        for i, v in enumerate(values)
    ]
    return _line(points)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """Response times by hour or day: lines in `CHART_WIDTH` by `CHART_HEIGHT`, and what stands beside the axes.

    `levels` are the grid's milliseconds, highest first, zero last; `times` are evenly spaced from the first point to
    the end of the last.
    """

    median: str
    high: str
    highest: str
    band: str
    levels: tuple[float, ...]
    times: tuple[datetime, ...]


def chart(
    points: Sequence[LatencyPoint], *, step: timedelta = _HOUR, marks: int = _GRID_LINES, end: datetime | None = None
) -> Chart | None:
    """Return the chart of `points` (oldest first, gaps allowed); None where there is nothing to draw.

    A point stands for `step`; there are `marks` stretches on the axis of time, which lasts until `end` or the last
    point's.
    """
    top = max((value for p in points for value in (p.p50, p.p95, p.p99) if value is not None), default=0)
    if not top:
        return None
    ceiling = _round_up(top)
    start = points[0].at
    span = (end or points[-1].at + step) - start

    def x(at: datetime) -> int:
        return round((at - start) / span * CHART_WIDTH)

    def y(value: float | None) -> int | None:
        return None if value is None else round(CHART_HEIGHT - value / ceiling * CHART_HEIGHT)

    middle, high, highest = (
        [(x(p.at), y(v)) for p, v in _with_gaps(points, value, step)]
        for value in (attrgetter("p50"), attrgetter("p95"), attrgetter("p99"))
    )
    return Chart(
        median=_line(middle),
        high=_line(high),
        highest=_line(highest),
        band=_band(middle, high),
        levels=tuple(ceiling * i / _GRID_LINES for i in range(_GRID_LINES, -1, -1)),
        times=tuple(start + span * i / marks for i in range(marks + 1)),
    )


def _with_gaps(
    points: Sequence[LatencyPoint], value: Callable[[LatencyPoint], float | None], step: timedelta
) -> Iterator[tuple[LatencyPoint, float | None]]:
    """Yield each point with its value, and an empty one where points are missing altogether."""
    before: LatencyPoint | None = None
    for point in points:
        if before is not None and point.at - before.at > step:
            yield before, None
        yield point, value(point)
        before = point


def _stretches(points: Iterable[tuple[int, int | None]]) -> list[list[tuple[int, int]]]:
    """Return the unbroken runs of points."""
    found: list[list[tuple[int, int]]] = [[]]
    for x, y in points:
        if y is None:
            found.append([])
        else:
            found[-1].append((x, y))
    return [stretch for stretch in found if stretch]


def _line(points: Iterable[tuple[int, int | None]]) -> str:
    """Return the path through `points`; one that stands alone is a dot (round caps make it visible)."""
    return "".join(
        f"M{stretch[0][0]} {stretch[0][1]}"
        + ("L" + " ".join(f"{x} {y}" for x, y in stretch[1:]) if stretch[1:] else "h0")
        for stretch in _stretches(points)
    )


def _band(low: Sequence[tuple[int, int | None]], high: Sequence[tuple[int, int | None]]) -> str:
    """Return the area between two lines."""
    pairs = list(zip(_stretches(low), _stretches(high), strict=False))
    return "".join(
        "M" + "L".join(f"{x} {y}" for x, y in (*upper, *reversed(lower))) + "Z"
        for lower, upper in pairs
        if len(lower) > 1 and len(upper) > 1
    )


def _round_up(value: float) -> float:
    """Return the next of 4, 8, 12, 20, 24, 32 times a power of ten: a quarter of it is a round level."""
    power = 1.0
    while True:
        for step in (4, 8, 12, 20, 24, 32):
            if step * power >= value:
                return step * power
        power *= 10
