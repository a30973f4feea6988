"""Lengths of time in words."""

from datetime import timedelta

import pytest

from functions.notify.text import duration


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        (0, "0 s"),
        (-5, "0 s"),
        (59, "59 s"),
        (60, "1 min"),
        (61, "1 min 1 s"),
        (3_600, "1 h"),
        (3_660, "1 h 1 min"),
        (3_601, "1 h"),
        (86_400 + 3_600 * 5, "1 d 5 h"),
        (86_400 * 40 + 59, "40 d"),
    ],
)
def test_a_length_is_told_in_its_two_largest_units(seconds: int, expected: str) -> None:
    """Nobody needs the seconds of a day."""
    assert duration(timedelta(seconds=seconds)) == expected
