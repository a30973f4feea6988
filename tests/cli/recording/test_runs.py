"""Results to runs."""

import random
from datetime import datetime, timedelta
from pathlib import Path

from cli.recording.reading import read_recording
from cli.recording.runs import Recording, Sighting, runs_of
from functions.domain.verdict import Verdict
from tests.fakes.configs import monitor
from tests.fakes.samples import NOON, minute, result

HOMES = {"api": "60s-0", "shop": "60s-0", "slow": "300s-0"}
Seen = tuple[datetime, Sighting]


def recorded(seconds: float, monitor: str = "api", region: str = "eu-west-1", verdict: Verdict = Verdict.UP) -> Seen:
    """Return a result that was seen so many seconds after noon."""
    return NOON + timedelta(seconds=seconds), (region, result(verdict, monitor))


def recording(*of: Seen) -> Recording:
    """Return all of these, sorted."""
    recording = Recording()
    for at, (region, seen) in of:
        recording.add(at, region, seen)
    recording.sort()
    return recording


def runs(*of: Seen) -> list[tuple[int, str, str, dict[str, Verdict]]]:
    """Return minute, shard, region and verdicts of each run."""
    return [
        (int((r.at - NOON).total_seconds() // 60), r.shard, r.region, {m: x.verdict for m, x in r.results.items()})
        for r in runs_of(recording(*of), HOMES)
    ]


def test_a_run_is_all_that_a_region_saw_of_a_shard_in_a_minute() -> None:
    """Seconds are of no consequence."""
    assert runs(
        recorded(0),
        recorded(3, "slow"),
        recorded(30, region="us-east-1"),
        recorded(59, "shop", verdict=Verdict.DOWN),
        recorded(60),
    ) == [
        (0, "300s-0", "eu-west-1", {"slow": Verdict.UP}),
        (0, "60s-0", "eu-west-1", {"api": Verdict.UP, "shop": Verdict.DOWN}),
        (0, "60s-0", "us-east-1", {"api": Verdict.UP}),
        (1, "60s-0", "eu-west-1", {"api": Verdict.UP}),
    ]


def test_a_second_result_in_a_minute_is_the_same_run_again() -> None:
    """It reaches the judge, who has heard of that minute; the first one counts."""
    assert runs(recorded(0), recorded(1, "shop"), recorded(30, verdict=Verdict.DOWN), recorded(31)) == [
        (0, "60s-0", "eu-west-1", {"api": Verdict.UP, "shop": Verdict.UP}),
        (0, "60s-0", "eu-west-1", {"api": Verdict.DOWN}),
        (0, "60s-0", "eu-west-1", {"api": Verdict.UP}),
    ]


def test_the_order_in_which_they_come_is_of_no_consequence() -> None:
    """Files are concatenated and regions log by themselves; microseconds tell which of two came first."""
    of = [recorded(n / 3, verdict=Verdict.DOWN if n % 7 else Verdict.UP) for n in range(2_000)]
    of += [recorded(-90), recorded(0.000001, "shop"), recorded(59.999999, "shop", verdict=Verdict.DOWN)]
    shuffled = list(of)
    random.Random(7).shuffle(shuffled)  # noqa: S311 - a repeatable order, nothing secret
    assert runs(*shuffled) == runs(*sorted(of, key=lambda one: one[0]))


def test_what_is_of_one_moment_stays_in_its_order() -> None:
    """The first of two in the file is the one that counts."""
    assert [seen for _, _, _, seen in runs(recorded(60), recorded(0, verdict=Verdict.DOWN), recorded(0))] == [
        {"api": Verdict.DOWN},
        {"api": Verdict.UP},
        {"api": Verdict.UP},
    ]


def test_a_recording_knows_its_span() -> None:
    """In scheduled minutes, years from now and before the epoch's first second was over."""
    of = recording(recorded(200, "slow"), recorded(59.5), recorded(3_000_000_000.000001, "shop"))
    assert of.first == NOON
    assert of.last == (NOON + timedelta(seconds=3_000_000_000), ("eu-west-1", result(Verdict.UP, "shop")))
    assert len(of) == 3


def test_sightings_that_are_alike_are_kept_once(tmp_path: Path) -> None:
    """A year must not take a gigabyte: lines that differ in time and latency alone share their result."""
    path = tmp_path / "day.jsonl"
    line = (
        '{{"monitor": "api", "region": "eu-west-1", "at": "{:%Y-%m-%dT%H:%M:%SZ}", "latency_ms": {}, "status": 200}}\n'
    )
    path.write_text("".join(line.format(minute(n), n) for n in range(1_440)))
    reading = read_recording(str(path), {"api": monitor("api")}, advanced=lambda _done, _of: None)
    results = {id(run.results["api"]) for run in runs_of(reading.recorded, HOMES)}
    assert (len(reading.recorded), len(results)) == (1_440, 1)
