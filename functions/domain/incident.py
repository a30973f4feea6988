"""A span with a cause, affected monitors and updates."""

from collections.abc import Mapping
from dataclasses import dataclass, field
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


class Origin(StrEnum):
    """Who said something: the judge, from checks, or a person."""

    JUDGE = "judge"
    PERSON = "person"


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """One entry of an incident's timeline, newest last; `body` is public: plain from the judge, Markdown from people.

    `number` is that of the event that told of it, from 1. `verdict` is the worst of all affected monitors afterwards;
    `affected` are those whose verdict this entry changes, with the new one. `by` is a name that a person chose to show.
    """

    at: datetime
    status: IncidentStatus
    verdict: Verdict
    body: str
    number: int = 1
    origin: Origin = Origin.JUDGE
    by: str | None = None
    affected: Mapping[str, Verdict] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledgement:
    """Who is on it, in a name that the public may read, and since when."""

    at: datetime
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Postmortem:
    """What was learnt, in Markdown; `at` is when it was last written."""

    at: datetime
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """`id` is made of the start and, of the judge's, the monitor, so that opening it twice is opening it once.

    `started_at` is the time of the first failing check, or what a person says. `verdict` is the worst that it reached.
    `failure` and `status_code` are what the check saw that made it that bad; `failure` is the operator's view and not
    public, and None where a person opened it. `title` is a person's; None: it is made of names and verdict.
    `only_from` are the regions from which alone it was down, where that is all that it came to. `announced` counts its
    events. `updates` keeps the first and the newest ones of a very long timeline.
    `version` is what was stored when it was read; it says nothing about the incident.
    """

    id: str
    monitors: tuple[str, ...]
    verdict: Verdict
    started_at: datetime
    failure: Failure | None
    updates: tuple[Update, ...]
    resolved_at: datetime | None = None
    reopened: int = 0
    status_code: int | None = None
    only_from: tuple[str, ...] = ()
    announced: int = 0
    origin: Origin = Origin.JUDGE
    title: str | None = None
    acknowledged: Acknowledgement | None = None
    postmortem: Postmortem | None = None
    version: int = field(default=0, compare=False)

    @property
    def open(self) -> bool:
        """Tell whether it still goes on."""
        return self.resolved_at is None

    @property
    def status(self) -> IncidentStatus:
        """Return where the work on it stands."""
        return self.updates[-1].status if self.updates else IncidentStatus.INVESTIGATING

    @property
    def affected(self) -> dict[str, Verdict]:
        """Return the verdict of each affected monitor as the newest entries have it."""
        found = dict.fromkeys(self.monitors, self.verdict)
        for update in self.updates:
            found |= update.affected
        return found
