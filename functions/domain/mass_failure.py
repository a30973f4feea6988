"""When so much fails at once that the fault may be the probe's own."""

from collections.abc import Collection

from functions.domain.result import Failure
from functions.domain.verdict import FailureKind

FEWEST = 3
"""Fewer checks than this that fail together are no mass."""

OUR_OWN = "the probe's own network failed"
"""Why checks are unmade that failed together with the canary."""

_ON_THE_WAY = frozenset({FailureKind.DNS, FailureKind.CONNECT, FailureKind.TIMEOUT})


def on_the_way(failure: Failure | None) -> bool:
    """Tell whether a check failed before there was an answer, as it does without a network."""
    return failure is not None and failure.kind in _ON_THE_WAY


def is_mass(failures: Collection[Failure | None], *, of: int) -> bool:
    """Tell whether at least half `of` all checks, and no fewer than FEWEST, failed on the way."""
    lost = sum(on_the_way(failure) for failure in failures)
    return lost >= FEWEST and 2 * lost >= of
