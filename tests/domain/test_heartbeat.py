"""How a worker or a cron job is judged by its pings."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.domain.checks.heartbeat import Heartbeat
from functions.domain.heartbeat import EARLY, assess_heartbeat, due
from functions.domain.ping import AGAIN, MOST_OPEN, Ping, Pings, Signal, receive
from functions.domain.result import REASON_LIMIT, Attempt
from functions.domain.verdict import FailureKind, Verdict
from tests.fakes.samples import NOON, minute

HOURLY = Heartbeat(period=3600, grace=300)
NIGHTLY = Heartbeat(cron="30 2 * * *", time_zone="Europe/Berlin", grace=600)
HANGING = "down: started at 12:00 UTC and has not finished, expected by 12:05 UTC"
ONE, TWO = "0d338dcc-a054-41ec-b909-0242ac120002", "6f2a6b2e-0000-4000-8000-000000000000"


def told(*pings: Ping, heartbeat: Heartbeat = HOURLY) -> Pings:
    """Return what is known after `pings`."""
    known = Pings(monitor="import")
    for ping in pings:
        known = receive(known, ping, grace=timedelta(seconds=heartbeat.grace))
    return known


def ping(signal: str, minutes: float, *, rid: str | None = None, status: int | None = None, said: str = "") -> Ping:
    """Return a ping so many minutes after noon."""
    return Ping(signal=Signal(signal), at=minute(minutes), rid=rid, status=status, excerpt=said)


def judged(known: Pings | None, minutes: float, heartbeat: Heartbeat = HOURLY) -> Attempt | None:
    """Return how the job is so many minutes after noon."""
    return assess_heartbeat(heartbeat, known, at=minute(minutes), interval=60)


def verdict(known: Pings, minutes: float, heartbeat: Heartbeat = HOURLY) -> str:
    """Return the verdict's word, or `waiting`, and the failure's reason."""
    attempt = judged(known, minutes, heartbeat)
    if attempt is None:
        return "waiting"
    return f"{attempt.verdict}: {attempt.failure.reason}" if attempt.failure else attempt.verdict.value


def test_what_has_never_reported_in_is_waited_for() -> None:
    """A job that was just added is not down; a log says nothing of it, and a start is no finish yet."""
    assert judged(None, 10_000) is None
    assert verdict(told(ping("log", 0)), 10_000) == "waiting"
    assert verdict(told(ping("start", 0)), 5) == "waiting"


@pytest.mark.parametrize(
    ("known", "minutes", "expected"),
    [
        (told(ping("success", 0)), 1, "up"),
        (told(ping("success", 0)), 65, "up"),
        (told(ping("success", 0)), 66, "down: no ping since 12:00 UTC, expected by 13:05 UTC"),
        (
            told(ping("success", 0)),
            60 * 13,
            "down: no ping since 2026-11-22 12:00 UTC, expected by 2026-11-22 13:05 UTC",
        ),
        (told(ping("success", 0), ping("success", 70)), 71, "up"),
        (told(ping("fail", 0)), 1, "down: reported a failure at 12:00 UTC"),
        (told(ping("fail", 0)), 600, "down: reported a failure at 12:00 UTC"),
        (
            told(ping("fail", 0, status=137, said="out of memory")),
            1,
            "down: reported a failure with exit status 137 at 12:00 UTC: out of memory",
        ),
        (told(ping("fail", 0), ping("success", 2)), 3, "up"),
        (told(ping("fail", 0), ping("start", 2)), 3, "down: reported a failure at 12:00 UTC"),
        (told(ping("success", 0), ping("start", 60)), 65, "up"),
        (
            told(ping("success", 0), ping("start", 60)),
            66,
            "down: started at 13:00 UTC and has not finished, expected by 13:05 UTC",
        ),
        (told(ping("start", 0)), 6, HANGING),
        (told(ping("start", 0), ping("success", 9)), 10, "up"),
        (told(ping("start", 0), ping("start", 60)), 61, HANGING),
        (told(ping("start", 0), ping("start", 60), ping("success", 61)), 62, "up"),
        (told(ping("start", 0, rid=ONE), ping("success", 3, rid=TWO)), 6, HANGING),
        (told(ping("start", 0, rid=ONE), ping("success", 7, rid=TWO)), 8, "up"),
        (told(ping("start", 0, rid=ONE), ping("fail", 7, rid=TWO), ping("success", 8, rid=TWO)), 9, "up"),
        (told(ping("success", 0), ping("log", 59)), 66, "down: no ping since 12:00 UTC, expected by 13:05 UTC"),
    ],
)  # fmt: skip
def test_the_verdict_follows_from_what_was_reported_and_when(known: Pings, minutes: float, expected: str) -> None:
    """Late, failed, hanging, and well again, with the times in the reason."""
    assert verdict(known, minutes) == expected


def test_the_kind_says_whether_it_failed_or_is_late() -> None:
    """The page has other words for the two."""
    failed, late = judged(told(ping("fail", 0)), 1), judged(told(ping("success", 0)), 66)
    assert failed is not None
    assert failed.failure is not None
    assert late is not None
    assert late.failure is not None
    assert (failed.failure.kind, late.failure.kind) == (FailureKind.HEARTBEAT, FailureKind.LATE)


def test_a_reason_has_its_bound() -> None:
    """Whatever a job says."""
    attempt = judged(told(ping("fail", 0, said="x" * 1000)), 1)
    assert attempt is not None
    assert attempt.failure is not None
    assert len(attempt.failure.reason) == REASON_LIMIT


@pytest.mark.parametrize(("minutes", "latency"), [(1, None), (10, 90_000.0), (11, None)])
def test_a_duration_is_the_latency_of_the_first_run_after_the_finish(minutes: float, latency: float | None) -> None:
    """Told once: the minutes after it know nothing new."""
    known = told(ping("success", 0), ping("start", 8), ping("success", 9.5))
    attempt = judged(known, minutes)
    assert attempt is not None
    assert attempt.latency_ms == latency


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (ping("success", 0.05), ping("start", 0)),
        (ping("success", 0.05, rid=ONE), ping("start", 0, rid=ONE)),
        (ping("fail", 0.05, rid=ONE), ping("start", 0, rid=ONE)),
    ],
)
def test_a_start_that_arrives_after_its_finish_opens_nothing(first: Ping, second: Ping) -> None:
    """The network does not keep the order."""
    assert told(ping("success", -60), first, second).open == ()


def test_a_finish_that_was_overtaken_changes_no_verdict() -> None:
    """An older failure that comes late is not news, and neither is an older success."""
    assert told(ping("success", 5), ping("fail", 4)).failing_since is None
    assert told(ping("fail", 5), ping("success", 4)).failing_since == minute(5)


@given(
    st.lists(
        st.builds(
            Ping,
            signal=st.sampled_from(Signal),
            at=st.integers(0, 7200).map(lambda s: NOON + timedelta(seconds=s)),
            rid=st.sampled_from([None, None, ONE, TWO]),
        ),
        max_size=25,
    )
)
def test_whatever_comes_the_newest_finish_and_the_bounds_hold(pings: list[Ping]) -> None:
    """In any order: the newest finish decides (but for what counts as the same), and a success makes it well."""
    known = told(*pings)
    finishes = [p for p in pings if p.signal in (Signal.SUCCESS, Signal.FAIL)]
    assert (known.finished_at is None) == (not finishes)
    if known.finished_at is not None:
        assert max(p.at for p in finishes) - known.finished_at < AGAIN
    assert len(known.open) <= MOST_OPEN
    assert [start.at for start in known.open] == sorted(start.at for start in known.open)
    well = receive(known, ping("success", 60 * 24), grace=timedelta(minutes=5))
    assert verdict(well, 60 * 24 + 1) == "up"


def test_more_starts_than_are_kept_keep_the_oldest() -> None:
    """It is the oldest that decides whether one hangs."""
    starts = [ping("start", n / 10, rid=f"{n:08x}-0000-4000-8000-000000000000") for n in range(3 * MOST_OPEN)]
    known = told(*(start for n in range(0, len(starts), 20) for start in starts[n : n + 20]), heartbeat=HOURLY)
    assert len(known.open) == MOST_OPEN
    assert (known.open[0].at, known.open[-1].at) == (starts[0].at, starts[-1].at)


@given(
    finished=st.datetimes(datetime(2025, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - Hypothesis wants naive bounds
    period=st.integers(60, 40 * 86_400),
    grace=st.integers(60, 86_400),
    offset=st.integers(0, 60 * 86_400),
)
def test_with_a_period_it_is_late_after_period_and_grace_and_not_before(
    finished: datetime, period: int, grace: int, offset: int
) -> None:
    """To the second, on either side."""
    heartbeat = Heartbeat(period=period, grace=grace)
    known = Pings(monitor="m", finished_at=finished, succeeded_at=finished)
    attempt = assess_heartbeat(heartbeat, known, at=finished + timedelta(seconds=offset), interval=60)
    assert attempt is not None
    assert (attempt.verdict is Verdict.DOWN) == (offset > period + grace)


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York"])
@pytest.mark.parametrize("grace", [60, 600, 3600])
def test_a_nightly_job_is_late_when_it_does_not_come_and_never_when_it_does(zone: str, grace: int) -> None:
    """Every night of a year, the one without half past two and the one with two of them among them."""
    heartbeat = Heartbeat(cron="30 2 * * *", time_zone=zone, grace=grace)
    time = due(heartbeat, datetime(2026, 1, 1, tzinfo=ZoneInfo(zone)).astimezone(UTC))
    gaps = []
    for _ in range(366):
        ran = time + timedelta(seconds=min(grace, 50))
        known = Pings(monitor="m", finished_at=ran, succeeded_at=ran)
        following = due(heartbeat, ran)
        for moment, expected in (
            (following + timedelta(seconds=grace), Verdict.UP),
            (following + timedelta(seconds=grace + 1), Verdict.DOWN),
        ):
            attempt = assess_heartbeat(heartbeat, known, at=moment, interval=60)
            assert attempt is not None
            assert attempt.verdict is expected
        gaps.append(round((following - time).total_seconds() / 60))
        time = following
    # In spring it runs at three, half an hour late by the clock and early by the sun; in autumn a day has 25 hours.
    assert sorted(gap for gap in gaps if gap != 24 * 60) == [23.5 * 60, 23.5 * 60, 25 * 60]


def test_a_clock_that_is_a_little_ahead_makes_no_false_alarm() -> None:
    """02:29:58 is the ping of half past two, and not a very late one of the night before."""
    local = datetime(2026, 6, 10, 2, 29, 58, tzinfo=ZoneInfo("Europe/Berlin")).astimezone(UTC)
    assert due(NIGHTLY, local) - local == timedelta(days=1, seconds=2)
    assert due(NIGHTLY, local - EARLY) - local < timedelta(seconds=3)
