"""Asks at once for what several ask for alone: where a request has a price, a hundred in one cost a hundredth."""

import asyncio
from collections.abc import Callable, Collection, Mapping
from typing import Generic, TypeVar

QUIET_SECONDS = 0.05
"""A request goes out when nobody has joined it for so long: a run starts its checks one after another."""
LONGEST_SECONDS = 0.5

K = TypeVar("K")
V = TypeVar("V")
Ask = Callable[[Collection[K]], Mapping[K, V]]


class Gathering(Generic[K, V]):
    """Calls `ask`, in a thread, with all keys that are wanted at about the same time."""

    def __init__(self, ask: "Ask[K, V]", *, quiet: float = QUIET_SECONDS, longest: float = LONGEST_SECONDS) -> None:
        self._ask = ask
        self._quiet = quiet
        self._longest = longest
        self._open: _Round[K, V] | None = None

    async def get(self, key: K) -> V:
        """Return the answer for `key`; raises what `ask` raises, and KeyError where it has no answer for the key."""
        loop = asyncio.get_running_loop()
        # Each invocation has an event loop of its own: a round that one has left behind is nobody's any more.
        if self._open is None or self._open.gone or self._open.loop is not loop:
            self._open = _Round(self._ask, loop=loop, quiet=self._quiet, longest=self._longest)
        return await self._open.join(key)


class _Round(Generic[K, V]):
    """One request, and who waits for it."""

    def __init__(self, ask: "Ask[K, V]", *, loop: asyncio.AbstractEventLoop, quiet: float, longest: float) -> None:
        self.loop = loop
        self.gone = False
        self._ask = ask
        self._quiet = quiet
        self._keys: set[K] = set()
        self._newest = loop.time()
        self._deadline = self._newest + longest
        self._answers = loop.create_task(self._answer())
        # Where all who asked have given up, nobody else would look at what became of it.
        self._answers.add_done_callback(lambda task: task.cancelled() or task.exception())

    async def join(self, key: K) -> V:
        self._keys.add(key)
        self._newest = self.loop.time()
        # Who gives up does not take the others' answers along.
        return (await asyncio.shield(self._answers))[key]

    async def _answer(self) -> Mapping[K, V]:
        while (left := min(self._deadline, self._newest + self._quiet) - self.loop.time()) > 0:  # noqa: ASYNC110 - that nothing happens is no event
            await asyncio.sleep(left)
        self.gone = True
        return await asyncio.to_thread(self._ask, frozenset(self._keys))
