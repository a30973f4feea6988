"""What all contestants are asked, and what they answer."""

from dataclasses import dataclass

EXPECTED = {"status": {"eq": 200}, "json": {"$.status": {"eq": "healthy"}}}
PHASES = ("connect", "tls", "first_byte", "transfer")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One run of checks: CPU milliseconds of all, and of each what it reported, in milliseconds by phase, by name.

    A check that failed has no times.
    """

    cpu_ms: float
    wall_ms: float
    reported: dict[str, dict[str, float]]
    busy: int = 0
