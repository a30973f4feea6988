"""An event as JSON text; not compressed, since people read it in the table."""

import json
from collections.abc import Sequence
from typing import Any

from functions.domain.event import Event, EventKind
from functions.domain.failure_codec import decode_failure, encode_failure
from functions.domain.incident import IncidentStatus, Origin
from functions.domain.likely_cause import LikelyCause
from functions.domain.packing import FormatError, check_version, moment, optional_moment, optional_seconds, seconds
from functions.domain.verdict import Verdict

VERSION = 1


def encode_event(event: Event) -> str:
    """Return `event` as JSON, times in epoch seconds; `likely` is only there where something is."""
    return json.dumps(
        {
            "v": VERSION,
            "id": event.id,
            "kind": event.kind.value,
            "incident": event.incident,
            "monitor": event.monitor,
            "verdict": event.verdict.value,
            "previous": event.previous.value,
            "at": seconds(event.at),
            "started_at": seconds(event.started_at),
            "resolved_at": optional_seconds(event.resolved_at),
            "failure": encode_failure(event.failure),
            "status_code": event.status_code,
            "attempts": event.attempts,
            "regions": event.regions,
            "observers": event.observers,
            "summary": event.summary,
            **({"likely": [_likely(cause) for cause in event.likely_causes]} if event.likely_causes else {}),
            **(_person(event) if event.origin is Origin.PERSON else {}),
        },
        separators=(",", ":"),
    )


def decode_event(text: str) -> Event:
    """Return what `encode_event` was given; raises FormatError where the text is something else."""
    try:
        document = json.loads(text)
        check_version(document, VERSION, "an event")
        return Event(
            id=document["id"],
            kind=EventKind(document["kind"]),
            incident=document["incident"],
            monitor=document["monitor"],
            verdict=Verdict(document["verdict"]),
            previous=Verdict(document["previous"]),
            at=moment(document["at"]),
            started_at=moment(document["started_at"]),
            resolved_at=optional_moment(document["resolved_at"]),
            failure=decode_failure(document["failure"]),
            status_code=document["status_code"],
            attempts=document["attempts"],
            regions=tuple(document["regions"]),
            observers=tuple(document["observers"]),
            summary=document["summary"],
            likely_causes=tuple(_read_likely(row) for row in document.get("likely", ())),
            origin=Origin(document.get("origin", Origin.JUDGE)),
            monitors=tuple(document.get("monitors", ())),
            title=document.get("title"),
            status=IncidentStatus(document["status"]) if document.get("status") else None,
            by=document.get("by"),
        )
    except FormatError:
        raise
    except (KeyError, TypeError, ValueError) as error:
        raise FormatError(f"not an event: {error!r}") from error


def _likely(cause: LikelyCause) -> list[object]:
    flags = [cause.upstream, cause.depended_on, cause.ongoing]
    return [cause.monitor, cause.name, cause.verdict.value, seconds(cause.since), *flags]


def _read_likely(row: Sequence[Any]) -> LikelyCause:
    monitor, name, verdict, since, upstream, depended_on, ongoing = row
    return LikelyCause(
        monitor=monitor,
        name=name,
        verdict=Verdict(verdict),
        since=moment(since),
        upstream=upstream,
        depended_on=depended_on,
        ongoing=ongoing,
    )


def _person(event: Event) -> dict[str, object]:
    return {
        "origin": event.origin.value,
        "monitors": event.monitors,
        "title": event.title,
        "status": event.status and event.status.value,
        "by": event.by,
    }
