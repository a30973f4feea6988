"""How a snapshot falls into the parts of a page: groups of monitors, months of incidents."""

from dataclasses import dataclass
from datetime import date, timedelta

from functions.domain.snapshot import IncidentView, MonitorView, Snapshot
from functions.domain.verdict import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Monitors under one name; without a name they are those of no group. `verdict` is the worst among them."""

    name: str | None
    verdict: Verdict
    monitors: tuple[MonitorView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """The incidents that began in the month of `first`, newest first."""

    first: date
    incidents: tuple[IncidentView, ...]


_WORST_FIRST = (Verdict.DOWN, Verdict.DEGRADED, Verdict.MAINTENANCE, Verdict.NO_DATA, Verdict.UP)


def sections_of(snapshot: Snapshot) -> tuple[Section, ...]:
    """Return the groups in the page's order, then the monitors of none."""
    by_id = {monitor.id: monitor for monitor in snapshot.monitors}
    sections = [
        Section(name=group.name, verdict=group.verdict, monitors=tuple(by_id[m] for m in group.monitors))
        for group in snapshot.groups
    ]
    grouped = {monitor for group in snapshot.groups for monitor in group.monitors}
    others = tuple(monitor for monitor in snapshot.monitors if monitor.id not in grouped)
    if others:
        worst = min((monitor.verdict for monitor in others), key=_WORST_FIRST.index)
        sections.append(Section(name=None, verdict=worst, monitors=others))
    return tuple(sections)


def months_of(snapshot: Snapshot) -> tuple[Month, ...]:
    """Return the months for which there is anything to know, newest first, also those without an incident."""
    today = snapshot.generated_at.date()
    days = [monitor.first_data for monitor in snapshot.monitors if monitor.first_data]
    reach = (today - timedelta(days=90)).replace(day=1)
    oldest = max(min([today, *days]).replace(day=1), reach)
    starts = [incident.started_at.date() for incident in snapshot.incidents]
    oldest = min([oldest, *starts]).replace(day=1)
    months = []
    first = today.replace(day=1)
    while first >= oldest:
        found = tuple(
            i for i in snapshot.incidents if (i.started_at.year, i.started_at.month) == (first.year, first.month)
        )
        months.append(Month(first=first, incidents=found))
        first = (first - timedelta(days=1)).replace(day=1)
    return tuple(months)
