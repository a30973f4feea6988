"""A failure as a short JSON list, as states, incidents and events hold it: [kind, reason, phase or null].

Who reports it is a fourth entry, and who answered, as [finding, certainty], a fifth, where there is such a thing.
"""

from collections.abc import Sequence
from typing import Any

from functions.domain.finding import Attribution, Certainty, Finding
from functions.domain.result import Failure
from functions.domain.verdict import FailureKind, Phase


def encode_failure(failure: Failure | None) -> list[object] | None:
    """Return the list; None for None."""
    if failure is None:
        return None
    row: list[object] = [failure.kind.value, failure.reason, None if failure.phase is None else failure.phase.value]
    if failure.attribution is not None:
        found = failure.attribution
        return [*row, failure.subject, [found.finding.value, found.certainty.value]]
    return row if failure.subject is None else [*row, failure.subject]


def decode_failure(row: Sequence[Any] | None) -> Failure | None:
    """Return the failure of the list; None for None."""
    if row is None:
        return None
    kind, reason, phase, *rest = row
    return Failure(
        kind=FailureKind(kind),
        reason=reason,
        phase=Phase(phase) if phase else None,
        subject=rest[0] if rest else None,
        attribution=_attribution(rest[1]) if len(rest) > 1 else None,
    )


def _attribution(row: Sequence[str]) -> Attribution | None:
    """Return who answered; None for words of another version: better not told than a state that cannot be read."""
    try:
        finding, certainty = row
        return Attribution(finding=Finding(finding), certainty=Certainty(certainty))
    except ValueError:
        return None
