"""Hours of a deployment, simulated: a troubled one with two outages, and quiet ones.

The clock is compressed: a minute is as long as what is due in it takes. Nothing counts until the deployment has a past
(bench/seed.py), has judged its first runs and has written its site once.

Some of the site is written anew every three hours, so the quiet block is three hours long and counts a third of each.
Its second and third hour are not probed: quiet runs of before are repeated, since one quiet minute is like another.
Where there are very many monitors, nor are all minutes of its first hour, nor all quiet ones of the troubled hour: each
that is then stands for LARGE_EVERY.
"""

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from bench.deployment import TABLE, Deployment
from bench.flow import Flow
from bench.seed import overhead_of, repeat, seed_history
from bench.services import Target
from bench.table import Image, Table, Write
from bench.usage import Stored, Usage, total
from functions.adapters.dynamo_store import DynamoStore
from functions.adapters.keys import KEEP_HOURS, Retention, run_key, run_partition
from functions.config import Config
from functions.domain.run import Run

START = datetime(2026, 10, 7, 3, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
QUIET_HOURS = 3
WARM_UP = 10
"""Minutes that are probed before anything counts."""
ERROR_MINUTES = range(10, 15)
HANG_MINUTES = range(40, 42)
ERRING, HANGING = 1, 2
PROBED_IN_FULL, LARGE_EVERY = 100, 5
PROBE, REST = ("probe",), ("render", "rollup")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """What an hour of each kind used, and what is stored after the retention has filled up."""

    quiet: Usage
    troubled: Usage
    stored: Stored
    objects: Mapping[str, float]
    """Objects put in a quiet hour, by kind."""


@dataclass(slots=True)
class Simulation:
    """`say` is told what goes on."""

    flow: Flow
    target: Target
    config: Config
    say: Callable[[str], None]
    _quiet_runs: deque[list[Run]] = field(default_factory=lambda: deque(maxlen=60))
    """The runs of minutes that were probed while nothing was wrong."""

    def hours(self) -> Hours:
        """Simulate from START on."""
        self.say("seeding 90 days")
        self._seed()
        self.say("an hour with two outages")
        troubled = self._troubled_hour(START)
        self.say("three quiet hours")
        quiet = self._quiet_hour(START + HOUR)
        objects = {kind: n / QUIET_HOURS for kind, n in self.flow.objects.most_common()}
        return Hours(quiet=quiet, troubled=troubled, stored=self._stored(), objects=objects)

    @property
    def _deployment(self) -> Deployment:
        return self.flow.deployment

    def _store(self) -> DynamoStore:
        """Return a store whose requests nobody counts."""
        return DynamoStore(self._deployment.raw.client("dynamodb", endpoint_url=self._deployment.address), TABLE)

    def _seed(self) -> None:
        store = self._store()
        for n in range(WARM_UP, 0, -1):
            self._probe_or_repeat(START - n * MINUTE, 1, quiet=True)
        runs = [run for minute in self._quiet_runs for run in minute]
        seed_history(store, self.config.shards.values(), at=START, overhead_s=overhead_of(runs))
        for run in runs:
            for n in range(WARM_UP, 120, WARM_UP):
                store.put_run(repeat(run, run.at - n * MINUTE))
        total(self.flow.minute(START, *PROBE, *REST))

    def _troubled_hour(self, start: datetime) -> Usage:
        self.flow.metrics.clear()
        return total(self._troubled_minutes(start)).plus(self._metrics())

    def _troubled_minutes(self, start: datetime) -> Iterator[Usage]:
        busy = {*_around(ERROR_MINUTES), *_around(HANG_MINUTES)}
        probed = self._sample(busy=busy)
        for n in range(1, 61):
            at = start + n * MINUTE
            self.target.tell(error=[ERRING] if n in ERROR_MINUTES else [], hang=[HANGING] if n in HANG_MINUTES else [])
            yield self._probe_or_repeat(at, probed.get(n, 0), quiet=n not in busy)
            yield from self.flow.minute(at, *REST)

    def _quiet_hour(self, start: datetime) -> Usage:
        self.flow.metrics.clear()
        self.flow.objects.clear()
        sample = self._sample(busy=set())
        probed: list[Usage] = []
        rest: list[Usage] = []
        for n in range(1, 60 * QUIET_HOURS + 1):
            at = start + n * MINUTE
            probed.append(self._probe_or_repeat(at, sample.get(n, 0), quiet=True))
            rest += self.flow.minute(at, *REST)
        return total(probed).plus(total(rest).times(1 / QUIET_HOURS)).plus(self._metrics())

    def _metrics(self) -> Usage:
        """Return the custom metrics that got a value: each is billed for the hour."""
        return Usage(metric_hours=len(self.flow.metrics))

    def _sample(self, *, busy: set[int]) -> dict[int, float]:
        """Return the minutes of an hour that are probed, and for how many each stands."""
        every = 1 if len(self.config.monitors) <= PROBED_IN_FULL else LARGE_EVERY
        quiet = [n for n in range(1, 61) if n not in busy]
        taken = quiet[every - 1 :: every]
        return {**dict.fromkeys(busy, 1.0), **dict.fromkeys(taken, len(quiet) / len(taken))}

    def _probe_or_repeat(self, at: datetime, weight: float, *, quiet: bool) -> Usage:
        """Probe, for so many minutes; for none, have quiet runs of before judged again, uncounted."""
        if weight:
            usage = total(self.flow.minute(at, *PROBE)).times(weight)
            if quiet:
                runs = self._store().runs(at.replace(minute=0))
                self._quiet_runs.append([run for run in runs if run.at == at])
            return usage
        self._quiet_runs.rotate(-1)
        total(self.flow.judge(self._repeat_runs(at), at))
        return Usage()

    def _repeat_runs(self, at: datetime) -> list[Image]:
        """Write quiet runs of before again, uncounted, and return the stream's records of them."""
        store = self._store()
        writes = []
        for run in self._quiet_runs[-1]:
            store.put_run(repeat(run, at))
            key = (run_partition(at), run_key(at, run.shard, run.region))
            writes.append(Write(key=key, wanted=0, transactional=False))
        _, records = self._deployment.meter.table.settle(writes)
        return records

    def _stored(self) -> Stored:
        """Return the bytes of a deployment whose oldest items are just expiring."""
        retention, shards = Retention(), len(self.config.shards)
        kept = {
            f"RUN#{START:%Y-%m-%dT%H}": retention.runs / MINUTE,
            "HOUR": KEEP_HOURS / HOUR,
            "DAY": retention.days / timedelta(days=1),
            "STATE": 1,
        }
        client = self._deployment.raw.client("dynamodb", endpoint_url=self._deployment.address)
        table = Table(client=client, name=TABLE)
        return Stored(
            table_bytes=sum(shards * number * table.mean_bytes(partition) for partition, number in kept.items()),
            bucket_bytes=self._deployment.bucket_bytes(),
            log_days=self.flow.facts.log_days,
        )


def _around(minutes: range) -> range:
    """Return these minutes and those in which what happened there is confirmed to be over."""
    return range(minutes.start, minutes.stop + 3)
