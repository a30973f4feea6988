"""What the judge has to tell of a monitor."""

from dataclasses import dataclass
from datetime import datetime

from functions.domain.event import EventKind
from functions.domain.likely_cause import LikelyCause
from functions.domain.result import Failure
from functions.domain.verdict import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A confirmed change of a monitor's verdict, before it is written down (`announcement`).

    `at` is when it was decided, `changed_at` when it began: the first check of the streak that was believed. `removed`
    says that the monitor left the config. `only_from` are the regions from which alone it is down, where most see
    nothing. `likely_causes` is what may lie behind a failing.
    """

    kind: EventKind
    monitor: str
    incident: str
    previous: Verdict
    verdict: Verdict
    at: datetime
    changed_at: datetime
    failure: Failure | None = None
    status_code: int | None = None
    attempts: int = 1
    regions: tuple[str, ...] = ()
    observers: tuple[str, ...] = ()
    removed: bool = False
    only_from: tuple[str, ...] = ()
    likely_causes: tuple[LikelyCause, ...] = ()
