"""What one check saw."""

from dataclasses import dataclass, field
from datetime import datetime

from functions.domain.finding import Attribution
from functions.domain.part import Part
from functions.domain.verdict import FailureKind, Phase, Verdict

REASON_LIMIT = 200
"""Characters of observed value that a reason keeps; the rest of a target's answer never leaves the probe."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Phases:
    """Milliseconds spent in each phase, summed over redirects; None where the check did not get that far."""

    dns: float | None = None
    connect: float | None = None
    tls: float | None = None
    first_byte: float | None = None
    transfer: float | None = None

    @property
    def total(self) -> float:
        """Return the sum in milliseconds: what the page calls the response time."""
        return sum(p for p in (self.dns, self.connect, self.tls, self.first_byte, self.transfer) if p is not None)

    @property
    def slowest(self) -> Phase | None:
        """Return the phase that took more than half of the time; None where none did."""
        times = {phase: getattr(self, phase) or 0.0 for phase in Phase}
        longest = max(times, key=lambda phase: times[phase])
        return longest if 2 * times[longest] > self.total else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Why a check is not up.

    `reason` is for the operator (alerts, logs, `pulseboard check`): it may quote what the target answered, cut to
    `REASON_LIMIT` characters, and is therefore never public. `phase` says where a timeout, or a connection that
    broke, happened, and where a slow answer spent most of its time. `subject` is who reports the failure where that is
    not the target: a name from pulseboard.yaml, and public. `attribution` is which layer answered, where that shows.
    `step` is the name of the step that failed, where there are several; public as well.
    `parts` are those that the target says are not well, by their public names.
    """

    kind: FailureKind
    reason: str
    phase: Phase | None = None
    subject: str | None = None
    attribution: Attribution | None = None
    step: str | None = None
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One try; a failing check is repeated before it counts.

    `busy` where the probe was too busy to vouch for the times: they are kept, but say nothing about the target.
    `steps` are the milliseconds of each step that was reached, in order; empty for the kinds that have none.
    `parts` are those of its health body, where the monitor has them shown; a run keeps those of the last attempt.
    """

    verdict: Verdict
    latency_ms: float | None
    phases: Phases = field(default_factory=Phases)
    status_code: int | None = None
    failure: Failure | None = None
    certificate_expires_at: datetime | None = None
    busy: bool = False
    steps: tuple[float, ...] = ()
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """The outcome of one check: the last attempt decides, all are kept.

    `attempts` holds at least one, oldest first.
    """

    monitor: str
    attempts: tuple[Attempt, ...]

    @property
    def last(self) -> Attempt:
        """Return the attempt that decided."""
        return self.attempts[-1]

    @property
    def verdict(self) -> Verdict:
        """Return `up`, `degraded` or `down`."""
        return self.last.verdict

    @property
    def failure(self) -> Failure | None:
        """Return why it is not up; None when it is."""
        return self.last.failure

    @property
    def latency_ms(self) -> float | None:
        """Return the response time in milliseconds; None when no answer came."""
        return self.last.latency_ms

    @property
    def busy(self) -> bool:
        """Tell whether the times are in doubt because the probe itself was late."""
        return self.last.busy
