"""Pings that a worker or a cron job sends; nothing goes out from here."""

from dataclasses import dataclass
from typing import ClassVar

from functions.domain.checks.check import Check


@dataclass(frozen=True, slots=True, kw_only=True)
class Heartbeat(Check):
    """When pings are due: `period` after `period`, or by `cron` in `time_zone`; each may be `grace` late (seconds).

    A run that has told of its start has `grace` to finish.
    """

    kind: ClassVar[str] = "heartbeat"

    grace: int
    period: int = 0
    cron: str | None = None
    time_zone: str = "UTC"
