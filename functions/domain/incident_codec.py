"""An incident as the bytes that the table keeps: {"v": 1, …} with times in epoch seconds."""

from functions.domain.failure_codec import decode_failure, encode_failure
from functions.domain.incident import Incident, IncidentStatus, Update
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
            "updates": [[seconds(u.at), u.status.value, u.verdict.value, u.body] for u in incident.updates],
        }
    )


def decode_incident(data: bytes) -> Incident:
    """Return what `encode_incident` was given; raises FormatError where the bytes are something else."""
    document = unpack(data)
    try:
        check_version(document, VERSION, "an incident")
        failure = decode_failure(document["failure"])
        if failure is None:
            raise FormatError(f"incident {document['id']} has no failure")
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
            updates=tuple(
                Update(at=moment(at), status=IncidentStatus(status), verdict=Verdict(verdict), body=body)
                for at, status, verdict, body in document["updates"]
            ),
        )
    except (KeyError, TypeError) as error:
        raise FormatError(f"not an incident: {error!r}") from error
