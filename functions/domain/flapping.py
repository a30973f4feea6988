"""What keeps a monitor that comes and goes from calling people every other minute.

A monitor that fails again soon after it got better has flapped. Each flap doubles the runs that the next improvement
takes to be believed, so that the first outage ends as fast as configured and the fifth in an hour ends when it is over.
Getting worse is never delayed.
"""

from datetime import datetime, timedelta

from functions.domain.monitor import Confirmation
from functions.domain.state import State

REOPEN_WITHIN = timedelta(hours=1)
"""A failure this soon after an improvement belongs to the same incident."""

CALM = timedelta(hours=1)
"""One flap is forgotten for each of these without another."""

LONGEST_RECOVERY = timedelta(minutes=30)
"""However much it flapped, runs over this long without a failure are believed (or as many as configured)."""


def flaps_at(state: State, at: datetime) -> int:
    """Return how many flaps still count at `at`."""
    if state.flapped_at is None:
        return 0
    return max(0, state.flaps - (at - state.flapped_at) // CALM)


def recoveries_needed(state: State, confirmation: Confirmation, interval: timedelta, *, at: datetime) -> int:
    """Return the consecutive good runs that it takes to believe an improvement at `at`."""
    ceiling = max(confirmation.recoveries, LONGEST_RECOVERY // interval)
    doubled: int = confirmation.recoveries << flaps_at(state, at)
    return min(ceiling, doubled)


def eased_recently(state: State, interval: timedelta, *, at: datetime) -> bool:
    """Tell whether a failure at `at` is a relapse; for a monitor that is checked rarely, two intervals are recent."""
    return state.eased_at is not None and at - state.eased_at <= max(REOPEN_WITHIN, 2 * interval)
