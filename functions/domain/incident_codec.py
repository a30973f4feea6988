"""An incident as the bytes that the table keeps: {"v": 1, …} with times in epoch seconds.

An update is [at, status, verdict, body, number, origin, by, {monitor: verdict}]; those that were written before people
could open incidents end after the body.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from functions.domain.failure_codec import decode_failure, encode_failure
from functions.domain.incident import Acknowledgement, Incident, IncidentStatus, Origin, Postmortem, Update
from functions.domain.packing import (
    FormatError,
    check_version,
    moment,
    optional_moment,
    optional_seconds,
    pack,
    seconds,
    unpack,
)
from functions.domain.verdict import Verdict

VERSION = 1


def encode_incident(incident: Incident) -> bytes:
    """Return `incident` as compressed JSON."""
    on_it, learnt = incident.acknowledged, incident.postmortem
    return pack(
        {
            "v": VERSION,
            "id": incident.id,
            "monitors": incident.monitors,
            "verdict": incident.verdict.value,
            "started_at": seconds(incident.started_at),
            "resolved_at": optional_seconds(incident.resolved_at),
            "failure": encode_failure(incident.failure),
            "status_code": incident.status_code,
            **({"only_from": incident.only_from} if incident.only_from else {}),
            "reopened": incident.reopened,
            "announced": incident.announced,
            "origin": incident.origin.value,
            "title": incident.title,
            "acknowledged": on_it and [seconds(on_it.at), on_it.by],
            "postmortem": learnt and [seconds(learnt.at), learnt.body],
            "updates": [_update(update) for update in incident.updates],
        }
    )


def decode_incident(data: bytes, *, version: int = 0) -> Incident:
    """Return what `encode_incident` was given, read as `version`; raises FormatError where it is something else."""
    document = unpack(data)
    try:
        check_version(document, VERSION, "an incident")
        origin = Origin(document.get("origin", Origin.JUDGE))
        failure = decode_failure(document["failure"])
        if failure is None and origin is Origin.JUDGE:
            raise FormatError(f"incident {document['id']} has no failure")  # noqa: TRY301 - said where it is found
        on_it, learnt = document.get("acknowledged"), document.get("postmortem")
        return Incident(
            id=document["id"],
            monitors=tuple(document["monitors"]),
            verdict=Verdict(document["verdict"]),
            started_at=moment(document["started_at"]),
            resolved_at=optional_moment(document["resolved_at"]),
            failure=failure,
            status_code=document["status_code"],
            only_from=tuple(document.get("only_from", ())),
            reopened=document["reopened"],
            announced=document["announced"],
            origin=origin,
            title=document.get("title"),
            acknowledged=Acknowledgement(at=moment(on_it[0]), by=on_it[1]) if on_it else None,
            postmortem=Postmortem(at=moment(learnt[0]), body=learnt[1]) if learnt else None,
            updates=tuple(_read_updates(document)),
            version=version,
        )
    except FormatError:
        raise
    except (KeyError, TypeError, ValueError) as error:
        raise FormatError(f"not an incident: {error!r}") from error


def _update(update: Update) -> list[object]:
    said = [seconds(update.at), update.status.value, update.verdict.value, update.body, update.number]
    return [*said, update.origin.value, update.by, {m: verdict.value for m, verdict in update.affected.items()}]


def _read_updates(document: Mapping[str, Any]) -> list[Update]:
    rows: Sequence[Sequence[Any]] = document["updates"]
    # Without a number: the first is the first, and what was left out of a long timeline stood behind it.
    behind = max(len(rows), document["announced"]) - len(rows)
    return [
        _read_update(row, number=place + 1 + (behind if place else 0), monitors=document["monitors"])
        for place, row in enumerate(rows)
    ]


def _read_update(row: Sequence[Any], *, number: int, monitors: Sequence[str]) -> Update:
    """Return one entry; where it does not say, it has this `number` and is about the first of `monitors`."""
    at, status, verdict, body, *more = row
    number, origin, by, affected = more or (number, Origin.JUDGE, None, dict.fromkeys(monitors[:1], verdict))
    return Update(
        at=moment(at),
        status=IncidentStatus(status),
        verdict=Verdict(verdict),
        body=body,
        number=number,
        origin=Origin(origin),
        by=by,
        affected={monitor: Verdict(word) for monitor, word in affected.items()},
    )
