"""How long checks may take: the defaults, the worst case, and what the schedule and Lambda leave for it."""

INTERVAL = 60
TIMEOUT = 10.0
ATTEMPTS = 2
ATTEMPT_GAP = 2.0
"""What holds where pulseboard.yaml says nothing (seconds, and a count)."""

MINUTE = 60
"""Seconds: EventBridge Scheduler tells times apart no finer."""

LONGEST_INTERVAL = 24 * 60 * MINUTE
LONGEST_GAP = 60.0
MOST_ATTEMPTS = 5

LONGEST_FUNCTION = 900
"""Seconds that Lambda lets a function run (https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html)."""

MARGIN = 10
"""Seconds for a cold start, for resolving secrets and for recording the run."""


def worst_case(*, attempts: int, timeout: float, attempt_gap: float) -> float:
    """Return the seconds that one check takes when every attempt runs into its timeout."""
    return attempts * timeout + (attempts - 1) * attempt_gap


def budget(interval: float) -> float:
    """Return the seconds that a check may take at worst, so that its run is recorded before the next begins."""
    return min(interval, LONGEST_FUNCTION) - MARGIN
