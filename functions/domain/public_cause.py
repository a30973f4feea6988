"""Of a failure, what the public may know."""

from dataclasses import dataclass

from functions.domain.finding import Layer
from functions.domain.part import Part
from functions.domain.result import Failure
from functions.domain.verdict import FailureKind


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicCause:
    """Why, in what the public may know: the kind, and the status code where that is the kind.

    `subject` is whose own status page reports it. `layer` is who likely answered: whether the application itself did.
    `step` is the name of the step that failed, where there are several.
    `parts` are those that are not well, by their public names.
    """

    kind: FailureKind
    status_code: int | None = None
    phase: str | None = None
    subject: str | None = None
    layer: Layer | None = None
    step: str | None = None
    parts: tuple[Part, ...] = ()


def public_cause(failure: Failure, status_code: int | None) -> PublicCause:
    """Return the kind and, where they are the point, status code, phase, step, who reports it and which layer answered.

    Never the reason's words, nor what exactly the layer is.
    """
    return PublicCause(
        kind=failure.kind,
        status_code=status_code if failure.kind is FailureKind.STATUS else None,
        phase=None if failure.phase is None else failure.phase.value,
        subject=failure.subject,
        layer=None if failure.attribution is None else failure.attribution.layer,
        step=failure.step,
        parts=failure.parts,
    )
