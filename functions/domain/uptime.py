"""Uptime and coverage as they are published (the uptime policy says what they mean)."""

from functions.domain.history import Span
from functions.domain.public_figures import Uptime
from functions.domain.uptime_policy import UPTIME_POLICY, UptimePolicy
from functions.domain.verdict import Verdict


def floored_percent(part: int, whole: int) -> float:
    """Return `part` of `whole` (more than 0) in percent, cut off after two decimals.

    Integers all the way: 99.996 is 99.99, and 100 says that nothing at all is missing.
    """
    return part * 10_000 // whole / 100


def failed_seconds(span: Span, policy: UptimePolicy = UPTIME_POLICY) -> int:
    """Return the seconds that count as down."""
    return span.down + (span.degraded if Verdict.DEGRADED in policy.counts_as_down else 0)


def uptime(span: Span, due: int, policy: UptimePolicy = UPTIME_POLICY) -> Uptime:
    """Return how much of the known part of `span` was up, and how much of `due` seconds is known."""
    failed = failed_seconds(span, policy)
    return Uptime(
        percent=floored_percent(span.covered - failed, span.covered) if span.covered else None,
        coverage=floored_percent(min(span.known, due), due) if due else 100.0 if span.known else 0.0,
        down_seconds=failed,
    )
