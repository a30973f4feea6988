"""A service level objective: how much of the time a monitor may fail."""

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Slo:
    """`target` is in percent and below 100; `days` is the length of the sliding window, today included."""

    target: float
    days: int = 30

    @property
    def allowed(self) -> Fraction:
        """Return the share of the time that may fail, exactly: 1/1000 for 99.9 %."""
        return 1 - Fraction(str(self.target)) / 100
