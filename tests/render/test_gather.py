"""What has settled is read once an hour; what still moves is read each time."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from functions.domain.history import DayHistory, HourHistory
from functions.domain.page import Page
from functions.domain.rollup import day_histories, hour_histories
from functions.domain.run import Run
from functions.domain.snapshot import Snapshot
from functions.domain.summary import summarise
from functions.domain.verdict import Verdict
from functions.render.gather import Memory, gather
from tests.fakes.history import monitor, run, utc
from tests.fakes.memory_store import MemoryStore

MIDNIGHT = utc(2026, 11, 22)
SHARDS = ("60s-0",)
PAGE = Page(id="acme", title="Acme", monitors=("api",))


class CountingStore(MemoryStore):
    """Notes how many runs, hours and days it has handed out: what a bill is made of."""

    def __init__(self) -> None:
        super().__init__()
        self.read: Counter[str] = Counter()

    def runs(self, hour: datetime) -> Sequence[Run]:
        """Count the runs."""
        found = super().runs(hour)
        self.read["runs"] += len(found)
        return found

    def hours(self, start: datetime, end: datetime) -> Sequence[HourHistory]:
        """Count the hours."""
        found = super().hours(start, end)
        self.read["hours"] += len(found)
        return found

    def days(self, start: date, end: date) -> Sequence[DayHistory]:
        """Count the days."""
        found = super().days(start, end)
        self.read["days"] += len(found)
        return found


def record_runs(store: MemoryStore, start: datetime, minutes: int) -> None:
    """Record a run for each minute; each eleventh is down."""
    for minute in range(minutes):
        at = start + timedelta(minutes=minute)
        store.put_run(run(at, Verdict.DOWN if minute % 11 == 0 else Verdict.UP))


def roll(store: MemoryStore, hour: datetime) -> None:
    """Do what rollup does."""
    for history in hour_histories(store.runs(hour)):
        store.put_hour(history)
    start = hour.replace(hour=0)
    for total in day_histories(MemoryStore.hours(store, start, start + timedelta(days=1))):
        store.put_day(total)


def shown(store: MemoryStore, memory: Memory, at: datetime) -> Snapshot:
    """Return the snapshot that a rendering at `at` shows."""
    return summarise(PAGE, {"api": monitor()}, gather(store, memory, shards=SHARDS, at=at), url="", at=at)


def test_the_snapshot_is_the_same_whether_rollup_was_early_late_or_the_memory_cold() -> None:
    """Numbers do not jump when an hour moves from runs into history."""
    store = CountingStore()
    for hour in range(24, 0, -1):
        record_runs(store, MIDNIGHT - timedelta(hours=hour), 60)
        if hour > 1:
            roll(store, MIDNIGHT - timedelta(hours=hour))
    record_runs(store, MIDNIGHT, 4)
    at = MIDNIGHT + timedelta(minutes=4)
    memory = Memory()
    before = shown(store, memory, at)
    assert shown(store, memory, at) == before
    roll(store, MIDNIGHT - timedelta(hours=1))
    assert shown(store, memory, at) == before
    assert shown(store, Memory(), at) == before
    assert before.monitors[0].days[-2].uptime.down_seconds == 24 * 6 * 60


def test_a_warm_function_reads_the_past_once_an_hour() -> None:
    """Twelve renderings: the days and hours once, the ended hour's runs only until rollup has done it."""
    store = CountingStore()
    for hour in range(3 * 24):
        start = MIDNIGHT - timedelta(days=3) + timedelta(hours=hour)
        record_runs(store, start, 60)
        if hour < 3 * 24 - 1:
            roll(store, start)
    record_runs(store, MIDNIGHT, 60)
    store.read.clear()
    memory = Memory()
    gather(store, memory, shards=SHARDS, at=MIDNIGHT)
    assert store.read == {"days": 2, "hours": 23, "runs": 120}
    roll(store, MIDNIGHT - timedelta(hours=1))
    store.read.clear()
    gather(store, memory, shards=SHARDS, at=MIDNIGHT + timedelta(minutes=5))
    # One hour to see that it is there, then the whole past with it.
    assert store.read == {"days": 2, "hours": 1 + 24, "runs": 60}
    store.read.clear()
    for minute in range(10, 60, 5):
        gather(store, memory, shards=SHARDS, at=MIDNIGHT + timedelta(minutes=minute))
    assert store.read == {"runs": 10 * 60}


def test_a_dead_shard_does_not_make_each_rendering_read_the_past() -> None:
    """An hour that will never come is asked for with one small query."""
    store = CountingStore()
    record_runs(store, MIDNIGHT - timedelta(hours=1), 60)
    roll(store, MIDNIGHT - timedelta(hours=1))
    memory = Memory()
    gather(store, memory, shards=("60s-0", "60s-dead"), at=MIDNIGHT)
    store.read.clear()
    gather(store, memory, shards=("60s-0", "60s-dead"), at=MIDNIGHT + timedelta(minutes=5))
    assert store.read["days"] == 0
    assert store.read["hours"] == 1
