"""Recorded results as the runs that a deployment would have made of them."""

from array import array
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import groupby

from functions.domain.result import Result
from functions.domain.run import Run

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_MINUTE = timedelta(minutes=1)

Sighting = tuple[str, Result]
"""A region, and what it saw of a monitor."""


class Recording:
    """What was seen and when, in 12 bytes for each: a year of it fits into memory, in whatever order it comes.

    Most sightings of a monitor are the same as others, bar their time, and are kept once.
    """

    def __init__(self) -> None:
        self._times = array("q")
        self._which = array("I")
        self._sightings: list[Sighting] = []
        self._numbers: dict[tuple[str, int], int] = {}

    def __len__(self) -> int:
        return len(self._times)

    def add(self, at: datetime, region: str, result: Result) -> None:
        """Take in what `region` saw at `at` (aware)."""
        # The identity of a result is its own for as long as it is kept, which is from here on.
        number = self._numbers.setdefault((region, id(result)), len(self._sightings))
        if number == len(self._sightings):
            self._sightings.append((region, result))
        self._times.append((at - _EPOCH) // _MICROSECOND)
        self._which.append(number)

    def sort(self) -> None:
        """Bring it into the order of time; what is of one time stays in the order in which it came."""
        times, which = self._times, self._which
        if all(times[n] <= times[n + 1] for n in range(len(times) - 1)):
            return
        order = sorted(range(len(times)), key=times.__getitem__)
        self._times = array("q", (times[n] for n in order))
        self._which = array("I", (which[n] for n in order))

    def minutes(self) -> Iterator[tuple[datetime, Sequence[Sighting]]]:
        """Yield each scheduled minute (UTC) of which there is something, with what was seen in it."""
        for minute, numbers in groupby(range(len(self)), key=self._minute):
            yield _EPOCH + minute * _MINUTE, [self._sightings[self._which[number]] for number in numbers]

    @property
    def first(self) -> datetime:
        """Return the first scheduled minute; IndexError where nothing was recorded."""
        return _EPOCH + self._minute(0) * _MINUTE

    @property
    def last(self) -> tuple[datetime, Sighting]:
        """Return the last scheduled minute and what was seen last; IndexError where nothing was recorded."""
        return _EPOCH + self._minute(-1) * _MINUTE, self._sightings[self._which[-1]]

    def _minute(self, number: int) -> int:
        return self._times[number] // (_MINUTE // _MICROSECOND)


def runs_of(recorded: Recording, homes: Mapping[str, str]) -> Iterator[Run]:
    """Yield the runs, oldest first; `recorded` is in order of time, `homes` has each monitor's shard.

    What a region saw of a monitor a second time in one minute comes as the same run once more, which is what a
    schedule that fires twice looks like to the judge.
    """
    for minute, together in recorded.minutes():
        deliveries: dict[tuple[str, str], list[dict[str, Result]]] = {}
        for region, result in together:
            of_the_run = deliveries.setdefault((homes[result.monitor], region), [])
            results = next((results for results in of_the_run if result.monitor not in results), None)
            if results is None:
                results = {}
                of_the_run.append(results)
            results[result.monitor] = result
        for shard, region in sorted(deliveries):
            for results in deliveries[shard, region]:
                yield Run(shard=shard, at=minute, region=region, results=results)
