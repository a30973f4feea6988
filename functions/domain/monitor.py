"""What is watched, as the functions know it: validated long before, so nothing is checked again here."""

from dataclasses import dataclass, field

from functions.domain.checks.check import Check
from functions.domain.expectation import Expectations
from functions.domain.part import Expand
from functions.domain.slo import Slo
from functions.domain.spike import SpikeRule


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation:
    """How many consecutive runs it takes to believe a change."""

    failures: int = 1
    recoveries: int = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Monitor:
    """One thing watched. Durations are in seconds; `depends_on` holds the ids of what it cannot work without.

    `spike` is None where it is no matter how slow the monitor is against its own past, `expand` where no parts of its
    health body are shown.
    """

    id: str
    name: str
    check: Check
    expectations: Expectations
    group: str | None = None
    description: str | None = None
    interval: int = 60
    timeout: float = 10.0
    attempts: int = 2
    attempt_gap: float = 2.0
    confirmation: Confirmation = field(default_factory=Confirmation)
    depends_on: tuple[str, ...] = ()
    spike: SpikeRule | None = None
    slo: Slo | None = None
    expand: Expand | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shard:
    """Monitors that one invocation checks together: same interval (seconds), same regions."""

    id: str
    interval: int
    regions: tuple[str, ...]
    monitors: tuple[str, ...]
