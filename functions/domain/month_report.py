"""A month of a page: uptime by monitor, incidents, maintenance; what is published of it and kept.

The published document of a month is its record (functions/domain/month_document.py): once a month is over and its last
hours are in, its uptime is what was published then, whatever becomes of the monitors, the policy or the history that it
was computed from. Incidents and maintenance that it lists stay listed; what is told of an incident later is taken up
while the incident is still read, which is for 90 days.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from functions.domain.incident import IncidentStatus
from functions.domain.past import midnight
from functions.domain.public_figures import Uptime
from functions.domain.public_incident import IncidentView
from functions.domain.snapshot import MaintenanceView, Snapshot
from functions.domain.uptime_policy import UPTIME_POLICY, UptimePolicy
from functions.domain.verdict import Verdict

SETTLED_AFTER = timedelta(hours=6)
"""How long after its end a month is final: the last hours are rolled up within one, and a rollup may be late."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthUptime:
    """A monitor's month, under the name that it had then."""

    monitor: str
    name: str
    group: str | None
    uptime: Uptime


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthIncident:
    """An incident in a list: as much of it as a line says. `learnt` says that it has a postmortem."""

    id: str
    title: str
    status: IncidentStatus
    verdict: Verdict
    monitors: tuple[str, ...]
    started_at: datetime
    resolved_at: datetime | None
    down_from: tuple[str, ...] = ()
    learnt: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthReport:
    """The month that begins on `first`, of one page.

    `uptimes` is in the page's order, without monitors of which nothing is known. An incident or a maintenance is in
    each month that it reaches into; both are newest first. `names` are those of the monitors that they name, by id.
    `final` says that the uptimes stand.
    """

    first: date
    uptimes: tuple[MonthUptime, ...] = ()
    incidents: tuple[MonthIncident, ...] = ()
    maintenance: tuple[MaintenanceView, ...] = ()
    names: tuple[tuple[str, str], ...] = ()
    policy: UptimePolicy = UPTIME_POLICY
    final: bool = False

    @property
    def open_incidents(self) -> frozenset[str]:
        """Return the ids of the incidents of which no end is known."""
        return frozenset(incident.id for incident in self.incidents if incident.resolved_at is None)


def month_start(day: date) -> date:
    """Return the first day of the month of `day`."""
    return date(day.year, day.month, 1)


def next_month(first: date) -> date:
    """Return the first day of the month after."""
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)


def month_before(first: date) -> date:
    """Return the first day of the month before."""
    return month_start(first - timedelta(days=1))


def months_between(first: date, last: date) -> Iterator[date]:
    """Yield the first days of the months from that of `first` to that of `last`, newest first."""
    month = month_start(last)
    while month >= month_start(first):
        yield month
        month = month_before(month)


def report_month(snapshot: Snapshot, first: date) -> MonthReport:
    """Return what `snapshot` knows of a month: one of those in its calendar, with incidents as far back as it has."""
    uptimes = [
        MonthUptime(monitor=view.id, name=view.name, group=view.group, uptime=month.uptime)
        for view in snapshot.monitors
        for month in view.months
        if month.first == first and (month.uptime.percent is not None or month.uptime.coverage)
    ]
    names = {view.id: view.name for view in snapshot.monitors}
    return replace(
        happened(first, snapshot.incidents, snapshot.planned, names=names, at=snapshot.generated_at),
        uptimes=tuple(uptimes),
        policy=snapshot.policy,
        final=is_settled(first, snapshot.generated_at),
    )


def is_settled(first: date, at: datetime) -> bool:
    """Tell whether nothing more will be known of the month's uptime at `at`."""
    return at >= midnight(next_month(first)) + SETTLED_AFTER


def happened(
    first: date,
    incidents: Iterable[IncidentView],
    maintenance: Iterable[MaintenanceView],
    *,
    names: Mapping[str, str],
    at: datetime,
) -> MonthReport:
    """Return a report of what of `incidents`, and of `maintenance` that has begun by `at`, lies in the month."""
    start, end = midnight(first), midnight(next_month(first))
    found = tuple(
        month_incident(view)
        for view in sorted(incidents, key=lambda view: (view.started_at, view.id), reverse=True)
        if view.started_at < end and (view.resolved_at is None or view.resolved_at >= start) and view.started_at <= at
    )
    windows = tuple(
        replace(view, under_way=view.start <= at < view.end)
        for view in sorted(maintenance, key=lambda view: (view.start, view.id), reverse=True)
        if view.start < end and view.end > start and view.start <= at
    )
    listed = [*(incident.monitors for incident in found), *(window.monitors for window in windows)]
    named = dict.fromkeys(monitor for monitors in listed for monitor in monitors)
    return MonthReport(
        first=first,
        incidents=found,
        maintenance=windows,
        names=tuple((monitor, names[monitor]) for monitor in named if monitor in names),
    )


def month_incident(view: IncidentView) -> MonthIncident:
    """Return the line of an incident."""
    return MonthIncident(
        id=view.id,
        title=view.title,
        status=view.status,
        verdict=view.verdict,
        monitors=view.monitors,
        started_at=view.started_at,
        resolved_at=view.resolved_at,
        down_from=view.down_from,
        learnt=view.postmortem is not None,
    )


def carried_on(new: MonthReport, before: MonthReport | None, *, at: datetime) -> MonthReport:
    """Return `new` with what only the report `before` it knows.

    A final uptime stays, with its policy. What has ended stays listed, though its plan, its monitor or the incident
    itself is not read any more; maintenance that was not over yet, and is not planned any more, was called off.
    """
    if before is None:
        return new
    known = {incident.id for incident in new.incidents}
    windows = {window.id for window in new.maintenance}
    incidents = (*new.incidents, *(i for i in before.incidents if i.id not in known))
    over = (replace(w, under_way=False) for w in before.maintenance if w.id not in windows and w.end <= at)
    stands = before.final
    return MonthReport(
        first=new.first,
        uptimes=before.uptimes if stands else new.uptimes,
        incidents=tuple(sorted(incidents, key=lambda i: (i.started_at, i.id), reverse=True)),
        maintenance=tuple(sorted((*new.maintenance, *over), key=lambda w: (w.start, w.id), reverse=True)),
        names=tuple((dict(before.names) | dict(new.names)).items()),
        policy=before.policy if stands else new.policy,
        final=stands or new.final,
    )
