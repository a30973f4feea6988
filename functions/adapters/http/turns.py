"""Long work in turns, so that what arrives meanwhile is read in time.

A handshake takes half a millisecond of a whole CPU, and where many checks began together, all of theirs arrive
together. Done one behind the other, they keep the loop from reading what comes to the others, for so long that the
kernel joins two packets, of which only the last keeps its stamp.
"""

import asyncio
import time
from collections import deque
from collections.abc import Callable
from weakref import WeakKeyDictionary

TURN_SECONDS = 0.002
"""How long a turn may begin new work: a few handshakes, since each look for what has arrived costs a little as well."""

Work = Callable[[], None]


class Turns:
    """Does a little of the work that waits in each round of a loop, which looks for what has arrived in between."""

    def __init__(self) -> None:
        self._waiting: deque[Work] = deque()
        self._due = False

    def take(self, work: Work) -> None:
        """Have `work`, which raises nothing, done after all that waits already."""
        self._waiting.append(work)
        self._schedule()

    def _schedule(self) -> None:
        if not self._due:
            self._due = True
            asyncio.get_running_loop().call_soon(self._turn)

    def _turn(self) -> None:
        self._due = False
        until = time.perf_counter() + TURN_SECONDS
        while self._waiting and time.perf_counter() < until:
            self._waiting.popleft()()
        if self._waiting:
            self._schedule()


_turns: WeakKeyDictionary[asyncio.AbstractEventLoop, Turns] = WeakKeyDictionary()


def running_turns() -> Turns:
    """Return the turns that all connections of the running loop share."""
    return _turns.setdefault(asyncio.get_running_loop(), Turns())
