"""What a replay's memory is read from."""

import subprocess
import sys

import pytest

from bench.replay import _peak_mb


def test_the_peak_is_the_process_own() -> None:
    """Not its parent's, which is what a child's `ru_maxrss` begins with; and not what it let go of before the end."""
    program = "b = b'x' * 200_000_000; del b; print(open('/proc/self/status').read())"
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert 200 < _peak_mb(f"a note\n{done.stdout}") < 300


def test_a_process_that_says_nothing_is_no_figure() -> None:
    """Better none than a zero."""
    with pytest.raises(ValueError, match="no peak"):
        _peak_mb("Name: python")
