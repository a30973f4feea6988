"""One incident in a snapshot; it is part of its allow-list: no operator's reason has a field here."""

from dataclasses import dataclass
from datetime import datetime

from functions.domain.incident import Acknowledgement, IncidentStatus, Origin, Postmortem
from functions.domain.likely_cause import LikelyCause
from functions.domain.public_cause import PublicCause
from functions.domain.verdict import FailureKind, Verdict


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
    def present(self) -> Verdict:
        """Return how bad it is by its newest entry; as bad as it was at worst where that tells of no trouble."""
        newest = self.updates[-1].verdict if self.updates else self.verdict
        return newest if newest.failing else self.verdict

    @property
    def updated_at(self) -> datetime:
        """Return when anything was said last."""
        said = [self.started_at, *(update.at for update in self.updates[-1:])]
        return max([*said, *(entry.at for entry in (self.acknowledged, self.postmortem) if entry is not None)])

    @property
    def unclaimed(self) -> bool:
        """Tell whether checks found it, it goes on, and no person has said anything yet.

        What somebody else's status page reports is theirs to mend.
        """
        return (
            self.origin is Origin.JUDGE
            and self.resolved_at is None
            and self.acknowledged is None
            and not any(update.origin is Origin.PERSON for update in self.updates)
            and (self.cause is None or self.cause.kind is not FailureKind.UPSTREAM)
        )
