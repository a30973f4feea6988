"""The response times of a monitor's page: one chart for each window, with the rows of the table beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from functions.domain.past import midnight
from functions.domain.public_figures import LatencyPoint, Window
from functions.domain.public_monitor import MonitorView
from functions.render.drawing import Chart, chart

_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class LatencyChart:
    """One window; `by_day` where its points are days, not hours. `chart` is None where nothing was timed.

    `marks` says how the axis is labelled: `hour` with times of the day, `day` with dates.
    """

    window: Window
    chart: Chart | None
    points: tuple[LatencyPoint, ...]
    by_day: bool
    marks: str


def latency_charts(monitor: MonitorView) -> tuple[LatencyChart, ...]:
    """Return the charts of a monitor, the shortest window first."""
    week = monitor.week
    charts = {
        Window.DAY: (monitor.hours, chart(monitor.hours), False, "hour"),
        Window.WEEK: (week, _week(week), False, "day"),
        Window.MONTH: (monitor.daily[-30:], chart(monitor.daily[-30:], step=_DAY, marks=5), True, "day"),
        Window.QUARTER: (monitor.daily, chart(monitor.daily, step=_DAY, marks=6), True, "day"),
    }
    return tuple(
        LatencyChart(window=window, chart=drawn, points=tuple(points), by_day=by_day, marks=marks)
        for window, (points, drawn, by_day, marks) in charts.items()
    )


def _week(points: Sequence[LatencyPoint]) -> Chart | None:
    """Draw whole days, so that each mark is a midnight; what is left of today stays empty."""
    return chart(points, marks=7, end=midnight(points[-1].at.date()) + _DAY) if points else None
