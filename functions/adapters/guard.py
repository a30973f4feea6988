"""Ends work that takes too long: a timer and a signal, which is why this is not in the domain.

Python's regular expression engine backtracks and has no limit of its own, and a JSON path can visit a document many
times over. Both look for signals while they work, so a handler that raises ends them. Only the main thread gets
signals; elsewhere the domain judges without a guard, more cautiously.
"""

import signal
import threading
from collections.abc import Callable
from types import FrameType
from typing import TypeVar

from functions.domain.expectation import Guard
from functions.domain.pattern import GaveUpError

BUDGET = 0.05
"""Seconds of this process's own CPU time that one claim may take. Not of the clock: on a small Lambda that holds a
seventh of a CPU, an innocent expression may well wait longer than that for its turn."""

_AGAIN = 0.01
"""Seconds until the signal is repeated, in case the first exception was lost, as one raised in a finaliser is."""

T = TypeVar("T")


class _ExpiredError(BaseException):
    """Not an Exception, so that no handler on the way takes it for something else."""


def interrupting_guard() -> Guard | None:
    """Return a guard that interrupts by signal; None where there are none: off the main thread, or on Windows.

    From now on SIGVTALRM is its: putting a handler back after each claim would cost more than most claims do.
    """
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        return None
    watch = _Watch()
    signal.signal(signal.SIGVTALRM, watch.expire)
    return watch


class _Watch:
    """The timer, and whether anybody works under it: a signal that comes after the work must end nothing else."""

    def __init__(self) -> None:
        self._working = False

    def __call__(self, work: Callable[[], T], /) -> T:
        """Return what `work` returns; raises GaveUpError once it has used up `BUDGET`."""
        try:
            self._working = True
            signal.setitimer(signal.ITIMER_VIRTUAL, BUDGET, _AGAIN)
            try:
                return work()
            finally:
                self._working = False
                signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        except _ExpiredError:
            raise GaveUpError(f"gave up after {BUDGET * 1000:g} ms of searching") from None
        finally:
            self._working = False
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)

    def expire(self, _signal: int, _frame: FrameType | None) -> None:
        """End the work that is under way."""
        if self._working:
            raise _ExpiredError
