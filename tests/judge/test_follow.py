"""What a warm judge remembers of what is usual."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from aws_lambda_powertools.utilities.data_classes.dynamo_db_stream_event import DynamoDBRecord

from functions.config import Config
from functions.domain.result import Attempt, Result
from functions.domain.run import Run
from functions.domain.spike import SpikeRule
from functions.domain.usual import Usual
from functions.domain.verdict import Verdict
from functions.judge.follow import Follower
from tests.fakes.configs import config
from tests.fakes.memory_store import MemoryStore
from tests.fakes.samples import NOON, minute
from tests.fakes.streams import run_image, stream

if TYPE_CHECKING:
    from datetime import datetime

PLAIN = config({"60s-0": ["api"]})
SPIKING = replace(PLAIN, monitors={"api": replace(PLAIN.monitors["api"], spike=SpikeRule())})


class CountingStore(MemoryStore):
    """A store that counts how often what is usual is read."""

    def __init__(self) -> None:
        super().__init__()
        self.reads = 0

    def usual(self, shard: str) -> Mapping[str, Mapping[str, Usual]]:
        """Return it, and count."""
        self.reads += 1
        return super().usual(shard)


def follow(store: CountingStore, of: Config, *times: "tuple[datetime, float]") -> list[str]:
    """Judge a run for each time and latency; return the kinds of the events."""
    follower = Follower(config=of, store=store)
    for at, milliseconds in times:
        result = Result(monitor="api", attempts=(Attempt(verdict=Verdict.UP, latency_ms=milliseconds),))
        record = stream(run_image(Run(shard="60s-0", at=at, region="eu-west-1", results={"api": result})))["Records"][0]
        follower.take(DynamoDBRecord(record))
    return [event.partition("-")[2].split("-")[-1] for event in follower.told()]


def test_a_spike_is_told_against_what_the_store_knows() -> None:
    """Three slow runs open an incident."""
    store = CountingStore()
    store.put_usual("60s-0", {"api": {"eu-west-1": Usual(median=80.0, tail=1.5)}})
    assert follow(store, SPIKING, *((minute(n), 700.0) for n in range(4))) == ["opened"]


def test_another_regions_past_is_no_measure() -> None:
    """What is usual in Ireland says nothing of Virginia."""
    store = CountingStore()
    store.put_usual("60s-0", {"api": {"us-east-1": Usual(median=80.0, tail=1.5)}})
    assert follow(store, SPIKING, *((minute(n), 700.0) for n in range(4))) == []


def test_what_is_usual_is_read_once_an_hour() -> None:
    """Also where nothing is known yet."""
    store = CountingStore()
    follow(store, SPIKING, *((NOON + timedelta(minutes=10 * n), 80.0) for n in range(12)))
    assert store.reads == 2


def test_where_no_spike_counts_it_is_never_read() -> None:
    """It costs nothing then."""
    store = CountingStore()
    follow(store, PLAIN, *((minute(n), 80.0) for n in range(3)))
    assert store.reads == 0
