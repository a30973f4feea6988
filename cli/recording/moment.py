"""A point in time as people give it on the command line."""

from datetime import UTC, datetime, timedelta

from configuration.units import UnitError, duration

_ALLOWED = "give a date (2026-11-15), a time with its zone (2026-11-15T12:00:00Z) or how long ago (7d, 12h)"


def read_moment(text: str, *, now: datetime) -> datetime:
    """Return the time in UTC; a bare date is its midnight there. Raises ValueError with what is allowed."""
    try:
        return now - timedelta(seconds=duration(text))
    except (UnitError, OverflowError):
        pass
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise ValueError(f"{text} is no time: {_ALLOWED}") from error
    if at.tzinfo is None and at.time() == datetime.min.time() and "T" not in text and " " not in text:
        return at.replace(tzinfo=UTC)
    if at.tzinfo is None:
        raise ValueError(f"{text} has no zone: did you mean {at.isoformat()}Z?")
    return at.astimezone(UTC)
