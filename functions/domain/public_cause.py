"""Of a failure, what the public may know."""

from functions.domain.result import Failure
from functions.domain.snapshot import PublicCause
from functions.domain.verdict import FailureKind


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
