"""How a run spreads its load, so that a small part of a CPU is enough for true times."""

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass

FULL_CPU_MB = 1769
"""Memory at which a function has one whole CPU, and in proportion below:
https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html."""
CHECK_CPU_SECONDS = 0.0015
"""CPU that one HTTPS check takes, rounded up by half (`make bench` measures it): what is left over lets a run that fell
behind catch up."""
_TOGETHER = 8
"""Checks that start at once. Their work fits into 10 ms of a CPU, so that none waits longer for another; and one after
the other costs less than each by itself, with caches gone cold in between."""

_PART_IN_USE = 0.8
"""Of the CPU that a function gets: with more in use, one slow check would have it halted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """Checks at once (None: all), starts together, seconds between two such, and the part of a CPU that there is."""

    at_once: int | None = None
    together: int = 1
    gap: float = 0.0
    share: float = 1.0


ALL_AT_ONCE = Pace()


class Starts:
    """Lets the checks of a run begin one after another; made when the run begins."""

    def __init__(self, pace: Pace) -> None:
        self._pace = pace
        self._turn = asyncio.Lock()
        self._left = 0
        self._began = time.perf_counter()
        self._used = time.process_time()

    async def wait(self) -> None:
        """Return when the next check may begin: after the gap, or two where the CPU is used up faster than it comes."""
        if self._pace.gap:
            async with self._turn:
                if not self._left:
                    self._left = self._pace.together
                    await asyncio.sleep(self._pace.gap)
                    if self._behind():
                        await asyncio.sleep(self._pace.gap)
                self._left -= 1

    def _behind(self) -> bool:
        due = (time.perf_counter() - self._began) * self._pace.share * _PART_IN_USE
        return time.process_time() - self._used > due


def pace_of(environ: Mapping[str, str]) -> Pace:
    """Return the pace of a Lambda function: starts no faster than its part of a CPU can follow.

    It takes no longer than starting all at once, since the CPU is the same; but nothing lies unread meanwhile, and
    the function is not halted for having used up its part. Outside Lambda: all at once.
    """
    memory = environ.get("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "")
    if not memory.isdigit() or int(memory) == 0:
        return ALL_AT_ONCE
    share = min(1.0, int(memory) / FULL_CPU_MB)
    return Pace(together=_TOGETHER, gap=_TOGETHER * CHECK_CPU_SECONDS / share, share=share)
