"""A failure as a short JSON list, as states, incidents and events hold it: [kind, reason, phase or null].

Who reports it is a fourth entry, and who answered, as [finding, certainty], a fifth, and
the name of the step that failed a sixth, where there is such a thing.
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
    reporter = failure.subject
    answered = _answered(failure.attribution)
    row: list[object] = [failure.kind.value, failure.reason, None if failure.phase is None else failure.phase.value]
    if failure.step is not None:
        return [*row, reporter, answered, failure.step]
    if answered is not None:
        return [*row, reporter, answered]
    return row if reporter is None else [*row, reporter]


def decode_failure(row: Sequence[Any] | None) -> Failure | None:
    """Return the failure of the list; None for None."""
    if row is None:
        return None
    kind, reason, phase, *rest = row
    subject, answered, step = [*rest, None, None, None][:3]
    return Failure(
        kind=FailureKind(kind),
        reason=reason,
        phase=Phase(phase) if phase else None,
        subject=subject,
        attribution=None if answered is None else _attribution(answered),
        step=step,
    )


def _answered(found: Attribution | None) -> list[str] | None:
    return None if found is None else [found.finding.value, found.certainty.value]


def _attribution(row: Sequence[str]) -> Attribution | None:
    """Return who answered; None for words of another version: better not told than a state that cannot be read."""
    try:
        finding, certainty = row
        return Attribution(finding=Finding(finding), certainty=Certainty(certainty))
    except ValueError:
        return None
