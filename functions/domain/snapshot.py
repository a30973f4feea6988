"""Everything public about a page at a moment; site, JSON and badges are views of it.

A snapshot holds nothing that may not be published: with what it is made of (public_monitor.py, public_incident.py,
public_figures.py, public_cause.py) it is the allow-list. No URL, header, secret, body or operator's reason has a field.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from functions.domain.page import Page
from functions.domain.public_incident import IncidentView
from functions.domain.public_monitor import MonitorView
from functions.domain.uptime_policy import UPTIME_POLICY, UptimePolicy
from functions.domain.verdict import Verdict


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
