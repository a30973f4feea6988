"""A failure as a short JSON list, as states, incidents and events hold it: [kind, reason, phase or null].

Who reports it is a fourth entry, who answered, as [finding, certainty], a fifth, the name of the step that failed a
sixth, and [[name, verdict]] of the parts that failed a seventh. What there is not is null, or left out at the end.
"""

from collections.abc import Sequence
from typing import Any

from functions.domain.finding import Attribution, Certainty, Finding
from functions.domain.part import Part
from functions.domain.result import Failure
from functions.domain.verdict import FailureKind, Phase, Verdict


def encode_failure(failure: Failure | None) -> list[object] | None:
    """Return the list; None for None."""
    if failure is None:
        return None
    reporter = failure.subject
    answered = _answered(failure.attribution)
    row: list[object] = [failure.kind.value, failure.reason, None if failure.phase is None else failure.phase.value]
    further: list[object] = [
        reporter,
        answered,
        failure.step,
        [[part.name, part.verdict.value] for part in failure.parts] or None,
    ]
    while further and further[-1] is None:
        further.pop()
    return [*row, *further]


def decode_failure(row: Sequence[Any] | None) -> Failure | None:
    """Return the failure of the list; None for None."""
    if row is None:
        return None
    kind, reason, phase, *rest = row
    subject, answered, step, parts = [*rest, None, None, None, None][:4]
    return Failure(
        kind=FailureKind(kind),
        reason=reason,
        phase=Phase(phase) if phase else None,
        subject=subject,
        attribution=None if answered is None else _attribution(answered),
        step=step,
        parts=tuple(Part(name=name, verdict=Verdict(verdict)) for name, verdict in parts or ()),
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
