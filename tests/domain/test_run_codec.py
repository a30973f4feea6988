"""The bytes of a run: small, stable and complete."""

import json
import random
import zlib
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.domain.result import Attempt, Failure, Phases, Result
from functions.domain.run import Run
from functions.domain.run_codec import RunFormatError, decode_run, encode_run
from functions.domain.verdict import FailureKind, Phase, Verdict

AT = datetime(2026, 11, 22, 15, 4, tzinfo=UTC)

# Tenths, since rounding to 0.1 ms is part of the format.
milliseconds = st.integers(0, 600_000).map(lambda tenths: tenths / 10)
phases = st.builds(Phases, **{p.value: st.none() | milliseconds for p in Phase})
failures = st.builds(
    Failure,
    kind=st.sampled_from(FailureKind),
    reason=st.text(max_size=200),
    phase=st.none() | st.sampled_from(Phase),
    subject=st.none() | st.text(max_size=120),
    step=st.none() | st.text(max_size=120),
)
attempts = st.builds(
    Attempt,
    verdict=st.sampled_from([Verdict.UP, Verdict.DEGRADED, Verdict.DOWN]),
    latency_ms=st.none() | milliseconds,
    phases=phases,
    status_code=st.none() | st.integers(100, 599),
    failure=st.none() | failures,
    certificate_expires_at=st.none() | st.integers(-(2**31), 2**33).map(lambda s: datetime.fromtimestamp(s, UTC)),
    busy=st.booleans(),
    steps=st.lists(milliseconds, max_size=3).map(tuple),
)
names = st.text(min_size=1, max_size=30)
results = st.dictionaries(names, st.lists(attempts, min_size=1, max_size=4).map(tuple), max_size=8).map(
    lambda table: {monitor: Result(monitor=monitor, attempts=tries) for monitor, tries in table.items()}
)
runs = st.builds(
    Run,
    shard=names,
    at=st.integers(0, 2**26).map(lambda minutes: datetime.fromtimestamp(minutes * 60, UTC)),
    region=names,
    results=results,
    unmade=st.dictionaries(names, st.text(max_size=200), max_size=4),
    duration_ms=st.integers(0, 900_000),
)


@given(runs)
def test_a_run_survives_the_round_trip(run: Run) -> None:
    """Nothing that a run says is lost, whatever mixture of results it holds."""
    assert decode_run(encode_run(run)) == run


@given(st.floats(0, 1e6, allow_nan=False), st.floats(0, 1e6, allow_nan=False))
def test_encoding_what_was_decoded_gives_the_same_bytes(latency: float, first_byte: float) -> None:
    """Times are rounded to 0.1 ms once and never move again."""
    attempt = Attempt(verdict=Verdict.UP, latency_ms=latency, phases=Phases(first_byte=first_byte), status_code=200)
    run = Run(shard="s", at=AT, region="r", results={"m": Result(monitor="m", attempts=(attempt,))})
    once = encode_run(run)
    decoded = decode_run(once)
    assert encode_run(decoded) == once
    assert decoded.results["m"].latency_ms == pytest.approx(latency, abs=0.0501)


def test_a_hundred_healthy_results_stay_under_three_kilobytes() -> None:
    """The table is paid by the kilobyte written, so the size of the common run is a promise."""
    chance = random.Random(7)  # noqa: S311 - a repeatable series, nothing secret
    table = {}
    for i in range(100):
        times = Phases(
            dns=chance.uniform(0.5, 30),
            connect=chance.uniform(5, 80),
            tls=chance.uniform(8, 120),
            first_byte=chance.uniform(20, 900),
            transfer=chance.uniform(0, 40),
        )
        attempt = Attempt(
            verdict=Verdict.UP,
            latency_ms=times.total,
            phases=times,
            status_code=200,
            certificate_expires_at=AT + timedelta(seconds=chance.randrange(90 * 86_400)),
        )
        monitor = f"{chance.choice(['shop', 'billing', 'search', 'auth'])}-service-{i}"
        table[monitor] = Result(monitor=monitor, attempts=(attempt,))
    encoded = encode_run(Run(shard="60s-0", at=AT, region="eu-central-1", results=table, duration_ms=1234))
    assert len(encoded) < 3_000


def test_every_attempt_of_a_failing_check_is_kept() -> None:
    """The attempts before the deciding one, and why each failed, stay in the record."""
    failing = Attempt(
        verdict=Verdict.DOWN,
        latency_ms=None,
        phases=Phases(dns=1.0),
        failure=Failure(kind=FailureKind.CONNECT, reason="refused", phase=Phase.CONNECT),
    )
    fine = Attempt(verdict=Verdict.UP, latency_ms=3.0, phases=Phases(dns=1.0, connect=2.0), status_code=200)
    result = Result(monitor="m", attempts=(failing, fine))
    run = Run(shard="s", at=AT, region="r", results={"m": result}, unmade={"n": "no time left"})
    assert decode_run(encode_run(run)) == run


def test_a_run_that_was_never_too_busy_says_nothing_about_it() -> None:
    """What was recorded before the field existed reads the same, and the common run stays small."""
    attempt = Attempt(verdict=Verdict.UP, latency_ms=3.0, phases=Phases(first_byte=3.0), status_code=200)
    run = Run(shard="s", at=AT, region="r", results={"m": Result(monitor="m", attempts=(attempt,))})
    assert "b" not in json.loads(zlib.decompress(encode_run(run)))
    assert decode_run(encode_run(run)).results["m"].busy is False


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"not zlib",
        zlib.compress(b"[]"),
        zlib.compress(b"{}"),
        zlib.compress(b"{"),
        zlib.compress(json.dumps({"v": 2}).encode()),
        zlib.compress(json.dumps({"v": 1, "s": "60s-0"}).encode()),
    ],
    ids=["empty", "garbage", "a list", "no version", "broken JSON", "another version", "half of it"],
)
def test_bytes_that_are_not_a_run_are_refused_by_name(data: bytes) -> None:
    """A reader learns that the item is unreadable, and not through an odd KeyError."""
    with pytest.raises(RunFormatError):
        decode_run(data)
