"""Whether a worker or a cron job is well, by what it has reported and when."""

from datetime import datetime, timedelta

from functions.domain.checks.heartbeat import Heartbeat
from functions.domain.ping import Pings
from functions.domain.result import Attempt, Failure
from functions.domain.verdict import FailureKind, Verdict
from functions.domain.wording import cut

EARLY = timedelta(seconds=10)
"""How far a job's clock may be ahead: a ping so shortly before its time is the ping of that time."""


def due(heartbeat: Heartbeat, after: datetime) -> datetime:
    """Return when the ping that follows the one of `after` is due (UTC)."""
    if heartbeat.cron is not None:
        # Only who has such a schedule pays for its parser at a cold start.
        from functions.domain.cron import next_due  # noqa: PLC0415 - see above

        return next_due(heartbeat.cron, heartbeat.time_zone, after + EARLY)
    return after + timedelta(seconds=heartbeat.period)


def assess_heartbeat(heartbeat: Heartbeat, pings: Pings | None, *, at: datetime, interval: int) -> Attempt | None:
    """Return how the job is at `at`, a scheduled minute; None where it has not reported in yet.

    The duration of a finish is the latency of the first run after it, `interval` seconds being between two.
    """
    if pings is None:
        return None
    failure = _reported(pings, at) or _overrun(heartbeat, pings, at) or _late(heartbeat, pings, at)
    if failure is not None:
        return Attempt(verdict=Verdict.DOWN, latency_ms=None, failure=failure)
    if pings.finished_at is None:
        return None
    fresh = at - timedelta(seconds=interval) < pings.finished_at <= at
    return Attempt(verdict=Verdict.UP, latency_ms=pings.duration_ms if fresh else None)


def _reported(pings: Pings, at: datetime) -> Failure | None:
    if pings.failing_since is None:
        return None
    status = f" with exit status {pings.status}" if pings.status else ""
    said = f": {pings.excerpt}" if pings.excerpt else ""
    reason = f"reported a failure{status} at {_clock(pings.finished_at or at, at)}{said}"
    return Failure(kind=FailureKind.HEARTBEAT, reason=cut(reason))


def _overrun(heartbeat: Heartbeat, pings: Pings, at: datetime) -> Failure | None:
    if not pings.open:
        return None
    begun = pings.open[0].at
    limit = begun + timedelta(seconds=heartbeat.grace)
    if at <= limit:
        return None
    reason = f"started at {_clock(begun, at)} and has not finished, expected by {_clock(limit, at)}"
    return Failure(kind=FailureKind.LATE, reason=reason)


def _late(heartbeat: Heartbeat, pings: Pings, at: datetime) -> Failure | None:
    if pings.finished_at is None:
        return None
    limit = due(heartbeat, pings.finished_at) + timedelta(seconds=heartbeat.grace)
    if at <= limit:
        return None
    reason = f"no ping since {_clock(pings.finished_at, at)}, expected by {_clock(limit, at)}"
    return Failure(kind=FailureKind.LATE, reason=reason)


def _clock(moment: datetime, at: datetime) -> str:
    """Return a time in UTC to the minute, with its day where that is not today."""
    return f"{moment:%H:%M} UTC" if moment.date() == at.date() else f"{moment:%Y-%m-%d %H:%M} UTC"
