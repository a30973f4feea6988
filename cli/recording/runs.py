"""Recorded results as the runs that a deployment would have made of them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from functions.domain.result import Result
from functions.domain.run import Run

_Results = dict[str, Result]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """What a region saw of a monitor; `at` is in UTC."""

    at: datetime
    region: str
    result: Result

    @property
    def minute(self) -> datetime:
        """Return the scheduled minute that the check belongs to."""
        return self.at.replace(second=0, microsecond=0)


def runs_of(recorded: Iterable[Recorded], homes: Mapping[str, str]) -> Iterator[Run]:
    """Yield the runs, oldest first; `recorded` is in order of time, `homes` has each monitor's shard.

    What a region saw of a monitor a second time in one minute comes as the same run once more, which is what a
    schedule that fires twice looks like to the judge.
    """
    for minute, together in groupby(recorded, key=lambda one: one.minute):
        deliveries: defaultdict[tuple[str, str], list[_Results]] = defaultdict(list)
        seen: defaultdict[tuple[str, str], int] = defaultdict(int)
        for one in together:
            monitor = one.result.monitor
            times = seen[monitor, one.region]
            seen[monitor, one.region] += 1
            of_the_run = deliveries[homes[monitor], one.region]
            if times == len(of_the_run):
                of_the_run.append({})
            of_the_run[times][monitor] = one.result
        for (shard, region), of_the_run in sorted(deliveries.items(), key=lambda item: item[0]):
            for results in of_the_run:
                yield Run(shard=shard, at=minute, region=region, results=results)
