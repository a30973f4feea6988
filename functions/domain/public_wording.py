"""What the public may read about a cause: plain sentences made of its kind, never of what the target answered."""

from collections.abc import Sequence

from functions.domain.finding import Layer
from functions.domain.part import Part
from functions.domain.verdict import FailureKind, Phase, Verdict

_SENTENCES = {
    FailureKind.DNS: "Its name cannot be resolved.",
    FailureKind.CONNECT: "No connection can be made.",
    FailureKind.TLS: "No secure connection can be made.",
    FailureKind.TIMEOUT: "There is no answer within the time limit.",
    FailureKind.PROTOCOL: "The answer breaks off or cannot be understood.",
    FailureKind.STATUS: "The health check answers with an unexpected status.",
    FailureKind.JSON: "The health check reports that a part of the service has a problem.",
    FailureKind.SCHEMA: "The answer does not have the expected form.",
    FailureKind.HEADER: "The answer does not have the expected headers.",
    FailureKind.BODY: "The answer does not have the expected content.",
    FailureKind.LATENCY: "It answers more slowly than it should.",
    FailureKind.ANSWERS: "The DNS does not answer as it should.",
    FailureKind.CERTIFICATE: "Its certificate is about to expire or is not valid.",
    FailureKind.HEARTBEAT: "It reports that it has failed.",
    FailureKind.LATE: "It has not reported in on time.",
    FailureKind.UPSTREAM: "Its own status page reports a problem.",
    FailureKind.ALARM: "One of its own alarms has gone off.",
    FailureKind.QUEUE: "A queue behind it is not as it should be.",
}

_TIMEOUTS = {
    Phase.DNS: "while its name was looked up",
    Phase.CONNECT: "while connecting",
    Phase.TLS: "while the secure connection was set up",
    Phase.FIRST_BYTE: "while waiting for the first byte",
    Phase.TRANSFER: "while the answer was being received",
}

_SLOW = {
    Phase.DNS: "looking up its name",
    Phase.CONNECT: "connecting",
    Phase.TLS: "setting up the secure connection",
    Phase.FIRST_BYTE: "waiting for the first byte",
    Phase.TRANSFER: "receiving the answer",
}

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
    return _SENTENCES[kind] if phase is None else _of_phase(kind, Phase(phase))


def _of_phase(kind: FailureKind, phase: Phase) -> str:
    """Return the sentence that also says in which phase it was, where that says something."""
    if kind is FailureKind.TIMEOUT:
        return f"No answer within the time limit {_TIMEOUTS[phase]}."
    if kind is FailureKind.LATENCY:
        return f"It answers more slowly than it should: most of the time goes into {_SLOW[phase]}."
    return _SENTENCES[kind]


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
