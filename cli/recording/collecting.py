"""Runs of a deployment to lines, an hour at a time: a year of them need not fit into memory."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from cli.recording.line import encode_line
from functions.domain.run import Run
from functions.domain.slot import hour_of

_HOUR = timedelta(hours=1)


class RunReader(Protocol):
    """What a store must be able to do."""

    def runs(self, hour: datetime) -> Iterable[Run]:
        """Return the runs of the hour that starts at `hour`, all shards and regions, oldest first."""


@dataclass(slots=True, kw_only=True)
class Collection:
    """What was met on the way: how many results, which monitors, and how many checks were never made."""

    results: int = 0
    unmade: int = 0
    monitors: set[str] = field(default_factory=set)


def collect(
    store: RunReader,
    *,
    start: datetime,
    end: datetime,
    monitor: str | None = None,
    collection: Collection,
    advanced: Callable[[int, int], None] = lambda _done, _of: None,
) -> Iterator[str]:
    """Yield a line for each result of the runs in [`start`, `end`), oldest first; only of `monitor` if given.

    `collection` is kept up to date, and `advanced` told how many hours of how many are through.
    """
    first = hour_of(start)
    hours = max(0, -((first - end) // _HOUR))
    for number in range(hours):
        for run in store.runs(first + number * _HOUR):
            if not start <= run.at < end:
                continue
            collection.monitors.update(run.results, run.unmade)
            collection.unmade += len(run.unmade) if monitor is None else monitor in run.unmade
            for name, result in run.results.items():
                if monitor in (None, name):
                    collection.results += 1
                    yield encode_line(result, region=run.region, at=run.at)
        advanced(number + 1, hours)
