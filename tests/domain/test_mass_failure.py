"""When so much fails at once that the fault may be the probe's own."""

import pytest

from functions.domain.mass_failure import is_mass
from functions.domain.result import Failure
from functions.domain.verdict import FailureKind

LETTERS = {
    ".": None,
    "d": FailureKind.DNS,
    "c": FailureKind.CONNECT,
    "t": FailureKind.TIMEOUT,
    "s": FailureKind.STATUS,
    "l": FailureKind.TLS,
}


@pytest.mark.parametrize(
    ("ended", "checks", "expected"),
    [
        pytest.param("ddd", 3, True, id="all of three"),
        pytest.param("dd", 2, False, id="all of two are too few"),
        pytest.param("dct...", 6, True, id="half of them, however they fail on the way"),
        pytest.param("dct....", 7, False, id="less than half"),
        pytest.param("sssss", 5, False, id="answers that are wrong came over a network"),
        pytest.param("lllll", 5, False, id="and so did a handshake"),
        pytest.param("ddd", 100, False, id="the rest is still on its way"),
        pytest.param("", 0, False, id="nothing at all"),
    ],
)
def test_a_mass_failure(ended: str, checks: int, expected: bool) -> None:  # noqa: FBT001 - a table
    """One letter for each check that has ended, of so many."""
    kinds = [LETTERS[letter] for letter in ended]
    failures = [None if kind is None else Failure(kind=kind, reason="it failed") for kind in kinds]
    assert is_mass(failures, of=checks) is expected
