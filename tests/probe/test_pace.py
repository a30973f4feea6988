"""The pace follows from the memory, since Lambda gives CPU by it."""

import pytest

from functions.probe.pace import CHECK_CPU_SECONDS, pace_of


@pytest.mark.parametrize(
    ("memory", "gap"),
    [
        ("256", CHECK_CPU_SECONDS * 1769 / 256),
        ("1769", CHECK_CPU_SECONDS),
        ("10240", CHECK_CPU_SECONDS),
        ("", 0.0),
        ("0", 0.0),
        ("much", 0.0),
    ],
)
def test_a_smaller_function_starts_its_checks_further_apart(memory: str, gap: float) -> None:
    """Never further than a whole CPU needs; where nobody says how much there is, all start at once."""
    pace = pace_of({"AWS_LAMBDA_FUNCTION_MEMORY_SIZE": memory})
    assert pace.gap / pace.together == pytest.approx(gap)
    assert pace_of({}).gap == 0
