"""Hours and days are sums over sets of runs."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.domain.histogram import Histogram
from functions.domain.history import HourHistory, Span
from functions.domain.result import Attempt, Failure, Phases, Result
from functions.domain.rollup import agreed, day_histories, hour_histories
from functions.domain.run import Run
from functions.domain.verdict import FailureKind, Verdict

UP, DEGRADED, DOWN = Verdict.UP, Verdict.DEGRADED, Verdict.DOWN
MIDNIGHT = datetime(2026, 11, 22, tzinfo=UTC)
FAILURE = Failure(kind=FailureKind.STATUS, reason="expected 200, got 500")


def result(monitor: str, verdict: Verdict, latency: float | None = 120.0) -> Result:
    """Return what a check found."""
    failure = None if verdict is UP else FAILURE
    return Result(monitor=monitor, attempts=(Attempt(verdict=verdict, latency_ms=latency, failure=failure),))


def run(
    minute: int, verdict: Verdict = UP, *, region: str = "eu", shard: str = "60s-0", latency: float | None = 120.0
) -> Run:
    """Return a run of the monitor `api`, so many minutes after midnight."""
    at = MIDNIGHT + timedelta(minutes=minute)
    return Run(shard=shard, at=at, region=region, results={"api": result("api", verdict, latency)})


@st.composite
def run_sets(draw: st.DrawFn) -> list[Run]:
    """Draw runs of two shards, three monitors, up to three regions and some hours; each key at most once."""
    keys = draw(
        st.lists(
            st.tuples(st.sampled_from(["60s-0", "300s-0"]), st.integers(0, 359), st.sampled_from(["eu", "us", "ap"])),
            unique=True,
            max_size=60,
        )
    )
    verdicts = st.sampled_from([UP, DEGRADED, DOWN])
    latencies = st.one_of(st.none(), st.floats(min_value=1, max_value=60_000))
    return [
        Run(
            shard=shard,
            at=MIDNIGHT + timedelta(minutes=minute),
            region=region,
            results={
                monitor: result(monitor, draw(verdicts), draw(latencies))
                for monitor in draw(st.sets(st.sampled_from([f"{shard}-a", f"{shard}-b", "shared"])))
            },
        )
        for shard, minute, region in keys
    ]


@given(run_sets(), st.randoms(use_true_random=False), st.data())
def test_order_and_repetition_of_runs_make_no_difference(runs: list[Run], random: Random, data: st.DataObject) -> None:
    """Delivered late, twice or in any order: the same hours."""
    again = data.draw(st.lists(st.sampled_from(runs), max_size=10)) if runs else []
    shuffled = [*runs, *again]
    random.shuffle(shuffled)
    assert hour_histories(shuffled) == hour_histories(runs)


@given(run_sets())
def test_hour_by_hour_is_the_same_as_all_at_once(runs: list[Run]) -> None:
    """What rollup adds up each hour is what a rebuild from all runs finds, and so are the days."""
    hours: list[HourHistory] = []
    for hour in range(6):
        start = MIDNIGHT + timedelta(hours=hour)
        hours += hour_histories(r for r in runs if start <= r.at < start + timedelta(hours=1))
    whole = hour_histories(runs)
    assert hours == list(whole)
    assert day_histories(hours) == day_histories(reversed(whole))


@given(run_sets())
def test_every_second_has_one_verdict_and_no_hour_has_too_many(runs: list[Run]) -> None:
    """Slots of an hour's shard never overlap, so their seconds fit into it; days are the sums of their hours."""
    hours = hour_histories(runs)
    assert all(span.covered <= 3600 for hour in hours for span in hour.spans.values())
    total = sum(span.covered for hour in hours for span in hour.spans.values())
    assert total == sum(span.covered for day in day_histories(hours) for span in day.spans.values())


@given(run_sets())
def test_every_answer_of_an_up_or_degraded_check_is_in_the_latencies(runs: list[Run]) -> None:
    """No latency is lost, and none of a check that is down gets in."""
    expected = Histogram.of(
        r.latency_ms
        for a_run in runs
        for r in a_run.results.values()
        if r.latency_ms is not None and r.verdict is not DOWN
    )
    hours = hour_histories(runs)
    assert Histogram.merge(span.latency for hour in hours for span in hour.spans.values()) == expected


@pytest.mark.parametrize(
    ("verdicts", "together"),
    [
        ([], Verdict.NO_DATA),
        ([UP], UP),
        ([DEGRADED], DEGRADED),
        ([DOWN], DOWN),
        ([UP, DOWN], UP),
        ([UP, DEGRADED], UP),
        ([DEGRADED, DOWN], DEGRADED),
        ([DOWN, DOWN], DOWN),
        ([UP, DOWN, DOWN], DOWN),
        ([UP, DEGRADED, DOWN], DEGRADED),
        ([UP, UP, DOWN], UP),
        ([UP, UP, DOWN, DOWN], UP),
        ([UP, DEGRADED, DOWN, DOWN], DEGRADED),
    ],
)
def test_a_strict_majority_of_the_regions_decides(verdicts: Sequence[Verdict], together: Verdict) -> None:
    """A tie goes to the better side."""
    assert agreed(verdicts) is together


@pytest.mark.parametrize(
    ("runs", "span"),
    [
        ([run(0), run(1, DOWN), run(2, DEGRADED)], (60, 60, 60)),
        ([run(0), run(0, DOWN, region="us")], (60, 0, 0)),
        ([run(0), run(0, DOWN, region="us"), run(0, DOWN, region="ap")], (0, 0, 60)),
        ([run(0, DOWN), run(0)], (60, 0, 0)),
        ([run(0, shard="300s-0"), run(5, DOWN, shard="300s-0")], (300, 0, 300)),
        ([run(0, DOWN, shard="300s-0"), run(3, shard="300s-0")], (0, 0, 300)),
        ([run(2, shard="300s-0"), run(4, DOWN, shard="300s-0", region="us")], (300, 0, 0)),
        ([run(0, shard="21600s-0")], (21_600, 0, 0)),
        ([run(0, shard="86400s-0")], (86_400, 0, 0)),
        ([run(0, shard="172800s-0")], (86_400, 0, 0)),
    ],
    ids=[
        "one verdict each",
        "a tie",
        "a majority",
        "the same key twice: the last written",
        "five minutes each",
        "two runs of one region in a slot: the worse",
        "regions out of step share a slot",
        "six hours",
        "a day",
        "more than a day",
    ],
)
def test_a_slot_counts_for_one_interval(runs: list[Run], span: tuple[int, int, int]) -> None:
    """Seconds up, degraded and down of one hour."""
    (hour,) = hour_histories(runs)
    found = hour.spans["api"]
    assert (found.up, found.degraded, found.down) == span


def test_an_unmade_check_is_no_data() -> None:
    """What the probe could not do is not the target's doing."""
    unmade = Run(shard="60s-0", at=MIDNIGHT, region="eu", results={}, unmade={"api": "secret"})
    assert hour_histories([unmade])[0].spans == {}


@pytest.mark.parametrize("interval", [3600, 7200, 21_600, 25_200, 43_200, 86_400, 100_000])
@pytest.mark.parametrize("offset", [0, 25])
def test_a_day_never_has_more_than_its_seconds(interval: int, offset: int) -> None:
    """Also for intervals that do not divide a day, and regions that are out of step by whole hours."""
    times = range(0, 3 * 86_400, interval)
    shard = f"{interval}s-0"
    runs = [run(second // 60 + offset, UP if second % 2 else DOWN, shard=shard) for second in times]
    runs += [run(second // 60 + offset + 65, shard=shard, region="us") for second in times]
    days = day_histories(hour_histories(runs))
    assert all(0 < day.spans["api"].covered <= 86_400 for day in days)
    assert all(min(s.up, s.degraded, s.down) >= 0 for day in days for s in day.spans.values())


def test_a_day_that_is_too_long_keeps_its_failures() -> None:
    """Scaled down to a day, an outage is never rounded away."""
    spans = {"api": Span(up=90_000, degraded=1, down=1)}
    (day,) = day_histories([HourHistory(shard="7200s-0", hour=MIDNIGHT, spans=spans)])
    assert day.spans["api"] == Span(up=86_398, degraded=1, down=1)


def test_days_are_utc_days() -> None:
    """The last minute before midnight and the first one after it are in two days."""
    days = day_histories(hour_histories([run(-1), run(0)]))
    assert [d.day for d in days] == [date(2026, 11, 21), date(2026, 11, 22)]


def phased(minute: int, region: str, verdict: Verdict, latency: float, *, tls: float | None = 20.0) -> Run:
    """Return a run whose check took most of its time until the first byte."""
    rest = latency - 10.0 - (tls or 0)
    phases = Phases(dns=None, connect=10.0, tls=tls, first_byte=rest)
    attempt = Attempt(verdict=verdict, latency_ms=latency, phases=phases, failure=None if verdict is UP else FAILURE)
    at = MIDNIGHT + timedelta(minutes=minute)
    return Run(shard="60s-0", at=at, region=region, results={"api": Result(monitor="api", attempts=(attempt,))})


def test_phases_are_summed_over_the_checks_whose_times_count() -> None:
    """The means add up to the mean of the whole; what is down says nothing about where the time goes."""
    runs = [phased(0, "eu", UP, 100.0), phased(1, "eu", UP, 200.0, tls=None), phased(2, "eu", DOWN, 900.0)]
    (history,) = hour_histories(runs)
    phases = history.spans["api"].phases
    assert phases.numbers == (2, 0, 200, 200, 2600, 0)
    assert phases.means() == Phases(dns=None, connect=10.0, tls=10.0, first_byte=130.0, transfer=None)
    (day,) = day_histories([history, *hour_histories([phased(60, "eu", UP, 100.0)])])
    assert day.spans["api"].phases.checks == 3


def test_a_check_without_phases_counts_in_no_mean() -> None:
    """Of a kind that has none there is nothing to show."""
    (history,) = hour_histories([run(0)])
    assert history.spans["api"].phases.means() is None


def test_each_of_several_regions_keeps_what_it_saw_by_itself() -> None:
    """One region's outage is its own, though the majority saw none; maintenance is in nobody's numbers."""
    runs = [
        phased(minute, region, DOWN if region == "eu" and minute == 1 else UP, 100.0 if region == "eu" else 300.0)
        for minute in range(3)
        for region in ("eu", "us", "ap")
    ]
    (history,) = hour_histories(runs, lambda _, at: at.minute == 2)
    span = history.spans["api"]
    assert (span.up, span.down, span.maintenance) == (120, 0, 60)
    assert span.regions["eu"].numbers == (60, 0, 60, 1, 100)
    assert span.regions["us"].numbers == (120, 0, 0, 2, 600)
    (day,) = day_histories([history, *hour_histories([phased(60, "eu", UP, 100.0), phased(60, "us", UP, 100.0)])])
    assert day.spans["api"].regions["eu"].numbers == (120, 0, 60, 2, 200)


def test_a_region_that_looks_alone_is_not_told_apart() -> None:
    """It saw what the whole span says."""
    (history,) = hour_histories([phased(0, "eu", UP, 100.0)])
    assert history.spans["api"].regions == {}
