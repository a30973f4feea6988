"""Incidents of one page seen beside each other: which may be what lies behind which."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from functions.domain.likely_cause import LikelyCause, ranked
from functions.domain.public_incident import IncidentView
from functions.domain.verdict import FailureKind, Verdict

MOST = 3
"""Likely causes that an incident names."""

DependsOn = Mapping[str, tuple[str, ...]]


def with_likely_causes(
    incidents: Sequence[IncidentView], depends_on: DependsOn, names: Mapping[str, str]
) -> list[IncidentView]:
    """Return the incidents, each with what was wrong at the same time and may lie behind it.

    That is what somebody else's status page reported, and an outage of what one of its monitors depends on. `names` are
    those of the page's monitors: what is not on the page is not named.
    """
    candidates = [incident for incident in incidents if _reported(incident) or incident.verdict is Verdict.DOWN]
    return [replace(incident, likely_causes=_behind(incident, candidates, depends_on, names)) for incident in incidents]


def _behind(
    incident: IncidentView, candidates: Iterable[IncidentView], depends_on: DependsOn, names: Mapping[str, str]
) -> tuple[LikelyCause, ...]:
    if _reported(incident):
        return ()  # its own status page says what it is
    named = {parent for monitor in incident.monitors for parent in depends_on.get(monitor, ())}
    found: dict[str, LikelyCause] = {}
    for other in candidates:
        concerned = named.intersection(other.monitors)
        if other.id == incident.id or not (concerned or _reported(other)) or not _together(incident, other):
            continue
        monitor = min(concerned or other.monitors)
        found.setdefault(
            monitor,
            LikelyCause(
                monitor=monitor,
                name=(other.cause and other.cause.subject) or names[monitor],
                verdict=other.verdict,
                since=other.started_at,
                upstream=_reported(other),
                depended_on=bool(concerned),
                # A page of what is over is final: what lies behind it may go on, but that is another story.
                ongoing=incident.resolved_at is None and other.resolved_at is None,
            ),
        )
    return ranked(found.values())[:MOST]


def _reported(incident: IncidentView) -> bool:
    return incident.cause is not None and incident.cause.kind is FailureKind.UPSTREAM


def _together(one: IncidentView, other: IncidentView) -> bool:
    return (other.resolved_at is None or one.started_at <= other.resolved_at) and (
        one.resolved_at is None or other.started_at <= one.resolved_at
    )
