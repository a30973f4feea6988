"""What rollup can be asked for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

DAYS_LIMIT = 100
"""Hours are kept for so long; older days cannot be put together from them."""


class RebuildRequestError(ValueError):
    """The request makes no sense; the message says why and what would."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rebuild:
    """Compute the UTC days from `start` to `end`, both included, again."""

    start: date
    end: date

    def days(self) -> list[date]:
        """Return the days, oldest first."""
        return [self.start + timedelta(days=n) for n in range((self.end - self.start).days + 1)]

    def event(self) -> dict[str, object]:
        """Return the event that asks for it."""
        return {"rebuild": {"from": self.start.isoformat(), "to": self.end.isoformat()}}


def read_request(event: Mapping[str, object], *, today: date) -> Rebuild | None:
    """Return the rebuild that `event` asks for; None for the hourly rollup, which asks for nothing.

    Raises RebuildRequestError.
    """
    if "rebuild" not in event:
        return None
    wanted = event["rebuild"]
    if not isinstance(wanted, Mapping) or set(wanted) != {"from", "to"}:
        raise RebuildRequestError(f'rebuild must be {{"from": "YYYY-MM-DD", "to": "YYYY-MM-DD"}}, got {wanted!r}')
    span = Rebuild(start=_day(wanted["from"], "from"), end=_day(wanted["to"], "to"))
    if span.end < span.start:
        raise RebuildRequestError(f"rebuild.to ({span.end}) is before rebuild.from ({span.start})")
    if span.end > today:
        raise RebuildRequestError(f"rebuild.to ({span.end}) is in the future; today is {today} (UTC)")
    if (today - span.start).days >= DAYS_LIMIT:
        raise RebuildRequestError(
            f"rebuild.from ({span.start}) is too long ago: hours are kept for {DAYS_LIMIT} days, "
            f"so {today - timedelta(days=DAYS_LIMIT - 1)} is the earliest possible"
        )
    return span


def _day(value: object, key: str) -> date:
    try:
        return date.fromisoformat(value)  # type: ignore[arg-type]  # another type raises the TypeError caught here
    except (TypeError, ValueError) as error:
        raise RebuildRequestError(f'rebuild.{key} must be a day such as "2026-11-22", got {value!r}') from error
