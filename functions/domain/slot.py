"""Slots: the spans of one interval each in which a monitor is due once.

Slots lie on a grid that begins at the epoch, so that the runs of all regions for one due time share a slot, and
computing history again from the same runs finds the same slots.
"""

from datetime import UTC, datetime, timedelta

from functions.domain.verdict import Verdict

GRACE = timedelta(seconds=90)
"""How long after its scheduled minute a run may take to be there: attempts, timeouts and the judge included."""

DAY = 86_400


def interval_of(shard: str) -> int:
    """Return the seconds between a shard's runs, which its id begins with (`60s-0`).

    A run is read long after it was made. Its shard's id still says how much time it stood for when pulseboard.yaml has
    given the monitor another interval since, or has dropped it. Raises ValueError for another kind of id.
    """
    return int(shard.split("s-", maxsplit=1)[0])


def slot_start(at: datetime, interval: int) -> int:
    """Return the start (epoch seconds) of the slot that `at` falls into."""
    epoch = int(at.timestamp())
    return epoch - epoch % interval


def slot_seconds(slot: int, interval: int, at: datetime) -> int:
    """Return the seconds of the slot that lie in the UTC day of `at`, the run that was made for it.

    For intervals that divide a day, which is all that can be scheduled, that is the interval.
    """
    midnight = slot_start(at, DAY)
    return min(slot + interval, midnight + DAY) - max(slot, midnight)


def due_seconds(start: datetime, at: datetime, interval: int) -> int:
    """Return how many seconds of slots that begin in [`start`, `at`] must have been reported by `at`.

    A slot is due GRACE after it began, and then counts as a whole, as it does in history.
    """
    first = -(-int(start.timestamp()) // interval)
    last = int((at - GRACE).timestamp()) // interval
    return max(0, last - first + 1) * interval


def hour_of(at: datetime) -> datetime:
    """Return the aware UTC start of the hour of `at`."""
    return at.astimezone(UTC).replace(minute=0, second=0, microsecond=0)


def silent(judged_at: datetime, at: datetime, interval: int) -> bool:
    """Tell whether a monitor last judged at `judged_at` has missed two runs by `at`: its verdict is then `no_data`."""
    return at - judged_at > 2.5 * timedelta(seconds=interval) + GRACE


_SEVERITY = {Verdict.UP: 0, Verdict.NO_DATA: 1, Verdict.MAINTENANCE: 2, Verdict.DEGRADED: 3, Verdict.DOWN: 4}


def worst(*verdicts: Verdict) -> Verdict:
    """Return the most severe. No data is worse than up, and is what nothing at all amounts to."""
    return max(verdicts, key=_SEVERITY.__getitem__, default=Verdict.NO_DATA)
