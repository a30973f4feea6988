"""Results to runs."""

from datetime import timedelta

from cli.recording.runs import Recorded, runs_of
from functions.domain.verdict import Verdict
from tests.fakes.samples import NOON, result

HOMES = {"api": "60s-0", "shop": "60s-0", "slow": "300s-0"}


def recorded(seconds: int, monitor: str = "api", region: str = "eu-west-1", verdict: Verdict = Verdict.UP) -> Recorded:
    """Return a result that was seen so many seconds after noon."""
    return Recorded(at=NOON + timedelta(seconds=seconds), region=region, result=result(verdict, monitor))


def runs(*of: Recorded) -> list[tuple[int, str, str, dict[str, Verdict]]]:
    """Return minute, shard, region and verdicts of each run."""
    return [
        (int((r.at - NOON).total_seconds() // 60), r.shard, r.region, {m: x.verdict for m, x in r.results.items()})
        for r in runs_of(of, HOMES)
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
