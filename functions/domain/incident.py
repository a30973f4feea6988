"""A span with a cause, affected monitors and updates."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from functions.domain.result import Failure
from functions.domain.verdict import Verdict


class IncidentStatus(StrEnum):
    """Where the work on an incident stands (Statuspage's words)."""

    INVESTIGATING = "investigating"
    IDENTIFIED = "identified"
    MONITORING = "monitoring"
    RESOLVED = "resolved"


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """One entry of an incident's timeline, newest last; `body` is public text."""

    at: datetime
    status: IncidentStatus
    verdict: Verdict
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """`id` is made of the start and the monitor, so opening it twice is opening it once.

    `started_at` is the time of the first failing check. `verdict` is the worst that it reached. `failure` and
    `status_code` are what the check saw that made it that bad; `failure` is the operator's view and not public.
    `only_from` are the regions from which alone it was down, where that is all that it came to. `announced` counts its
    events. `updates` keeps the first and the newest ones of a very long timeline.
    """

    id: str
    monitors: tuple[str, ...]
    verdict: Verdict
    started_at: datetime
    failure: Failure
    updates: tuple[Update, ...]
    resolved_at: datetime | None = None
    reopened: int = 0
    status_code: int | None = None
    only_from: tuple[str, ...] = ()
    announced: int = 0

    @property
    def open(self) -> bool:
        """Tell whether it still goes on."""
        return self.resolved_at is None
