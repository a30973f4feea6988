"""What was seen, held against what is expected of it."""

from dataclasses import replace

from functions.domain.attribution import attribute
from functions.domain.expectation import Assessment, Expectations, Guard, assess
from functions.domain.result import Failure
from functions.domain.verdict import FailureKind, Verdict
from functions.execution import Sighting, UnmadeError


def assess_sighting(sighting: Sighting, expectations: Expectations, guard: Guard | None) -> Assessment:
    """Return the verdict on what was seen: that of the sighting itself where there is no answer to look at.

    Raises UnmadeError where all that is known of the answer is well, and something is not known.
    """
    if sighting.answer is None:
        return Assessment(verdict=sighting.verdict, failure=sighting.failure)
    # Slowness of our own must not be held against the target.
    demanded = expectations.without_latency() if sighting.busy else expectations
    assessment = assess(sighting.answer, demanded, guard=guard)
    if assessment.verdict is Verdict.UP and sighting.answer.unknown is not None:
        # What is known is well; of what is not, that would be a guess.
        raise UnmadeError(sighting.answer.unknown)
    if assessment.failure is None:
        return assessment
    return replace(assessment, failure=_explained(assessment.failure, sighting))


def _explained(failure: Failure, sighting: Sighting) -> Failure:
    """Return the failure with who answered, where that shows, and which phase it was that took so long."""
    slow = failure.kind is FailureKind.LATENCY and failure.phase is None
    return replace(
        failure,
        phase=sighting.phases.slowest if slow else failure.phase,
        attribution=None if sighting.answer is None else attribute(sighting.answer),
    )
