"""An alert for machines: the JSON document that docs/alerts.md describes."""

import json
from datetime import UTC, datetime

from functions.domain.event import Event
from functions.domain.finding import Attribution
from functions.domain.likely_cause import LikelyCause
from functions.domain.result import Failure
from functions.domain.whereabouts import whereabouts
from functions.domain.wording import cut
from functions.notify.audience import Audience

VERSION = 1
"""Raised when a field changes its meaning or goes; new fields may come without."""

UNREADABLE = "unreadable"
"""The `event` of an alert whose event cannot be read."""

_TEXT = 500
_REGIONS = 50


def document(event: Event, audience: Audience) -> str:
    """Return the document as ASCII JSON, so that any text of a target, however broken, travels."""
    ended = event.resolved_at or event.at
    return json.dumps(
        {
            "version": VERSION,
            "id": event.id,
            "event": event.kind.value,
            "severity": event.severity.value,
            "page": {"id": audience.page_id, "title": cut(audience.page_title, _TEXT), "url": audience.page_url},
            "monitor": {
                "id": event.monitor,
                "name": cut(audience.name, _TEXT),
                "group": audience.group and cut(audience.group, _TEXT),
                "url": audience.monitor_url(event.monitor),
            },
            "incident": event.incident and {"id": event.incident, "url": audience.incident_url(event.incident)},
            "origin": event.origin.value,
            "monitors": list(event.monitors[:_REGIONS]) or [event.monitor],
            "title": event.title and cut(event.title, _TEXT),
            "status": event.status and event.status.value,
            "by": event.by,
            "verdict": event.verdict.value,
            "previous_verdict": event.previous.value,
            "at": _time(event.at),
            "started_at": _time(event.started_at),
            "resolved_at": event.resolved_at and _time(event.resolved_at),
            "duration_seconds": max(0, int((ended - event.started_at).total_seconds())),
            "summary": cut(event.summary, _TEXT),
            "likely_causes": [_likely(cause) for cause in event.likely_causes],
            "failure": event.failure and _failure(event.failure, event.status_code),
            "attempts": event.attempts,
            "regions": event.regions[:_REGIONS],
            "observers": event.observers[:_REGIONS],
        }
    )


def unreadable_document(event_id: str, *, page_id: str, page_title: str, page_url: str) -> str:
    """Return what is told of an event that cannot be read: that there is one."""
    return json.dumps(
        {
            "version": VERSION,
            "id": event_id,
            "event": UNREADABLE,
            "severity": "warning",
            "page": {"id": page_id, "title": cut(page_title, _TEXT), "url": page_url},
        }
    )


def _failure(failure: Failure, status_code: int | None) -> dict[str, object]:
    return {
        "kind": failure.kind.value,
        "reason": cut(failure.reason, _TEXT),
        "phase": failure.phase and failure.phase.value,
        "status_code": status_code,
        "attribution": failure.attribution and _attribution(failure.attribution),
        "where": whereabouts(failure, status_code),
        "parts": [{"name": part.name, "verdict": part.verdict.value} for part in failure.parts],
    }


def _likely(cause: LikelyCause) -> dict[str, object]:
    return {
        "monitor": cause.monitor,
        "name": cut(cause.name, _TEXT),
        "verdict": cause.verdict.value,
        "since": _time(cause.since),
        "depended_on": cause.depended_on,
    }


def _attribution(found: Attribution) -> dict[str, object]:
    return {
        "layer": found.layer.value,
        "finding": found.finding.value,
        "certainty": found.certainty.value,
        "words": found.words,
    }


def _time(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
