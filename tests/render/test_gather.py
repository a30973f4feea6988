"""What has settled is read once an hour; what still moves is read each time."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta

import pytest

from functions.domain.histogram import Histogram
from functions.domain.history import DayHistory, HourHistory, Span
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

    def runs(self, hour: datetime, *, since: datetime | None = None) -> Sequence[Run]:
        """Count the runs."""
        found = super().runs(hour, since=since)
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


def seen(store: MemoryStore, memory: Memory, at: datetime) -> int:
    """Return how many minutes of the running hour a rendering at `at` knows."""
    (running,) = gather(store, memory, shards=SHARDS, at=at).live
    return running.spans["api"].known // 60


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
    # Yesterday's hours, and those of the two days before for the chart of a week, which are read once a day.
    assert store.read == {"days": 2, "hours": 23 + 48, "runs": 120}
    roll(store, MIDNIGHT - timedelta(hours=1))
    store.read.clear()
    gather(store, memory, shards=SHARDS, at=MIDNIGHT + timedelta(minutes=5))
    # One hour to see that it is there, then the hours since yesterday with it; of the runs the last ten minutes'.
    assert store.read == {"hours": 1 + 24, "runs": 11}
    store.read.clear()
    for minute in range(10, 60, 5):
        gather(store, memory, shards=SHARDS, at=MIDNIGHT + timedelta(minutes=minute))
    assert store.read == {"runs": 10 * 11}


def test_runs_that_come_late_are_counted() -> None:
    """Some minutes late at once; later than that when rollup has done their hour, as a new instance sees it."""
    store = CountingStore()
    late = {MIDNIGHT + timedelta(minutes=5), MIDNIGHT + timedelta(minutes=25)}
    minutes = [MIDNIGHT + timedelta(minutes=n) for n in range(30)]
    for at in minutes:
        if at not in late:
            store.put_run(run(at, Verdict.UP))
    memory = Memory()
    now = MIDNIGHT + timedelta(minutes=30)
    assert seen(store, memory, now) == 28
    for at in late:
        store.put_run(run(at, Verdict.UP))
    assert seen(store, memory, now) == 29
    assert seen(store, Memory(), now) == 30


def test_history_that_is_built_again_is_seen_within_hours() -> None:
    """The days before yesterday are kept for a quarter of a day, and not until the next."""
    store = CountingStore()
    day = MIDNIGHT.date() - timedelta(days=5)
    store.put_day(DayHistory(shard="60s-0", day=day, spans={"api": Span(up=86_400)}))
    memory = Memory()
    assert shown(store, memory, MIDNIGHT).monitors[0].days[-6].uptime.down_seconds == 0
    store.put_day(DayHistory(shard="60s-0", day=day, spans={"api": Span(up=86_000, down=400)}))
    assert shown(store, memory, MIDNIGHT + timedelta(hours=5)).monitors[0].days[-6].uptime.down_seconds == 0
    assert shown(store, memory, MIDNIGHT + timedelta(hours=6)).monitors[0].days[-6].uptime.down_seconds == 400


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


def test_what_is_older_is_read_once_a_day_and_shown_as_months() -> None:
    """A year ago is on the calendar, and costs nothing until the next day begins."""
    store = CountingStore()
    for age in range(400):
        bad = Span(up=86_400 - 600, down=600) if age == 200 else Span(up=86_400)
        store.put_day(DayHistory(shard="60s-0", day=MIDNIGHT.date() - timedelta(days=age), spans={"api": bad}))
    memory = Memory()
    months = shown(store, memory, MIDNIGHT + timedelta(hours=1)).monitors[0].months
    assert [month.first for month in months][:2] == [date(2026, 11, 1), date(2026, 10, 1)]
    assert months[-1].first == date(2025, 11, 1)
    assert [len(month.days) for month in months] == [22, 31, 30, 31, 31, 30, 31, 30, 31, 28, 31, 31, 30]
    bad_month = next(month for month in months if month.uptime.down_seconds)
    assert bad_month.first == date(2026, 5, 1)
    assert (bad_month.uptime.percent, bad_month.uptime.coverage) == (99.97, 100.0)
    assert [bar.day for bar in bad_month.days if bar.verdict is Verdict.DOWN] == [date(2026, 5, 6)]
    assert all(month.uptime.coverage == 100.0 for month in months[1:])
    store.read.clear()
    gather(store, memory, shards=SHARDS, at=MIDNIGHT + timedelta(hours=23))
    assert store.read["days"] == 89
    store.read.clear()
    gather(store, memory, shards=SHARDS, at=MIDNIGHT + timedelta(hours=25))
    assert store.read["days"] > 300


def test_a_week_is_drawn_from_hours_wherever_they_are() -> None:
    """Hours read once a day, hours of yesterday and the running one make one line; days make another."""
    store = CountingStore()
    for age in range(1, 8 * 24):
        start = MIDNIGHT + timedelta(hours=10 - age)
        latency = Histogram.of([float(100 + age)])
        store.put_hour(HourHistory(shard="60s-0", hour=start, spans={"api": Span(up=3600, latency=latency)}))
    record_runs(store, MIDNIGHT + timedelta(hours=10), 5)
    view = shown(store, Memory(), MIDNIGHT + timedelta(hours=10, minutes=5)).monitors[0]
    assert len(view.week) == 6 * 24 + 11
    assert view.week[0].at == MIDNIGHT - timedelta(days=6)
    assert all(point.p50 is not None for point in view.week)
    assert view.week[-1].p50 == pytest.approx(120, rel=0.02)
    assert view.week[-2].p99 == pytest.approx(101, rel=0.02)
    assert [point.p50 is not None for point in view.daily[-3:]] == [False, True, True]
    assert view.daily[-1].at == MIDNIGHT
