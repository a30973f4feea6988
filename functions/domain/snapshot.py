"""Everything public about a page at a moment; site, JSON and badges are views of it.

A snapshot holds nothing that may not be published: it is the allow-list. No URL, header, secret, body or
operator's reason has a field here.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from functions.domain.finding import Layer
from functions.domain.incident import Acknowledgement, IncidentStatus, Origin, Postmortem
from functions.domain.likely_cause import LikelyCause
from functions.domain.page import Page
from functions.domain.part import Part
from functions.domain.result import Phases
from functions.domain.uptime_policy import UPTIME_POLICY, UptimePolicy
from functions.domain.verdict import FailureKind, Verdict


class Window(StrEnum):
    """The spans over which uptime is published."""

    DAY = "24h"
    WEEK = "7d"
    MONTH = "30d"
    QUARTER = "90d"


@dataclass(frozen=True, slots=True, kw_only=True)
class Uptime:
    """How much of a span a monitor was up, and how much of the span is known.

    `percent` is floored to two decimals, None without data. `coverage` is the floored share (percent) of the window for
    which there is data. `down_seconds` is the length of the outages.
    """

    percent: float | None
    coverage: float
    down_seconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LatencySummary:
    """Milliseconds over a window; None without data."""

    average: float | None
    p50: float | None
    p95: float | None
    p99: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SloView:
    """A monitor's service level objective: `target` in percent over `days`, today included.

    `budget_seconds` may fail in these days, `left_seconds` are left of them (below 0: overspent), `used_percent` is
    used up. `burn_rate` is that of the last 24 hours: at 1 the budget would last the window; None without data.
    """

    target: float
    days: int
    budget_seconds: int
    left_seconds: int
    used_percent: float
    burn_rate: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DayBar:
    """One day of the 90 day strip. `verdict` is the worst of the day, `no_data` where there is none."""

    day: date
    verdict: Verdict
    uptime: Uptime


@dataclass(frozen=True, slots=True, kw_only=True)
class LatencyPoint:
    """One point of a chart: the start of its hour, or of its UTC day, and milliseconds; None without data."""

    at: datetime
    p50: float | None
    p95: float | None
    p99: float | None = None


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
class MonthView:
    """One month of the calendar: `first` is its first day, `days` are those for which there could be data."""

    first: date
    uptime: Uptime
    days: tuple[DayBar, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicCause:
    """Why, in what the public may know: the kind, and the status code where that is the kind.

    `subject` is whose own status page reports it. `layer` is who likely answered: whether the application itself did.
    `step` is the name of the step that failed, where there are several.
    `parts` are those that are not well, by their public names.
    """

    kind: FailureKind
    status_code: int | None = None
    phase: str | None = None
    subject: str | None = None
    layer: Layer | None = None
    step: str | None = None
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionSight:
    """What one of the regions that reported in time believes: `up`, `degraded` or `down`."""

    region: str
    verdict: Verdict


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Affected:
    """What an entry of a timeline changes: a monitor of this page, its verdict before and after."""

    monitor: str
    before: Verdict
    after: Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateView:
    """One entry of an incident's timeline; `body` is plain text of the judge's, or Markdown of a person's.

    `id` is unique among all incidents and stays. `verdict` is the worst of all affected monitors afterwards. `by` is
    who says it, where they want to be named.
    """

    id: str
    at: datetime
    status: IncidentStatus
    verdict: Verdict
    body: str
    origin: Origin = Origin.JUDGE
    by: str | None = None
    affected: tuple[Affected, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """For how long a monitor had one verdict; `end` is None while it goes on."""

    start: datetime
    end: datetime | None
    verdict: Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """How one monitor fared during an incident, oldest stretch first, without gaps."""

    monitor: str
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentView:
    """One incident as the public sees it; `monitors` only names those on this page. `updates` is newest last.

    `likely_causes` is what else on this page was wrong at the same time and may lie behind it. `down_from` are the
    regions from which alone it was down, where that is all that it came to.

    `origin` says who opened it: checks (`judge`) or a person, and then there is no `cause`. `updated_at` is when
    anything was said last, `monitoring_at` when the work last began to be watched for success. `verdict` is the worst
    that it reached. `acknowledged` is who is on it; `postmortem` is Markdown.
    """

    id: str
    title: str
    status: IncidentStatus
    verdict: Verdict
    monitors: tuple[str, ...]
    started_at: datetime
    resolved_at: datetime | None
    cause: PublicCause | None
    updates: tuple[UpdateView, ...]
    likely_causes: tuple[LikelyCause, ...] = ()
    down_from: tuple[str, ...] = ()
    origin: Origin = Origin.JUDGE
    monitoring_at: datetime | None = None
    acknowledged: Acknowledgement | None = None
    postmortem: Postmortem | None = None
    lanes: tuple[Lane, ...] = ()

    @property
    def updated_at(self) -> datetime:
        """Return when anything was said last."""
        said = [self.started_at, *(update.at for update in self.updates[-1:])]
        return max([*said, *(entry.at for entry in (self.acknowledged, self.postmortem) if entry is not None)])


@dataclass(frozen=True, slots=True, kw_only=True)
class MaintenanceView:
    """One planned window, [`start`, `end`), that may be `under_way`; `monitors` only names those on this page."""

    id: str
    title: str
    description: str | None
    monitors: tuple[str, ...]
    start: datetime
    end: datetime
    under_way: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupView:
    """A named group, the worst verdict in it, and the ids of its monitors on this page; `id` is fit for addresses."""

    id: str
    name: str
    verdict: Verdict
    monitors: tuple[str, ...]


class Overall(StrEnum):
    """One word for the whole page (PulseAPI's words, and `unknown` for no data)."""

    OPERATIONAL = "operational"
    DEGRADED = "degraded"
    PARTIAL_OUTAGE = "partial_outage"
    MAJOR_OUTAGE = "major_outage"
    MAINTENANCE = "maintenance"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """A page at `generated_at`, to be believed until `stale_after`.

    `monitors` is in the page's order; `groups` in the page's order, without those that have no monitor here.
    `incidents` is newest first, open ones included, and reaches back 90 days. `maintenance` is what is under way and
    what begins within a week, by start; `planned` all windows from 90 days before to 180 days ahead, by start, of very
    many those that are nearest.
    """

    page: Page
    url: str
    generated_at: datetime
    stale_after: datetime
    overall: Overall
    monitors: tuple[MonitorView, ...]
    incidents: tuple[IncidentView, ...]
    groups: tuple[GroupView, ...] = ()
    policy: UptimePolicy = UPTIME_POLICY
    maintenance: tuple[MaintenanceView, ...] = ()
    planned: tuple[MaintenanceView, ...] = ()

    @property
    def open_incidents(self) -> tuple[IncidentView, ...]:
        """Return those that go on."""
        return tuple(i for i in self.incidents if i.resolved_at is None)
