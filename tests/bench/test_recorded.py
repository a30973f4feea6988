"""Runs that stand for those that are not probed."""

import random
from datetime import UTC, datetime, timedelta
from statistics import mean

import pytest

from bench.latency import WITHIN, median_s
from bench.recorded import Kind, Recorded, overhead_of, redrawn
from bench.usage import Usage
from functions.domain.result import Attempt, Failure, Phases, Result
from functions.domain.run import Run
from functions.domain.verdict import FailureKind, Verdict

AT = datetime(2026, 10, 7, 4, tzinfo=UTC)
LATER = AT + timedelta(minutes=1)
GOOD = Attempt(
    verdict=Verdict.UP,
    latency_ms=105.0,
    phases=Phases(dns=0.0, connect=1.0, tls=3.0, first_byte=100.0, transfer=1.0),
    status_code=200,
)
BAD = Attempt(
    verdict=Verdict.DOWN,
    latency_ms=None,
    failure=Failure(kind=FailureKind.TIMEOUT, reason="timed out after 10 s"),
)


def run(*attempts: Attempt) -> Run:
    """Return a run of one monitor."""
    return Run(
        shard="s",
        at=AT,
        region="us-east-1",
        results={"service-0003": Result(monitor="service-0003", attempts=attempts)},
    )


def test_good_answers_are_as_late_as_the_target_draws_them() -> None:
    """Around the service's own mean, each time anew; what else the check took stays."""
    chance = random.Random(1)  # noqa: S311 -- repeatable

    again = [redrawn(run(GOOD), LATER, chance).results["service-0003"].last for _ in range(2000)]

    waited = [each.phases.first_byte for each in again if each.phases.first_byte is not None]
    assert len(set(waited)) > 1900
    assert mean(waited) == pytest.approx(1000 * median_s(3) * (1 + WITHIN**2 / 2), rel=0.02)
    assert all(each.latency_ms == pytest.approx((each.phases.first_byte or 0) + 5.0) for each in again)


def test_failing_checks_stay_as_they_were() -> None:
    """Only the minute is another."""
    assert redrawn(run(BAD, BAD), LATER, random.Random(1)).results == run(BAD, BAD).results  # noqa: S311 -- repeatable
    assert redrawn(run(BAD, BAD), LATER, random.Random(1)).at == LATER  # noqa: S311 -- repeatable


def test_the_overhead_is_all_but_the_wait_for_the_first_byte() -> None:
    """Of good answers alone: a timeout says nothing about it."""
    assert overhead_of([run(GOOD), run(BAD)]) == pytest.approx(0.005)


def test_what_was_not_probed_counts_what_its_kind_used_on_average() -> None:
    """Quiet runs are estimated by quiet ones, outages by outages; what does not count can still be repeated."""
    recorded = Recorded()
    recorded.keep(Kind.QUIET, run(GOOD))
    recorded.keep(Kind.QUIET, run(GOOD), Usage(log_bytes=100))
    recorded.keep(Kind.QUIET, run(GOOD), Usage(log_bytes=300))
    recorded.keep(Kind.HANG, run(BAD, BAD), Usage(log_bytes=1000))

    assert recorded.times(Kind.QUIET) == 2
    assert recorded.estimated({Kind.QUIET: 10, Kind.HANG: 1}).log_bytes == 10 * 200 + 1000
    assert recorded.again(Kind.HANG, "s", LATER).results == run(BAD, BAD).results
