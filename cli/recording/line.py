"""One recorded result as a line of JSON: what `pulseboard export` writes and `pulseboard replay` reads.

    {"monitor": id, "region": name, "at": ISO 8601 with a zone, "verdict": "up" | "degraded" | "down",
     "latency_ms": milliseconds or null, "status": HTTP status, "error": "kind" or "kind: reason",
     "parts": {name: "up" | "degraded" | "down" | "no_data"}}

`verdict`, `status`, `error` and `parts` (of a health body) may be left out or null. docs/replay.md is written for those
who make such files.
"""

import json
from dataclasses import dataclass
from datetime import datetime

from functions.domain.part import Part
from functions.domain.result import Failure, Result
from functions.domain.verdict import FailureKind, Verdict
from functions.domain.wording import cut

_KINDS = {kind.value: kind for kind in FailureKind}
_OF_CONNECTING = ("connect", "refused", "reset", "unreachable", "no route")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What one line says; `at` is in UTC."""

    monitor: str
    region: str
    at: datetime
    latency_ms: float | None
    verdict: Verdict | None = None
    status: int | None = None
    error: str | None = None
    parts: tuple[Part, ...] | None = None


def encode_line(result: Result, *, region: str, at: datetime) -> str:
    """Return the line, without its end; what a deployment adds to a failure (phase, attempts) is not in it."""
    document: dict[str, object] = {
        "monitor": result.monitor,
        "region": region,
        "at": f"{at:%Y-%m-%dT%H:%M:%SZ}",
        "verdict": result.verdict.value,
        # What the probe was too busy to measure says nothing about the target, and must not become a spike in a replay.
        "latency_ms": None if result.busy else result.latency_ms,
    }
    if result.last.status_code is not None:
        document["status"] = result.last.status_code
    if result.failure is not None:
        document["error"] = error_of(result.failure)
    if result.last.parts:
        document["parts"] = {part.name: part.verdict.value for part in result.last.parts}
    # ASCII, since a target may put half of a surrogate pair into an answer, which has no UTF-8.
    return json.dumps(document)


def error_of(failure: Failure) -> str:
    """Return `kind: reason`, from which `failure_of` makes the same kind and reason."""
    return f"{failure.kind.value}: {failure.reason}"


def failure_of(error: str) -> Failure:
    """Return what `error` says: one of our kinds, alone or before a colon; any other text as connect or protocol."""
    head, _, reason = error.partition(":")
    kind = _KINDS.get(head.strip().lower())
    if kind is not None:
        return Failure(kind=kind, reason=cut(reason.removeprefix(" ")) or kind.value)
    spoken = error.lower()
    connecting = any(word in spoken for word in _OF_CONNECTING)
    return Failure(kind=FailureKind.CONNECT if connecting else FailureKind.PROTOCOL, reason=cut(error))
