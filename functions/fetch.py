"""What a check needs of the network, as a protocol."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from functions.domain.expectation import Answer
from functions.domain.monitor import HttpRequest
from functions.domain.result import Failure, Phases


class UnmadeError(Exception):
    """A check cannot be made for a reason that lies with us; the message says which and holds no secret."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """What one request saw: an `answer` to hold against the expectations, or a `failure` on the way to one.

    `status_code` and `certificate_expires_at` may be known although there is no whole answer. `busy` where the
    probe was too busy to vouch for the times.
    """

    phases: Phases = field(default_factory=Phases)
    answer: Answer | None = None
    failure: Failure | None = None
    status_code: int | None = None
    certificate_expires_at: datetime | None = None
    busy: bool = False


class Fetch(Protocol):
    """Sends one request, following redirects."""

    async def __call__(self, request: HttpRequest, *, timeout: float) -> Sighting:  # noqa: ASYNC109 - it names the phase
        """Return what was seen within `timeout` seconds, all included; whatever the target does is seen, not raised.

        `request` holds no `secret:` references any more; `client_certificate` is PEM text. Raises UnmadeError where
        the request cannot be sent for a reason that is ours.
        """
