"""How a check is executed, whatever its kind, as a protocol."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol, runtime_checkable

from functions.domain.answer import Answer
from functions.domain.expectation import Guard
from functions.domain.result import Failure, Phases
from functions.domain.verdict import Verdict


class UnmadeError(Exception):
    """A check cannot be made for a reason that lies with us; the message says which and holds no secret."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """What one execution saw: an `answer` to hold against the expectations, or a `failure` on the way to one.

    `status_code` and `certificate_expires_at` may be known although there is no whole answer. `busy` where the
    probe was too busy to vouch for the times. `verdict` is what a `failure` comes to. Of several steps there may be
    both an answer, which is all of them together, and a failure; `steps` are the milliseconds of each that was reached.
    """

    phases: Phases = field(default_factory=Phases)
    answer: Answer | None = None
    failure: Failure | None = None
    status_code: int | None = None
    certificate_expires_at: datetime | None = None
    busy: bool = False
    verdict: Verdict = Verdict.DOWN
    steps: tuple[float, ...] = ()


class Execute(Protocol):
    """Executes the checks of one kind."""

    async def __call__(self, check: Any, /, *, timeout: float) -> Sighting:  # noqa: ASYNC109, ANN401 - it names the phase; each kind takes its own class of checks
        """Return what was seen within `timeout` seconds, all included; whatever the target does is seen, not raised.

        `check` holds no `secret:` references any more. Raises UnmadeError where it cannot be made for a reason that is
        ours.
        """


@runtime_checkable
class Assessing(Protocol):
    """An executor that holds answers against expectations itself, since what it does next depends on them."""

    def under(self, guard: Guard | None) -> Execute:
        """Return the executor whose claims run under the run's `guard`."""
