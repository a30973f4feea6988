"""Which minute a run is for."""

from collections.abc import Mapping
from datetime import UTC, datetime


def scheduled_minute(event: Mapping[str, object], now: datetime) -> datetime:
    """Return the minute (aware, UTC) of the event's `at`; the present one where that is not a time.

    A schedule that comes late still belongs to its minute: the run's key is made of it, so that what is delivered
    twice is one run. An embedded AWS leaves the placeholder `<aws.scheduler.scheduled-time>` as it is.
    """
    try:
        at = datetime.fromisoformat(str(event.get("at")))
    except ValueError:
        at = now
    at = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    return at.replace(second=0, microsecond=0)
