"""Times on the command line."""

from datetime import UTC, datetime, timedelta

import pytest

from cli.recording.moment import read_moment

NOW = datetime(2026, 11, 22, 12, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("7d", NOW - timedelta(days=7)),
        ("90m", NOW - timedelta(minutes=90)),
        ("2026-11-15", datetime(2026, 11, 15, tzinfo=UTC)),
        ("2026-11-15T12:00Z", datetime(2026, 11, 15, 12, tzinfo=UTC)),
        ("2026-11-15T12:00:00+01:00", datetime(2026, 11, 15, 11, tzinfo=UTC)),
    ],
)
def test_a_date_a_time_or_how_long_ago(text: str, expected: datetime) -> None:
    """In UTC, whatever zone it was given in."""
    assert read_moment(text, now=NOW) == expected


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("last week", "is no time"),
        ("7", "is no time"),
        ("2026-11-15T12:00:00", "did you mean 2026-11-15T12:00:00Z"),
        ("2026-11-15T00:00:00", "did you mean 2026-11-15T00:00:00Z"),
        ("999999999999w", "is no time"),
    ],
)
def test_anything_else_is_refused_with_what_is_allowed(text: str, words: str) -> None:
    """A time without its zone could be any of 24."""
    with pytest.raises(ValueError, match=words):
        read_moment(text, now=NOW)
