"""Hours of a deployment, simulated: a troubled one with two outages, and quiet ones.

The clock is compressed: a minute is as long as what is due in it takes. Nothing counts until the deployment has a past
(bench/seed.py), has judged its first runs and has written its site once.

Some of the site is written anew every three hours (functions/render/site.py). So there are two quiet hours: one in
which that falls due, which counts a third, and one in which it does not, which counts two.

Badges of response times are drawn once a day. So a day later, with history of its own, comes one rendering more: all
that it does is what a day adds, but for what it writes beside badges, and for the badges that the hours above renew.

Judging, announcing, rendering and rolling up are done for real in every minute. A probe takes seconds, because it is
paced and waits for its targets as in Lambda, and one quiet minute is like another. So of the quiet minutes every
QUIET_EVERY-th has one of the shards probed, in turn; of each outage the first PROBED minutes. All other runs are those
again with new delays (bench/recorded.py), written and judged, and count what probing one of their kind used on average.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from bench.deployment import TABLE, Deployment
from bench.flow import Flow
from bench.recorded import Kind, Recorded, overhead_of
from bench.seed import DAY_TO_DAY, seed_history, seed_hours
from bench.services import Target
from bench.table import Image, Table, Write
from bench.usage import Stored, Usage, total
from bench.watched import monitor_of
from functions.adapters.dynamo_store import DynamoStore
from functions.adapters.keys import KEEP_HOURS, Retention, run_key, run_partition
from functions.config import Config
from functions.domain.badge_look import BadgeName
from functions.domain.run import Run
from functions.render.badges import RESTLESS
from functions.render.site import QUIET_PERIOD

START = datetime(2026, 10, 7, 4, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
RENEWED_EVERY = QUIET_PERIOD // HOUR
"""Quiet hours of which one has the pages renewed: the one up to 06:00, the second after START."""
WARM_UP = 2
"""Minutes in which all shards are probed before anything counts."""
ERROR_MINUTES = range(10, 15)
HANG_MINUTES = range(40, 42)
ERRING, HANGING = 1, 2
"""The services that fail in these minutes."""
QUIET_EVERY = 6
PROBED = {Kind.ERROR: 2, Kind.HANG: 1}
REST = ("render", "rollup")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """What an hour of each kind used, and what is stored after the retention has filled up."""

    quiet: Usage
    troubled: Usage
    stored: Stored
    objects: Mapping[str, float]
    """Objects put in a quiet hour, by kind."""
    once_a_day: Usage
    """What the first rendering of a day adds."""
    objects_once_a_day: Mapping[str, float]


@dataclass(slots=True)
class Simulation:
    """`say` is told what goes on."""

    flow: Flow
    target: Target
    config: Config
    say: Callable[[str], None]
    recorded: Recorded = field(default_factory=Recorded)
    _quiet_minutes: int = 0
    _overhead_s: float = 0
    _unprobed: Counter[Kind] = field(default_factory=Counter)

    def hours(self) -> Hours:
        """Simulate from START on."""
        self.say("seeding 90 days")
        self._seed()
        self.say("an hour with two outages")
        troubled = self._hour(START, _outages())
        self.say("a quiet hour with all pages renewed")
        renewing, written = self._hour(START + HOUR, {}), Counter(self.flow.objects)
        self.say("a quiet hour without")
        still, written_still = self._hour(START + 2 * HOUR, {}), Counter(self.flow.objects)
        self.say("a day later")
        once_a_day, badges = self._day_later(START + 3 * HOUR)
        often = (RENEWED_EVERY - 1) / RENEWED_EVERY
        # Only now: what one quiet run uses is known best from all that were probed.
        return Hours(
            quiet=self._whole(renewing).times(1 - often).plus(self._whole(still).times(often)),
            troubled=self._whole(troubled),
            stored=self._stored(),
            objects={
                kind: (1 - often) * written[kind] + often * written_still[kind]
                for kind, _ in (written + written_still).most_common()
            },
            once_a_day=once_a_day,
            objects_once_a_day=badges,
        )

    @property
    def _deployment(self) -> Deployment:
        return self.flow.deployment

    def _store(self) -> DynamoStore:
        """Return a store whose requests nobody counts."""
        return DynamoStore(self._deployment.raw.client("dynamodb", endpoint_url=self._deployment.address), TABLE)

    def _seed(self) -> None:
        store = self._store()
        for n in range(WARM_UP, 0, -1):
            at = START - n * MINUTE
            for shard in self.config.shards:
                _, records = self.flow.probe(shard, at)
                self.recorded.keep(Kind.QUIET, self._run(shard, at))
                total(self.flow.judge(records, at))
        runs = list(self.recorded.runs.values())
        self._overhead_s = overhead_of(runs)
        seed_history(store, self.config.shards.values(), at=START, overhead_s=self._overhead_s)
        for run in runs:
            # The hours before START as the page's short history needs them: every tenth minute.
            for n in range(10, 120, 10):
                store.put_run(self.recorded.again(Kind.QUIET, run.shard, START - n * MINUTE))
        total(self.flow.minute(START, *REST))

    def _day_later(self, now: datetime) -> tuple[Usage, Mapping[str, float]]:
        """Return what the first rendering of the next day uses, and which badges it writes, by kind."""
        later = now + DAY
        # With the past's own overhead: another one would change every number at once.
        seed_hours(
            self._store(),
            self.config.shards.values(),
            first=now,
            end=later,
            overhead_s=self._overhead_s,
            day_to_day=DAY_TO_DAY,
        )
        for shard in self.config.shards:
            total(self.flow.judge(self._write(self.recorded.again(Kind.QUIET, shard, later)), later))
        self.flow.objects.clear()
        used = total(self.flow.minute(later, "render"))
        badges = {
            kind: number
            for kind, number in self.flow.objects.items()
            if kind.startswith("badge ") and not counted_elsewhere(kind)
        }
        return replace(used, s3_writes=sum(badges.values())), badges

    def _hour(self, start: datetime, outages: Mapping[int, Kind]) -> tuple[Usage, Mapping[Kind, int]]:
        """Return what an hour used but for the probes that were not made, and how many these were by kind."""
        self.flow.metrics.clear()
        self.flow.objects.clear()
        self._unprobed.clear()
        used = total(usage for n in range(1, 61) for usage in self._minute(start, n, outages))
        metrics = Usage(metric_hours=len(self.flow.metrics))  # each is billed for every hour in which it got a value
        return used.plus(metrics), dict(self._unprobed)

    def _whole(self, hour: tuple[Usage, Mapping[Kind, int]]) -> Usage:
        used, unprobed = hour
        return used.plus(self.recorded.estimated(unprobed))

    def _minute(self, start: datetime, n: int, outages: Mapping[int, Kind]) -> Iterator[Usage]:
        at, kind = start + n * MINUTE, outages.get(n, Kind.QUIET)
        self.target.tell(error=[ERRING] if kind is Kind.ERROR else [], hang=[HANGING] if kind is Kind.HANG else [])
        in_turn = self._shard_in_turn() if kind is Kind.QUIET else None
        for shard in self.config.shards:
            one = kind if shard == self._broken_shard() else Kind.QUIET
            if shard == in_turn or (one is not Kind.QUIET and self.recorded.times(one) < PROBED[one]):
                usage, records = self.flow.probe(shard, at)
                self.recorded.keep(one, self._run(shard, at), usage)
                yield usage
            else:
                self._unprobed[one] += 1
                records = self._write(self.recorded.again(one, shard, at))
            yield from self.flow.judge(records, at)
        yield from self.flow.minute(at, *REST)

    def _shard_in_turn(self) -> str | None:
        """Return the shard that is probed in this quiet minute, where one is."""
        self._quiet_minutes += 1
        turn, rest = divmod(self._quiet_minutes, QUIET_EVERY)
        shards = tuple(self.config.shards)
        return None if rest else shards[turn % len(shards)]

    def _broken_shard(self) -> str:
        wanted = {monitor_of(ERRING), monitor_of(HANGING)}
        return next(shard.id for shard in self.config.shards.values() if wanted <= {*shard.monitors})

    def _run(self, shard: str, at: datetime) -> Run:
        hour = at.replace(minute=0)
        return next(run for run in self._store().runs(hour) if run.at == at and run.shard == shard)

    def _write(self, run: Run) -> list[Image]:
        """Write a run, uncounted, and return the stream's records of it."""
        self._store().put_run(run)
        key = (run_partition(run.at), run_key(run.at, run.shard, run.region))
        _, records = self._deployment.meter.table.settle([Write(key=key, wanted=0, transactional=False)])
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


def counted_elsewhere(kind: str) -> bool:
    """Tell whether a badge is written without a new day: the quiet hours count those, and its certificate a rule.

    All of the simulation's certificates are the same one, which changes for all monitors or for none.
    """
    name = kind.rpartition(": ")[2].partition(".")[0]
    return name == BadgeName.CERTIFICATE or RESTLESS.get(name, DAY) < DAY


def _outages() -> dict[int, Kind]:
    """Return which minutes of the troubled hour are not quiet."""
    return {**dict.fromkeys(ERROR_MINUTES, Kind.ERROR), **dict.fromkeys(HANG_MINUTES, Kind.HANG)}
