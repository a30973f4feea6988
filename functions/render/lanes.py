"""How each monitor fared during an incident, drawn: one lane a monitor, from the incident's start to its end."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from functions.domain.public_incident import IncidentView, Lane, Stretch
from functions.domain.verdict import Verdict

LANE_WIDTH: Final = 960
_LEAST: Final = 4
"""Units that even a moment takes, so that it can be seen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnLane:
    """A monitor's lane: paths by verdict in a view box of `LANE_WIDTH` by 12, and the stretches in words.

    A stretch's `end` is None while it goes on.
    """

    monitor: str
    paths: tuple[tuple[Verdict, str], ...]
    stretches: tuple[Stretch, ...]


def draw_lanes(incident: IncidentView, until: datetime) -> tuple[DrawnLane, ...]:
    """Return the lanes; one that goes on reaches to `until`, the moment of drawing."""
    end = incident.resolved_at or until
    span = max(1.0, (end - incident.started_at).total_seconds())

    def x(at: datetime) -> int:
        return round(min(1.0, max(0.0, (at - incident.started_at).total_seconds() / span)) * LANE_WIDTH)

    def paths(lane: Lane) -> Iterator[tuple[Verdict, str]]:
        # All of the time as a ground, on which what was wrong stands out.
        yield Verdict.UP, f"M0 6h{LANE_WIDTH}"
        for stretch in lane.stretches:
            if stretch.verdict is not Verdict.UP:
                start = min(x(stretch.start), LANE_WIDTH - _LEAST)
                yield stretch.verdict, f"M{start} 6h{max(_LEAST, x(stretch.end or end) - start)}"

    return tuple(
        DrawnLane(monitor=lane.monitor, paths=tuple(paths(lane)), stretches=lane.stretches) for lane in incident.lanes
    )
