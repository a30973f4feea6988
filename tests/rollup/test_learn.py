"""From runs to what is usual: which checks are evidence, which monitors are learnt, and how far back it looks."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest

from functions.domain.histogram import Histogram
from functions.domain.history import HourHistory
from functions.domain.result import Attempt, Result
from functions.domain.rollup import hour_histories
from functions.domain.run import Run
from functions.domain.usual import MEMORY
from functions.domain.verdict import Verdict
from functions.rollup.learn import EVERY, is_due, learn
from functions.rollup.request import Rebuild
from functions.rollup.roll_up import rebuild, roll_up
from tests.fakes.memory_store import MemoryStore
from tests.fakes.samples import NOON, minute

HOUR = timedelta(hours=1)


def attempt(milliseconds: float | None, verdict: Verdict = Verdict.UP, *, busy: bool = False) -> Attempt:
    """Return one try."""
    return Attempt(verdict=verdict, latency_ms=milliseconds, busy=busy)


def a_run(at: datetime, *attempts: Attempt, region: str = "eu") -> Run:
    """Return a run of two monitors that saw the same."""
    results = {m: Result(monitor=m, attempts=attempts) for m in ("api", "other")}
    return Run(shard="60s-0", at=at, region=region, results=results)


@pytest.mark.parametrize(
    ("attempts", "evident"),
    [
        pytest.param([attempt(100.0)], True, id="a good first attempt"),
        pytest.param([attempt(100.0, busy=True)], False, id="measured by a busy probe"),
        pytest.param([attempt(100.0, Verdict.DOWN), attempt(100.0)], False, id="a second attempt"),
        pytest.param([attempt(100.0, Verdict.DEGRADED)], False, id="degraded"),
        pytest.param([attempt(100.0, Verdict.DOWN)], False, id="down"),
        pytest.param([attempt(None)], False, id="without a time"),
    ],
)
def test_what_is_evidence(attempts: Sequence[Attempt], *, evident: bool) -> None:
    """Of the monitors that are asked for, and of no other."""
    (history,) = hour_histories([a_run(NOON, *attempts)], evidence_of={"api"})
    assert history.evidence == ({"api": {"eu": Histogram.of([100.0])}} if evident else {})


def test_regions_are_kept_apart() -> None:
    """What is usual from afar is slow from nearby."""
    runs = [a_run(NOON, attempt(20.0)), a_run(NOON, attempt(300.0), region="us"), a_run(minute(1), attempt(22.0))]
    (history,) = hour_histories(runs, evidence_of={"api"})
    assert history.evidence == {"api": {"eu": Histogram.of([20.0, 22.0]), "us": Histogram.of([300.0])}}


def filled(start: datetime, hours: int, milliseconds: float) -> MemoryStore:
    """Return a store of hours with sixty checks of one length each."""
    store = MemoryStore()
    for n in range(hours):
        evidence = {m: {"eu": Histogram.of([milliseconds] * 60)} for m in ("api", "other")}
        store.put_hour(HourHistory(shard="60s-0", hour=start + HOUR * n, spans={}, evidence=evidence))
    return store


def test_only_the_monitors_that_are_asked_for_are_learnt() -> None:
    """Others may have evidence from a time when their spikes counted."""
    store = filled(NOON - 5 * HOUR, 5, 100.0)
    assert learn(store, {"api", "new"}, at=NOON) == 1
    assert list(store.usual("60s-0")) == ["api"]
    assert store.usual("60s-0")["api"]["eu"].median == pytest.approx(100, rel=0.03)


def test_where_no_spike_counts_nothing_is_read_or_written() -> None:
    """It costs nothing then."""

    class Unread(MemoryStore):
        def hours(self, start: datetime, end: datetime) -> Sequence[HourHistory]:
            raise AssertionError(f"read from {start} to {end}")

    assert learn(Unread(), set(), at=NOON) == 0


def test_it_looks_back_two_weeks_and_no_further() -> None:
    """What was before does not count any more, and the hour that runs does not count yet."""
    old = filled(NOON - MEMORY - 3 * HOUR, 3, 100.0)
    assert learn(old, {"api"}, at=NOON) == 0
    running = filled(NOON, 1, 100.0)
    assert learn(running, {"api"}, at=NOON + timedelta(minutes=5)) == 0
    edge = filled(NOON - MEMORY, 1, 100.0)
    assert learn(edge, {"api"}, at=NOON) == 1


def test_it_is_due_every_few_hours() -> None:
    """Rollup comes at five past each hour."""
    assert sum(is_due(NOON + HOUR * n + timedelta(minutes=5)) for n in range(24)) == 24 // EVERY


def test_from_runs_to_what_is_usual_hourly_or_rebuilt() -> None:
    """The evidence of an hour is the same, whichever way the hour was computed."""
    hourly, rebuilt = MemoryStore(), MemoryStore()
    for n in range(180):
        for store in (hourly, rebuilt):
            store.put_run(a_run(minute(n), attempt(100.0 + n % 7)))
    for n in range(1, 4):
        roll_up(hourly, at=NOON + HOUR * n, evidence_of={"api"})
    rebuild(
        rebuilt,
        Rebuild(start=NOON.date(), end=NOON.date()),
        at=NOON + 3 * HOUR,
        seconds_left=lambda: 900.0,
        evidence_of={"api"},
    )
    for store in (hourly, rebuilt):
        assert learn(store, {"api"}, at=NOON + 3 * HOUR) == 1
    assert hourly.usual("60s-0") == rebuilt.usual("60s-0")
