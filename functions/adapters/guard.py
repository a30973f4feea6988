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
    """Return a guard that interrupts by signal; None where there are none: off the main thread, or on Windows."""
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        return None
    return _interrupt


def _interrupt(work: Callable[[], T], /) -> T:
    """Return what `work` returns; raises GaveUpError once it has used up `BUDGET`."""
    previous = signal.signal(signal.SIGVTALRM, _expire)
    try:
        signal.setitimer(signal.ITIMER_VIRTUAL, BUDGET, _AGAIN)
        try:
            return work()
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    except _ExpiredError:
        raise GaveUpError(f"gave up after {BUDGET * 1000:g} ms of searching") from None
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, previous)


def _expire(_signal: int, _frame: FrameType | None) -> None:
    raise _ExpiredError
