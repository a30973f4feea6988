"""Hourly or rebuilt, late or repeated: the same history."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from functions.domain.public_figures import Uptime
from functions.domain.rollup import day_histories, hour_histories
from functions.domain.run import Run
from functions.domain.uptime import uptime
from functions.domain.verdict import Verdict
from functions.rollup.request import Rebuild, RebuildRequestError, read_request
from functions.rollup.roll_up import rebuild, roll_up
from tests.fakes.history import run, utc
from tests.fakes.memory_store import MemoryStore

MIDNIGHT = utc(2026, 11, 22)
TODAY = date(2026, 11, 22)
ALWAYS = timedelta(days=30)
DAY = timedelta(days=1)


def history(store: MemoryStore) -> tuple[object, object]:
    """Return all that rollup has written."""
    return store.hours(MIDNIGHT - ALWAYS, MIDNIGHT + ALWAYS), store.days(TODAY - ALWAYS, TODAY + ALWAYS)


@st.composite
def some_runs(draw: st.DrawFn) -> list[Run]:
    """Draw runs between 18:00 and 06:00 the next morning."""
    minutes = draw(st.lists(st.integers(-360, 359), unique=True, max_size=40))
    verdicts = st.sampled_from([Verdict.UP, Verdict.DEGRADED, Verdict.DOWN])
    return [run(MIDNIGHT + timedelta(minutes=minute), draw(verdicts)) for minute in sorted(minutes)]


@settings(max_examples=50)
@given(some_runs(), st.data())
def test_hourly_and_rebuilt_are_the_same(runs: list[Run], data: st.DataObject) -> None:
    """Runs come up to two hours late, and some rollups never happen: in the end the numbers are those of all runs."""
    hourly, rebuilt = MemoryStore(), MemoryStore()
    lateness = {r.at: data.draw(st.integers(0, 60)) for r in runs}
    missed = data.draw(st.sets(st.integers(-5, 5), max_size=4))
    for hour in range(-6, 8):
        now = MIDNIGHT + timedelta(hours=hour, minutes=5)
        for r in runs:
            if r.at + timedelta(minutes=lateness[r.at]) <= now:
                hourly.put_run(r)
        if hour not in missed:
            roll_up(hourly, at=now)
    for r in runs:
        rebuilt.put_run(r)
    rebuild(
        rebuilt,
        Rebuild(start=TODAY - DAY, end=TODAY),
        at=MIDNIGHT + timedelta(hours=8),
        seconds_left=lambda: 900.0,
    )
    hours = hour_histories(runs)
    assert history(rebuilt) == (list(hours), list(day_histories(hours)))
    if not missed:
        assert history(hourly) == history(rebuilt)


def test_an_hour_that_was_missed_is_made_up_for() -> None:
    """Rollup was away at 04:05 and 05:05: at 06:05 it does the day's missing hours too."""
    store = MemoryStore()
    for minute in range(6 * 60):
        store.put_run(run(MIDNIGHT + timedelta(minutes=minute)))
    roll_up(store, at=MIDNIGHT + timedelta(hours=6, minutes=5))
    (day,) = store.days(TODAY, TODAY + DAY)
    assert day.spans["api"].up == 6 * 3600


def test_the_running_hour_is_left_alone() -> None:
    """It is not over: the page computes it from its runs."""
    store = MemoryStore()
    store.put_run(run(MIDNIGHT + timedelta(minutes=59)))
    roll_up(store, at=MIDNIGHT + timedelta(minutes=59))
    assert history(store) == ([], [])


def test_a_second_rollup_writes_no_hour() -> None:
    """Writes are what costs."""
    store = MemoryStore()
    store.put_run(run(MIDNIGHT))
    at = MIDNIGHT + timedelta(hours=1, minutes=5)
    assert roll_up(store, at=at).hours_written == 1
    assert roll_up(store, at=at).hours_written == 0


def test_an_hour_whose_runs_have_expired_keeps_its_history() -> None:
    """Rebuilding from half of the runs must not forget the other half."""
    whole, half = MemoryStore(), MemoryStore()
    for minute in range(60):
        whole.put_run(run(MIDNIGHT + timedelta(minutes=minute), Verdict.DOWN))
        if minute >= 30:
            half.put_run(run(MIDNIGHT + timedelta(minutes=minute), Verdict.DOWN))
    at = MIDNIGHT + timedelta(hours=2)
    roll_up(whole, at=at)
    for hour in whole.hours(MIDNIGHT, at):
        half.put_hour(hour)
    rebuild(half, Rebuild(start=TODAY, end=TODAY), at=at, seconds_left=lambda: 900.0)
    assert history(half) == history(whole)


def test_a_rebuild_without_time_says_what_is_left() -> None:
    """Each day takes 100 s here: with 350 s two are done, and the rest is an event to send again."""
    store = MemoryStore()
    clock = iter(range(350, -1000, -50))
    done = rebuild(
        store,
        Rebuild(start=TODAY - 4 * DAY, end=TODAY),
        at=MIDNIGHT + DAY,
        seconds_left=lambda: float(next(clock)),
    )
    assert 0 < done.days < 5
    assert done.left is not None
    assert done.left.event() == {
        "rebuild": {"from": str(TODAY - (4 - done.days) * DAY), "to": str(TODAY)},
    }


@pytest.mark.parametrize("event", [{}, {"time": "2026-11-22T15:05:00Z"}])
def test_anything_else_is_the_hourly_rollup(event: dict[str, object]) -> None:
    """The schedule sends nothing."""
    assert read_request(event, today=TODAY) is None


@pytest.mark.parametrize(
    ("wanted", "days"),
    [
        ({"from": "2026-11-01", "to": "2026-11-22"}, 22),
        ({"from": "2026-11-22", "to": "2026-11-22"}, 1),
        ({"from": "2026-08-15", "to": "2026-08-15"}, 1),
    ],
)
def test_a_rebuild_names_its_days(wanted: object, days: int) -> None:
    """Both ends are included."""
    span = read_request({"rebuild": wanted}, today=TODAY)
    assert span is not None
    assert len(span.days()) == days
    assert span.event() == {"rebuild": wanted}


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        (None, "rebuild must be"),
        ("2026-11-22", "rebuild must be"),
        ({"from": "2026-11-22"}, "rebuild must be"),
        ({"from": "2026-11-22", "to": "2026-11-22", "shard": "60s-0"}, "rebuild must be"),
        ({"from": "yesterday", "to": "2026-11-22"}, "rebuild.from must be a day"),
        ({"from": "2026-11-22", "to": 20261122}, "rebuild.to must be a day"),
        ({"from": "2026-02-30", "to": "2026-11-22"}, "rebuild.from must be a day"),
        ({"from": "2026-11-22", "to": "2026-11-21"}, "is before rebuild.from"),
        ({"from": "2026-11-22", "to": "2026-11-23"}, "in the future"),
        ({"from": "2026-08-14", "to": "2026-11-22"}, "2026-08-15 is the earliest"),
    ],
)
def test_a_request_that_makes_no_sense_is_told_why(wanted: object, message: str) -> None:
    """The message names the key and what would be right."""
    with pytest.raises(RebuildRequestError, match=message):
        read_request({"rebuild": wanted}, today=TODAY)


def in_the_morning(monitor: str, at: datetime) -> bool:
    """Tell of a window from 01:00 to 02:00."""
    return monitor == "api" and MIDNIGHT + timedelta(hours=1) <= at < MIDNIGHT + timedelta(hours=2)


def test_maintenance_is_neither_up_nor_down_and_no_gap() -> None:
    """Whatever was seen in the window, and however long it took."""
    store = MemoryStore()
    for minutes in range(180):
        store.put_run(run(MIDNIGHT + timedelta(minutes=minutes), Verdict.DOWN if 50 <= minutes < 90 else Verdict.UP))
    roll_up(store, at=MIDNIGHT + timedelta(hours=3, minutes=5), maintained=in_the_morning)
    spans = [hour.spans["api"] for hour in store.hours(MIDNIGHT, MIDNIGHT + DAY)]
    assert [(s.up, s.down, s.maintenance, s.latency.count) for s in spans] == [
        (3000, 600, 0, 50),
        (0, 0, 3600, 0),
        (3600, 0, 0, 60),
    ]
    (day,) = store.days(TODAY, TODAY + DAY)
    assert uptime(day.spans["api"], 3 * 3600) == Uptime(percent=91.66, coverage=100.0, down_seconds=600)


@settings(max_examples=25)
@given(some_runs())
def test_a_rebuild_with_the_same_windows_is_the_same(runs: list[Run]) -> None:
    """Windows are part of the config, so that history can be computed again."""
    hourly, rebuilt = MemoryStore(), MemoryStore()
    for r in runs:
        hourly.put_run(r)
        rebuilt.put_run(r)
    for hour in range(-6, 8):
        roll_up(hourly, at=MIDNIGHT + timedelta(hours=hour, minutes=5), maintained=in_the_morning)
    rebuild(
        rebuilt,
        Rebuild(start=TODAY - DAY, end=TODAY),
        at=MIDNIGHT + timedelta(hours=7),
        seconds_left=lambda: 900,
        maintained=in_the_morning,
    )
    assert history(hourly) == history(rebuilt)
