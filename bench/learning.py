"""What learning the usual of many monitors with `spike: true` takes of the rollup function's memory and time.

    python -m bench.learning [MONITORS [REGIONS]]

Two weeks of hours are encoded onto disk and decoded as the table's are, then learnt from by the real code. The memory
is the most that the process had, over what it had before it began; an interpreter with boto3 has some 90 MB, and Lambda
counts that as well.
"""

import random
import resource
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import process_time

from bench.invocation import FULL_CPU_MB
from bench.latency import draw_s, median_s
from functions.domain.histogram import Histogram
from functions.domain.history import DayHistory, HourHistory, Span
from functions.domain.history_codec import decode_hour, encode_hour
from functions.domain.run import Run
from functions.domain.usual import MEMORY, Usual
from functions.rollup.learn import learn

A_SHARD = 100
SAMPLES = 40
"""Hours of a monitor that are drawn; the two weeks are made of these."""
AT = datetime(2026, 10, 7, 3, tzinfo=UTC)
HOUR = timedelta(hours=1)
ROLLUP_MB = 512


@dataclass(slots=True)
class HoursOnDisk:
    """The table's hours as files; also counts what reading took, so that it can be told apart."""

    folder: Path
    shards: Sequence[str]
    usual: dict[str, Mapping[str, Mapping[str, Usual]]] = field(default_factory=dict)
    largest: int = 0

    def hours(self, start: datetime, end: datetime) -> Sequence[HourHistory]:
        """Return the hours that start in [start, end), oldest first."""
        return [
            decode_hour(
                (self.folder / f"{start + n * HOUR:%d%H}-{shard}").read_bytes(), shard=shard, hour=start + n * HOUR
            )
            for n in range((end - start) // HOUR)
            for shard in self.shards
        ]

    def put_hour(self, history: HourHistory) -> None:
        """Write, replacing what was there."""
        data = encode_hour(history)
        self.largest = max(self.largest, len(data))
        (self.folder / f"{history.hour:%d%H}-{history.shard}").write_bytes(data)

    def put_usual(self, shard: str, usual: Mapping[str, Mapping[str, Usual]]) -> None:
        """Keep it."""
        self.usual[shard] = usual

    def runs(self, hour: datetime) -> Iterable[Run]:
        """Not read by learning."""
        raise NotImplementedError(hour)

    def put_day(self, history: DayHistory) -> None:
        """Not written by learning."""
        raise NotImplementedError(history)


def main(monitors: int = 1000, regions: int = 1) -> None:
    """Print what it took."""
    with tempfile.TemporaryDirectory(prefix="pulseboard-bench-") as folder:
        shards = [f"s{n}" for n in range(-(-monitors // A_SHARD))]
        store = HoursOnDisk(Path(folder), shards)
        names = [f"service-{n:04}" for n in range(monitors)]
        _fill(store, names, [f"region-{n}" for n in range(regions)])
        before, cpu = _most_mb(), process_time()
        learnt = learn(store, frozenset(names), at=AT)
        cpu = process_time() - cpu
        print(
            f"{monitors} monitors, {regions} region(s): {learnt} learnt, hours of up to {store.largest / 1024:.0f} KB"
        )
        print(f"memory {_most_mb() - before:.0f} MB over {before:.0f} MB")
        print(f"CPU {cpu:.1f} s, which is {cpu * FULL_CPU_MB / ROLLUP_MB:.0f} s at {ROLLUP_MB} MB")


def _fill(store: HoursOnDisk, names: Sequence[str], regions: Sequence[str]) -> None:
    chance = random.Random(4)  # noqa: S311 -- a made-up past, not a secret
    drawn = [[_hour(chance, number) for _ in range(SAMPLES)] for number in range(len(names))]
    for n in range(MEMORY // HOUR):
        for place, shard in enumerate(store.shards):
            numbers = range(place * A_SHARD, min(len(names), (place + 1) * A_SHARD))
            evidence = {names[each]: {region: chance.choice(drawn[each]) for region in regions} for each in numbers}
            spans = {name: Span(up=3600, latency=Histogram.merge(some.values())) for name, some in evidence.items()}
            store.put_hour(HourHistory(shard=shard, hour=AT - MEMORY + n * HOUR, spans=spans, evidence=evidence))


def _hour(chance: random.Random, number: int) -> Histogram:
    return Histogram.of(1000 * draw_s(chance, median_s(number)) for _ in range(60))


def _most_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
