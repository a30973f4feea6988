"""What the public may read about a cause: plain sentences made of its kind, never of what the target answered.

Incidents and alerts carry them in English; on a page they are message ids (functions/render).
"""

from collections.abc import Sequence

from functions.domain.finding import Layer
from functions.domain.part import Part
from functions.domain.verdict import FailureKind, Phase, Verdict

_SENTENCES = {
    FailureKind.DNS: "Its address cannot be looked up.",
    FailureKind.CONNECT: "It cannot be reached.",
    FailureKind.TLS: "A secure connection to it cannot be made.",
    FailureKind.TIMEOUT: "It does not answer in time.",
    FailureKind.PROTOCOL: "Its answer breaks off or cannot be understood.",
    FailureKind.STATUS: "The health check answers with an unexpected status.",
    FailureKind.JSON: "It reports a problem of its own.",
    FailureKind.SCHEMA: "Its answer does not have the expected form.",
    FailureKind.HEADER: "Its answer does not have the expected headers.",
    FailureKind.BODY: "Its answer is not what it should be.",
    FailureKind.LATENCY: "It answers too slowly.",
    FailureKind.ANSWERS: "The DNS does not answer as it should.",
    FailureKind.CERTIFICATE: "Its certificate is about to expire.",
    FailureKind.HEARTBEAT: "It reports that it has failed.",
    FailureKind.LATE: "It has not reported in on time.",
    FailureKind.UPSTREAM: "Its own status page reports a problem.",
    FailureKind.ALARM: "One of its own alarms has gone off.",
    FailureKind.QUEUE: "A queue behind it is not as it should be.",
}

_TIMEOUTS = {
    Phase.DNS: "It does not answer in time: looking up its address takes too long.",
    Phase.CONNECT: "It does not answer in time: connecting to it takes too long.",
    Phase.TLS: "It does not answer in time: setting up the secure connection takes too long.",
    Phase.FIRST_BYTE: "It does not answer in time: it was connected to, and nothing came.",
    Phase.TRANSFER: "It does not answer in time: its answer was not complete.",
}

_SLOW = {
    Phase.DNS: "It answers too slowly: most of the time goes into looking up its address.",
    Phase.CONNECT: "It answers too slowly: most of the time goes into connecting to it.",
    Phase.TLS: "It answers too slowly: most of the time goes into setting up the secure connection.",
    Phase.FIRST_BYTE: "It answers too slowly: most of the time goes into waiting for its answer to begin.",
    Phase.TRANSFER: "It answers too slowly: most of the time goes into receiving its answer.",
}

_OF_PHASE = {FailureKind.TIMEOUT: _TIMEOUTS, FailureKind.LATENCY: _SLOW}
"""The phase is told where time is the matter; elsewhere the kind says it already."""

_LAYERS = {
    Layer.GATEWAY: "It was likely the gateway in front of the application that answered, not the application.",
    Layer.ORIGIN: "The gateway in front of the application likely got no good answer from it.",
    Layer.STORAGE: "It was likely the storage behind it that answered.",
}
"""Nothing is said of the application: that it answers by itself is what everybody thinks anyway."""

PARTS_NAMED = 3
"""Names of parts in one sentence."""

RECOVERED = "The health check passes again."
REMOVED = "This monitor is no longer watched."


def down_from(regions: Sequence[str]) -> str:
    """Return one sentence that says from where alone it is down: "It is down from eu-west-1 only."."""
    *others, last = regions
    before = f"{', '.join(others)} and " if others else ""
    return f"It is down from {before}{last} only."


def describe(
    kind: FailureKind,
    *,
    status_code: int | None = None,
    phase: Phase | str | None = None,
    subject: str | None = None,
    step: str | None = None,
    parts: Sequence[Part] = (),
    verdict: Verdict = Verdict.DEGRADED,
) -> str:
    """Return what says why, e.g. "The health check answers with HTTP 503."; it names the `subject` or the `step`.

    Where `parts` are not well, these are why: "Database has failed.", "Cache is degraded.".
    """
    if step is not None:
        answered = kind is FailureKind.STATUS and status_code is not None
        why = f"answers with HTTP {status_code}." if answered else f"fails. {describe(kind, phase=phase)}"
        return f"The step “{step}” {why}"
    if parts:
        down = [part.name for part in parts if part.verdict is Verdict.DOWN]
        degraded = [part.name for part in parts if part.verdict is not Verdict.DOWN]
        said = (_of_parts(down, "has failed", "have failed"), _of_parts(degraded, "is degraded", "are degraded"))
        return " ".join(sentence for sentence in said if sentence)
    if subject is not None:
        trouble = "has a major outage" if verdict is Verdict.DOWN else "has a problem"
        return f"{subject} {trouble}, as its own status page says."
    if kind is FailureKind.STATUS and status_code is not None:
        return f"The health check answers with HTTP {status_code}."
    return _SENTENCES[kind] if phase is None else _OF_PHASE.get(kind, {}).get(Phase(phase), _SENTENCES[kind])


def who_answered(layer: Layer) -> str | None:
    """Return one sentence that says which layer likely answered, where that is not the application itself."""
    return _LAYERS.get(layer)


def _of_parts(names: Sequence[str], one: str, several: str) -> str:
    """Return "Database and Cache have failed."; of many, the first three and how many more."""
    if len(names) <= 1:
        return "".join(f"{name} {one}." for name in names)
    if len(names) > PARTS_NAMED:
        return f"{', '.join(names[:PARTS_NAMED])} and {len(names) - PARTS_NAMED} more {several}."
    return f"{', '.join(names[:-1])} and {names[-1]} {several}."
