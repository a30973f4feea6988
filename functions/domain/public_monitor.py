"""One monitor in a snapshot; it is part of its allow-list: no URL, header, secret or body has a field here."""

from dataclasses import dataclass, field
from datetime import date, datetime

from functions.domain.public_cause import PublicCause
from functions.domain.public_figures import DayBar, LatencyPoint, LatencySummary, MonthView, SloView, Uptime, Window
from functions.domain.result import Phases
from functions.domain.verdict import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionSight:
    """What one of the regions that reported in time believes: `up`, `degraded` or `down`."""

    region: str
    verdict: Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionView:
    """What one of several regions saw by itself.

    `average` is its mean response time (ms) over 24 hours, `uptime` its percentages by window, floored; None without
    data.
    """

    region: str
    average: float | None
    uptime: dict[Window, float | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class StepView:
    """A step of a monitor that makes several requests; `milliseconds` is None where it was not reached."""

    name: str
    milliseconds: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PartView:
    """One part of a monitor's health body; `id` is what the body calls it.

    `since` is when the verdict began, or when it was last told of. `days` is as of a monitor.
    """

    id: str
    name: str
    verdict: Verdict
    since: datetime | None
    uptime: dict[Window, Uptime]
    days: tuple[DayBar, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MonitorView:
    """One monitor on the page.

    `days` has 90 entries (UTC days, the last one is today), oldest first; `sparkline` the average response times (ms)
    of the last 24 hours, oldest first, None for an hour without data; `hours` the same hours with their percentiles,
    `week` those of 7 days and `daily` the strip's days with theirs. `months` is the calendar, the running month first,
    as far back as days are kept and at most 13 of them. `phases` are the means by window, for the windows that have
    any; `by_region` is by name, and empty where one region looks alone.
    `since` is when the verdict began; of a monitor that has fallen silent the time of its last check; None where it
    never had a verdict.
    `first_data` is the day of the oldest history. `incident` is the id of its open incident.
    `regions` is who saw what, by name; empty where nothing current is known. So are `steps`, which are those of the
    newest check, and empty for the kinds that have none. `parts` are those of its
    health body.
    `held_by` is there while its failing is told to nobody because what it depends on is down: the ids of those that are
    on this page; None otherwise. `awaits_ping` says that it reports in by itself and never has.
    `certificate_days` is how many whole days its certificate is still good for, below 0 where it has expired; None
    where none is known.
    """

    id: str
    name: str
    group: str | None
    description: str | None
    interval: int
    verdict: Verdict
    since: datetime | None
    checked_at: datetime | None
    cause: PublicCause | None
    uptime: dict[Window, Uptime]
    latency: dict[Window, LatencySummary]
    days: tuple[DayBar, ...]
    sparkline: tuple[float | None, ...]
    hours: tuple[LatencyPoint, ...]
    first_data: date | None
    incident: str | None = None
    slo: SloView | None = None
    regions: tuple[RegionSight, ...] = ()
    steps: tuple[StepView, ...] = ()
    held_by: tuple[str, ...] | None = None
    awaits_ping: bool = False
    week: tuple[LatencyPoint, ...] = ()
    daily: tuple[LatencyPoint, ...] = ()
    months: tuple[MonthView, ...] = ()
    parts: tuple[PartView, ...] = ()
    phases: dict[Window, Phases] = field(default_factory=dict)
    by_region: tuple[RegionView, ...] = ()
    certificate_days: int | None = None

    @property
    def down_from(self) -> tuple[str, ...]:
        """Return the regions from which alone it is down; empty where it is up, or most regions see it fail."""
        failing = sum(sight.verdict.failing for sight in self.regions)
        if self.verdict is not Verdict.DEGRADED or 2 * failing > len(self.regions):
            return ()
        return tuple(sight.region for sight in self.regions if sight.verdict is Verdict.DOWN)
