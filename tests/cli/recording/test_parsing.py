"""Lines of a recording: what is accepted, and what each wrong one is told."""

import json
from datetime import UTC, datetime

import pytest

from cli.recording.line import Line
from cli.recording.parsing import LineError, parse_line
from functions.domain.verdict import Verdict

MONITORS = {"api": None, "checkout": None}
GOOD: dict[str, object] = {"monitor": "api", "region": "eu-west-1", "at": "2026-11-22T12:00:07Z", "latency_ms": 120.5}


def parsed(**changes: object) -> Line:
    """Return what a good line with these changes says."""
    return parse_line(json.dumps(GOOD | changes).encode(), MONITORS)


def faults(text: bytes) -> list[tuple[str, str, str | None]]:
    """Return key, message and suggestion of all that is wrong with a line."""
    with pytest.raises(LineError) as caught:
        parse_line(text, MONITORS)
    return [(fault.key, fault.message, fault.suggestion) for fault in caught.value.faults]


def test_the_least_that_a_line_says() -> None:
    """Four keys; the rest is not known."""
    at = datetime(2026, 11, 22, 12, 0, 7, tzinfo=UTC)
    assert parsed() == Line(monitor="api", region="eu-west-1", at=at, latency_ms=120.5)


def test_all_that_a_line_says() -> None:
    """And keys of others are of no consequence."""
    line = parsed(verdict="degraded", status=503, error="status: sad", probe="x")
    assert (line.verdict, line.status, line.error) == (Verdict.DEGRADED, 503, "status: sad")


def test_null_is_not_known() -> None:
    """A latency too, where no answer came; but that has to be said."""
    line = parsed(latency_ms=None, verdict=None, status=None, error=None)
    assert (line.latency_ms, line.verdict, line.status, line.error) == (None, None, None, None)


def test_a_time_in_any_zone_is_the_same_moment() -> None:
    """The zone is needed to know the moment; which one it is does not matter."""
    assert parsed(at="2026-11-22T13:00:07+01:00") == parsed()


@pytest.mark.parametrize(
    ("changes", "key", "words", "suggestion"),
    [
        ({"monitor": "chekout"}, "monitor", 'there is no monitor "chekout"', "checkout"),
        ({"monitor": None}, "monitor", "found nothing", None),
        ({"monitor": 7}, "monitor", "text is needed", None),
        ({"region": " "}, "region", "text is needed", None),
        ({"at": "2026-11-22T12:00:00"}, "at", "without a zone", "2026-11-22T12:00:00Z"),
        ({"at": "2026-11-22"}, "at", "without a zone", "2026-11-22T00:00:00Z"),
        ({"at": "yesterday"}, "at", "ISO 8601", None),
        ({"at": 1795348800}, "at", "ISO 8601", None),
        ({"at": "0001-01-01T00:00:00Z"}, "at", "nothing was recorded in that year", None),
        ({"at": "9999-12-31T23:59:59Z"}, "at", "nothing was recorded in that year", None),
        ({"verdict": "Upp"}, "verdict", "`up`, `degraded` or `down`", "up"),
        ({"verdict": "no_data"}, "verdict", "`up`, `degraded` or `down`", None),
        ({"verdict": True}, "verdict", "`up`, `degraded` or `down`", None),
        ({"latency_ms": "120"}, "latency_ms", "milliseconds are a number", None),
        ({"latency_ms": True}, "latency_ms", "milliseconds are a number", None),
        ({"latency_ms": -1}, "latency_ms", "milliseconds are a number", None),
        ({"latency_ms": float("nan")}, "latency_ms", "milliseconds are a number", None),
        ({"latency_ms": 10**400}, "latency_ms", "milliseconds are a number", None),
        ({"status": "200"}, "status", "whole number", None),
        ({"status": 200.0}, "status", "whole number", None),
        ({"status": 20}, "status", "from 100 to 999", None),
        ({"error": 1}, "error", "text is needed", None),
        ({"error": ""}, "error", "text is needed", None),
    ],
)
def test_a_wrong_value_is_named_with_what_is_allowed(
    changes: dict[str, object], key: str, words: str, suggestion: str | None
) -> None:
    """The key, what was found, what would do."""
    [(found_key, message, found_suggestion)] = faults(json.dumps(GOOD | changes).encode())
    assert found_key == key
    assert words in message
    assert found_suggestion == suggestion


@pytest.mark.parametrize("key", GOOD)
def test_a_missing_key_is_named(key: str) -> None:
    """A line needs all four."""
    [(found_key, message, _)] = faults(json.dumps({k: v for k, v in GOOD.items() if k != key}).encode())
    assert found_key == key
    assert "this key is missing" in message


def test_a_key_that_is_nearly_right_is_recognised() -> None:
    """Most missing keys are there, only spelt otherwise."""
    line = {k: v for k, v in GOOD.items() if k != "latency_ms"} | {"latency": 5}
    [(_, message, suggestion)] = faults(json.dumps(line).encode())
    assert "`latency` is there" in message
    assert suggestion == "latency_ms"


def test_all_that_is_wrong_with_a_line_is_told_at_once() -> None:
    """Nobody mends a file one problem at a time."""
    assert [key for key, _, _ in faults(b'{"monitor": "nobody", "at": 5, "latency_ms": -1}')] == [
        "region",
        "at",
        "latency_ms",
        "monitor",
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (b"{", "not JSON"),
        (b"nonsense", "not JSON"),
        (b'{"monitor": "api"} {"monitor": "api"}', "not JSON"),
        (b"[1]", "found a list"),
        (b"7", "found 7"),
        (b"null", "found nothing"),
        (b'{"monitor": "\xff"}', "not UTF-8"),
        (b"[" * 100_000, "nested too deeply"),
        (b"9" * 5_000, "not JSON"),
    ],
)
def test_what_is_no_object_is_said_to_be_none(text: bytes, words: str) -> None:
    """Whatever the bytes are, the answer is a problem and never a traceback."""
    [(key, message, _)] = faults(text)
    assert key == ""
    assert words in message
