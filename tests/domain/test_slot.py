"""Slots lie on one grid, and what is due is counted in whole slots."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from configuration import load
from functions.domain.slot import due_seconds, interval_of, silent, slot_start, worst
from functions.domain.verdict import Verdict

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.mark.parametrize(("shard", "interval"), [("60s-0", 60), ("300s-12", 300), ("86400s-0", 86_400)])
def test_a_shard_says_its_interval(shard: str, interval: int) -> None:
    """The id begins with it."""
    assert interval_of(shard) == interval


def test_the_ids_that_are_deployed_say_their_interval(tmp_path: Path) -> None:
    """History rests on it: whatever else configuration puts into a shard's id, the interval comes first."""
    file = tmp_path / "pulseboard.yaml"
    monitors = "".join(
        f"  - {{id: m{n}, name: M, interval: {interval}, regions: [{region}], http: {{url: 'https://acme.example/'}}}}\n"
        for n, (interval, region) in enumerate([("1m", "eu-west-1"), ("7m", "us-east-1"), ("24h", "eu-west-1")])
    )
    file.write_text(f"page: {{id: acme, title: Acme}}\nregions: [eu-west-1, us-east-1]\nmonitors:\n{monitors}")
    shards = load(file, environment={}).deployment.shards
    assert sorted(shard.interval for shard in shards) == [60, 420, 86_400]
    assert [interval_of(shard.id) for shard in shards] == [shard.interval for shard in shards]


def test_another_kind_of_id_is_an_error() -> None:
    """A wrong guess would silently change every number."""
    with pytest.raises(ValueError, match="invalid literal"):
        interval_of("fast-0")


@given(st.datetimes(min_value=datetime(2020, 1, 1), max_value=datetime(2040, 1, 1)), st.integers(60, 90_000))  # noqa: DTZ001 - Hypothesis adds the zone below
def test_a_moment_lies_in_its_slot(naive: datetime, interval: int) -> None:
    """The slot begins at or before it and ends after it."""
    at = naive.replace(tzinfo=UTC)
    start = slot_start(at, interval)
    assert start <= at.timestamp() < start + interval


@pytest.mark.parametrize(
    ("start", "seconds_later", "interval", "due"),
    [
        (NOON, 0, 60, 0),
        (NOON, 89, 60, 0),
        (NOON, 90, 60, 60),
        (NOON, 149, 60, 60),
        (NOON, 150, 60, 120),
        (NOON + timedelta(seconds=1), 90, 60, 0),
        (NOON, 90, 300, 300),
        (NOON - timedelta(hours=1), 90, 21_600, 21_600),
        (NOON - timedelta(hours=12), 90, 21_600, 64_800),
        (NOON + timedelta(days=1), 0, 60, 0),
    ],
)
def test_a_slot_is_due_once_its_grace_has_passed(start: datetime, seconds_later: int, interval: int, due: int) -> None:
    """It then counts as a whole, as in history."""
    assert due_seconds(start, NOON + timedelta(seconds=seconds_later), interval) == due


@pytest.mark.parametrize(
    ("interval", "age", "expected"), [(60, 240, False), (60, 241, True), (300, 840, False), (300, 841, True)]
)
def test_two_missed_runs_are_silence(interval: int, age: int, expected: bool) -> None:  # noqa: FBT001 - a table's column
    """Two and a half intervals and the grace."""
    assert silent(NOON - timedelta(seconds=age), NOON, interval) is expected


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [
        ([], Verdict.NO_DATA),
        ([Verdict.UP, Verdict.UP], Verdict.UP),
        ([Verdict.UP, Verdict.NO_DATA], Verdict.NO_DATA),
        ([Verdict.NO_DATA, Verdict.MAINTENANCE], Verdict.MAINTENANCE),
        ([Verdict.DEGRADED, Verdict.MAINTENANCE], Verdict.DEGRADED),
        ([Verdict.DEGRADED, Verdict.DOWN, Verdict.UP], Verdict.DOWN),
    ],
)
def test_the_worst_verdict_stands_for_all(verdicts: list[Verdict], expected: Verdict) -> None:
    """No data is not up."""
    assert worst(*verdicts) is expected
