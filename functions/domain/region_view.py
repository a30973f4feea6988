"""What each of several regions saw, as the page shows it."""

from collections.abc import Mapping

from functions.domain.breakdown import RegionSums
from functions.domain.history import Span
from functions.domain.public_figures import Window
from functions.domain.public_monitor import RegionView
from functions.domain.uptime import uptime
from functions.domain.uptime_policy import UptimePolicy


def view_regions(spans: Mapping[Window, Span], policy: UptimePolicy) -> tuple[RegionView, ...]:
    """Return the regions of the longest window, by name."""
    today = spans[Window.DAY].regions
    return tuple(
        RegionView(
            region=name,
            average=today[name].milliseconds / today[name].timed if name in today and today[name].timed else None,
            uptime={window: _percent(span.regions.get(name), policy) for window, span in spans.items()},
        )
        for name in sorted(spans[Window.QUARTER].regions)
    )


def _percent(sums: RegionSums | None, policy: UptimePolicy) -> float | None:
    if sums is None:
        return None
    return uptime(Span(up=sums.up, degraded=sums.degraded, down=sums.down), 0, policy).percent
