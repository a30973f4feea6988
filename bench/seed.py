"""The past of a deployment that is 90 days old: an empty table would be cheaper to read than any real one."""

import random
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, time, timedelta

from bench.latency import draw_s, median_s
from bench.watched import service_of
from functions.adapters.dynamo_store import DynamoStore
from functions.domain.histogram import Histogram
from functions.domain.history import DayHistory, HourHistory, Span
from functions.domain.incident import Incident, IncidentStatus, Update
from functions.domain.monitor import Shard
from functions.domain.result import Failure
from functions.domain.state import ShardState
from functions.domain.verdict import FailureKind, Verdict
from functions.store import Judgement

DAYS, HOURS = 90, 49
INCIDENTS_A_DAY = 1
CHECKS_AN_HOUR = 60
DAY_TO_DAY = 0.05
"""How much slower or faster than the day before a service is: without it, numbers would only move by chance."""
SAMPLE, SAMPLES = 200, 8
"""Checks of a day that are drawn, and how many such days there are to choose from for each monitor."""


def seed_history(store: DynamoStore, shards: Iterable[Shard], *, at: datetime, overhead_s: float) -> None:
    """Write days and hours up to `at`, and an incident a day.

    `overhead_s` is what a check takes over its target's delay: a past that was quicker than the present would make
    every average move.
    """
    chance = random.Random(2)  # noqa: S311 -- a made-up past, not a secret
    shards = tuple(shards)
    failing_hours = INCIDENTS_A_DAY / 24 / sum(len(shard.monitors) for shard in shards)

    def span(sample: Histogram, hours: int) -> Span:
        down = 60 * sum(chance.random() < failing_hours for _ in range(hours))
        return _span(chance, sample, hours * CHECKS_AN_HOUR, down=down)

    seed_hours(store, shards, first=at - timedelta(hours=HOURS - 1), end=at, overhead_s=overhead_s)
    for shard in shards:
        # Drawing every check of 90 days would take longer than all the rest.
        samples = {
            monitor: [_drawn(chance, monitor, SAMPLE, overhead_s) for _ in range(SAMPLES)] for monitor in shard.monitors
        }
        for n in range(1, DAYS + 1):
            spans = {monitor: span(chance.choice(samples[monitor]), 24) for monitor in shard.monitors}
            store.put_day(DayHistory(shard=shard.id, day=(at - timedelta(days=n)).date(), spans=spans))
    monitors = [monitor for shard in shards for monitor in shard.monitors]
    for incident in _incidents(chance, monitors, at):
        store.commit(
            Judgement(state=ShardState(shard=f"past-{incident.id}", version=0, states={}), incidents=(incident,))
        )


def seed_hours(
    store: DynamoStore,
    shards: Iterable[Shard],
    *,
    first: datetime,
    end: datetime,
    overhead_s: float,
    day_to_day: float = 0,
) -> None:
    """Write the hours that start in [`first`, `end`), with as many failing ones as a day has incidents.

    `day_to_day` is the standard deviation of the logarithm by which all of a service's answers are later or sooner.
    """
    chance = random.Random(f"{first:%Y%m%d%H}")  # noqa: S311 -- a made-up past, not a secret
    shards = tuple(shards)
    failing_hours = INCIDENTS_A_DAY / 24 / sum(len(shard.monitors) for shard in shards)
    for shard in shards:
        pace = {monitor: chance.lognormvariate(0, day_to_day) for monitor in shard.monitors}
        for n in range((end - first) // timedelta(hours=1)):
            spans = {
                monitor: _span(
                    chance,
                    _drawn(chance, monitor, CHECKS_AN_HOUR, overhead_s, pace=pace[monitor]),
                    CHECKS_AN_HOUR,
                    down=60 * (chance.random() < failing_hours),
                )
                for monitor in shard.monitors
            }
            store.put_hour(HourHistory(shard=shard.id, hour=first + timedelta(hours=n), spans=spans))


def _drawn(chance: random.Random, monitor: str, checks: int, overhead_s: float, *, pace: float = 1) -> Histogram:
    median = pace * median_s(service_of(monitor))
    return Histogram.of(1000 * (overhead_s + draw_s(chance, median)) for _ in range(checks))


def _span(chance: random.Random, sample: Histogram, checks: int, *, down: int) -> Span:
    """Return `checks` checks with latencies as in `sample`, scaled up to as many."""
    weight = checks // sample.count
    latency = Histogram({bucket: weight * n + chance.randrange(weight) for bucket, n in sample.buckets.items()})
    return Span(up=checks * 60 - down, down=down, latency=latency)


def _incidents(chance: random.Random, monitors: list[str], at: datetime) -> Iterator[Incident]:
    for n in range(1, DAYS * INCIDENTS_A_DAY + 1):
        monitor = chance.choice(monitors)
        day = (at - timedelta(days=n)).date()
        start = datetime.combine(day, time(hour=13, minute=chance.randrange(60)), tzinfo=UTC)
        end = start + timedelta(minutes=8)
        yield Incident(
            id=f"{start:%Y%m%dT%H%M%SZ}-{chance.getrandbits(32):08x}",
            monitors=(monitor,),
            verdict=Verdict.DOWN,
            started_at=start,
            resolved_at=end,
            failure=Failure(kind=FailureKind.STATUS, reason="expected status 200, got 503"),
            status_code=503,
            announced=2,
            updates=(
                Update(at=start, status=IncidentStatus.INVESTIGATING, verdict=Verdict.DOWN, body="It answers 503."),
                Update(at=end, status=IncidentStatus.RESOLVED, verdict=Verdict.UP, body="It answers as expected."),
            ),
        )
