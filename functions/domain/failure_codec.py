"""A failure as a short JSON list, as states, incidents and events hold it: [kind, reason, phase or null].

Who reports it is a fourth entry, where somebody does.
"""

from collections.abc import Sequence

from functions.domain.result import Failure
from functions.domain.verdict import FailureKind, Phase


def encode_failure(failure: Failure | None) -> list[str | None] | None:
    """Return the list; None for None."""
    if failure is None:
        return None
    row = [failure.kind.value, failure.reason, None if failure.phase is None else failure.phase.value]
    return row if failure.subject is None else [*row, failure.subject]


def decode_failure(row: Sequence[str] | None) -> Failure | None:
    """Return the failure of the list; None for None."""
    if row is None:
        return None
    kind, reason, phase, *subject = row
    return Failure(
        kind=FailureKind(kind),
        reason=reason,
        phase=Phase(phase) if phase else None,
        subject=subject[0] if subject else None,
    )
