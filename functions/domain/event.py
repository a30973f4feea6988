"""Something that happened and is announced."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from functions.domain.result import Failure
from functions.domain.verdict import Verdict


class EventKind(StrEnum):
    """What happened to an incident."""

    OPENED = "opened"
    UPDATED = "updated"
    RESOLVED = "resolved"


class Severity(StrEnum):
    """How loudly to tell: the word that SNS filter policies use."""

    CRITICAL = "critical"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Carries all that an announcement says, so that announcing needs no further reading.

    `id` is deterministic (incident, kind, time): the same decision taken twice is the same event. `verdict` is the
    monitor's verdict after the event. `failure` is what the deciding check saw; None once resolved.
    """

    id: str
    kind: EventKind
    incident: str
    monitor: str
    verdict: Verdict
    at: datetime
    started_at: datetime
    failure: Failure | None
    regions: tuple[str, ...] = ()

    @property
    def severity(self) -> Severity:
        """Return `info` for good news, else by verdict."""
        if self.kind is EventKind.RESOLVED:
            return Severity.INFO
        return Severity.CRITICAL if self.verdict is Verdict.DOWN else Severity.WARNING
