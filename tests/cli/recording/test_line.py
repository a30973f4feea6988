"""The failure that a line's `error` stands for, and the other way round."""

import json
from datetime import UTC, datetime

import pytest

from cli.recording.line import encode_line, error_of, failure_of
from functions.domain.result import REASON_LIMIT, Attempt, Failure, Result
from functions.domain.verdict import FailureKind, Verdict

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.mark.parametrize("kind", FailureKind)
@pytest.mark.parametrize(
    "reason", ["expected 200, got 503", "status: expected 200, got 503", "a: b: c", " indented", "x" * REASON_LIMIT]
)
def test_what_is_written_is_read_back(kind: FailureKind, reason: str) -> None:
    """Kind and reason survive, colons and all."""
    failure = Failure(kind=kind, reason=reason)
    assert failure_of(error_of(failure)) == failure


@pytest.mark.parametrize(
    ("error", "kind", "reason"),
    [
        ("timeout", "timeout", "timeout"),
        ("TLS", "tls", "tls"),
        ("DNS: no such name", "dns", "no such name"),
        ("timeout:", "timeout", "timeout"),
        ("Connection refused", "connect", "Connection refused"),
        ("[Errno 113] No route to host", "connect", "[Errno 113] No route to host"),
        ("ECONNRESET", "connect", "ECONNRESET"),
        ("server said something odd", "protocol", "server said something odd"),
        ("statuspage is gone", "protocol", "statuspage is gone"),
        ("e" * 500, "protocol", "e" * (REASON_LIMIT - 1) + "…"),
    ],
)
def test_an_error_is_one_of_our_kinds_or_of_connecting_or_protocol(error: str, kind: str, reason: str) -> None:
    """A kind is believed where it stands alone or before a colon; the text of others is kept."""
    assert failure_of(error) == Failure(kind=FailureKind(kind), reason=reason)


def _line(attempt: Attempt) -> dict[str, object]:
    line = encode_line(Result(monitor="api", attempts=(attempt,)), region="eu-west-1", at=AT)
    assert line.isascii()
    document: dict[str, object] = json.loads(line)
    return document


def test_a_result_is_written_with_what_is_known_of_it() -> None:
    """The format's keys and no others."""
    failure = Failure(kind=FailureKind.TIMEOUT, reason="no byte within 10 s \ud800")
    attempt = Attempt(verdict=Verdict.DOWN, latency_ms=None, failure=failure)
    assert _line(attempt) == {
        "monitor": "api",
        "region": "eu-west-1",
        "at": "2026-11-22T12:00:00Z",
        "verdict": "down",
        "latency_ms": None,
        "error": "timeout: no byte within 10 s \ud800",
    }
    assert _line(Attempt(verdict=Verdict.UP, latency_ms=12.5, status_code=204)) == {
        "monitor": "api",
        "region": "eu-west-1",
        "at": "2026-11-22T12:00:00Z",
        "verdict": "up",
        "latency_ms": 12.5,
        "status": 204,
    }


def test_a_latency_that_the_probe_could_not_vouch_for_is_not_written() -> None:
    """It would look like a slow target in a replay."""
    assert _line(Attempt(verdict=Verdict.UP, latency_ms=900.0, busy=True))["latency_ms"] is None
