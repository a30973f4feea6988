"""Uptime and coverage as they are published (UPTIME_POLICY says what they mean)."""

from functions.domain.history import Span
from functions.domain.snapshot import Uptime


def floored_percent(part: int, whole: int) -> float:
    """Return `part` of `whole` (more than 0) in percent, cut off after two decimals.

    Integers all the way: 99.996 is 99.99, and 100 says that nothing at all is missing.
    """
    return part * 10_000 // whole / 100


def uptime(span: Span, due: int) -> Uptime:
    """Return how much of the known part of `span` was up, and how much of `due` seconds is known."""
    up = span.up + span.degraded
    return Uptime(
        percent=floored_percent(up, span.covered) if span.covered else None,
        coverage=floored_percent(min(span.known, due), due) if due else 100.0 if span.known else 0.0,
        down_seconds=span.down,
    )
