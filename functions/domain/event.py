"""Something that happened and is announced."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from functions.domain.incident import IncidentStatus, Origin
from functions.domain.likely_cause import LikelyCause
from functions.domain.result import Failure
from functions.domain.verdict import Verdict


class EventKind(StrEnum):
    """What happened to an incident; or, apart from any, to an error budget.

    `acknowledged`, `retitled` and `postmortem` are only ever done by people.
    """

    OPENED = "opened"
    UPDATED = "updated"
    RESOLVED = "resolved"
    ACKNOWLEDGED = "acknowledged"
    RETITLED = "retitled"
    POSTMORTEM = "postmortem"
    BUDGET_BURNING = "budget_burning"


class Severity(StrEnum):
    """How loudly to tell: the word that SNS filter policies use."""

    CRITICAL = "critical"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Carries all that an announcement says, so that announcing needs no further reading.

    `id` is deterministic (incident, how many came before, kind): the same decision taken twice is the same event.
    `verdict` is the monitor's verdict after the event and `previous` the one before. `failure`, `status_code` and
    `attempts` (how often it tried) are what the deciding check saw; None, None and 1 once resolved. `regions` see the
    monitor fail, `observers` are all that reported in time. `resolved_at` is the first good check, once resolved.
    `summary` is the public text that the incident's timeline shows. `incident` is None where an error budget burns
    without an incident. `likely_causes` is what else was wrong at that moment and may lie behind it.

    Of what a person did (`origin`), `monitor` is the worst affected one of all `monitors`, `verdict` and `previous` are
    the worst of these, `summary` is Markdown, and `by` is who, where they want to be named. `title` and `status` are
    those of the incident afterwards; the judge leaves both away.
    """

    id: str
    kind: EventKind
    incident: str | None
    monitor: str
    verdict: Verdict
    previous: Verdict
    at: datetime
    started_at: datetime
    failure: Failure | None
    summary: str
    status_code: int | None = None
    attempts: int = 1
    regions: tuple[str, ...] = ()
    observers: tuple[str, ...] = ()
    resolved_at: datetime | None = None
    likely_causes: tuple[LikelyCause, ...] = ()
    origin: Origin = Origin.JUDGE
    monitors: tuple[str, ...] = ()
    title: str | None = None
    status: IncidentStatus | None = None
    by: str | None = None

    @property
    def severity(self) -> Severity:
        """Return `info` for news that asks nobody to act: resolved, or no worse than before; else by verdict.

        A budget that burns is a warning beside an open incident, which somebody was told of, and critical without one.
        """
        if self.kind is EventKind.BUDGET_BURNING:
            return Severity.CRITICAL if self.incident is None else Severity.WARNING
        eased = self.previous is Verdict.DOWN and self.verdict is Verdict.DEGRADED
        if self.kind not in (EventKind.OPENED, EventKind.UPDATED) or eased:
            return Severity.INFO
        if self.verdict is self.previous or not self.verdict.failing:
            return Severity.INFO
        return Severity.CRITICAL if self.verdict is Verdict.DOWN else Severity.WARNING
