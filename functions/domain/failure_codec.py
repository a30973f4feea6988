"""A failure as a short JSON list, as states, incidents and events hold it: [kind, reason, phase or null]."""

from collections.abc import Sequence

from functions.domain.result import Failure
from functions.domain.verdict import FailureKind, Phase


def encode_failure(failure: Failure | None) -> list[str | None] | None:
    """Return the list; None for None."""
    if failure is None:
        return None
    return [failure.kind.value, failure.reason, None if failure.phase is None else failure.phase.value]


def decode_failure(row: Sequence[str] | None) -> Failure | None:
    """Return the failure of the list; None for None."""
    if row is None:
        return None
    kind, reason, phase = row
    return Failure(kind=FailureKind(kind), reason=reason, phase=Phase(phase) if phase else None)
