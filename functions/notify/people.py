"""What people did to an incident, told to the team: the subject, and the text of the e-mail."""

import re

from functions.domain.event import Event, EventKind
from functions.domain.incident import IncidentStatus
from functions.domain.wording import cut, visible
from functions.notify.audience import Audience
from functions.notify.text import ascii_name, clock, duration, full_time, one_line

_LABEL = 10
_NAME = 200
_BODY = 8_000
_NAMES = 20
_BLANK_LINES = re.compile(r"\n{3,}")


def people_subject(event: Event, audience: Audience, *, limit: int) -> str:
    """Return e.g. "[IDENTIFIED] Orders are slow since 12:01 UTC"; the title may be cut, the rest never is."""
    word, when = f"[{_word(event)}] ", _when(event)
    room = limit - len(word) - len(when) - 1
    title = ascii_name(event.title or audience.name, otherwise=event.monitor, limit=room)
    return f"{word}{title} {when}".rstrip()


def people_email(event: Event, audience: Audience) -> str:
    """Return plain text: what people wrote, as they wrote it, and where things stand."""
    ended = event.resolved_at
    facts = [
        ("Incident", one_line(event.title or audience.name, _NAME)),
        ("Status", (event.status or IncidentStatus.INVESTIGATING).value),
        ("Affected", _affected(event, audience)),
        ("At worst", event.verdict.replace("_", " ")),
        ("Since", full_time(event.started_at, audience.time_zone)),
        ("Until", ended and full_time(ended, audience.time_zone)),
        ("Lasted", ended and duration(ended - event.started_at)),
        ("By", event.by and one_line(event.by, _NAME)),
        ("Written", full_time(event.at, audience.time_zone)),
    ]
    places = [("Incident", audience.incident_url(event.incident or "")), ("Page", audience.page_url)]
    return "\n".join(
        [
            _headline(event),
            "",
            _text(event.summary),
            "",
            *(f"{label:<{_LABEL}}{value}" for label, value in facts if value),
            "",
            "Where to look",
            *(f"{label:<{_LABEL}}{value}" for label, value in places),
            "",
            f"{one_line(audience.page_title, _NAME)}, event {event.id}",
            "",
        ]
    )


def _word(event: Event) -> str:
    if event.kind is EventKind.OPENED:
        return event.verdict.upper()
    if event.kind is EventKind.UPDATED and event.status is not None:
        return event.status.upper()
    return event.kind.upper()


def _when(event: Event) -> str:
    if event.kind is EventKind.RESOLVED:
        return f"after {duration((event.resolved_at or event.at) - event.started_at)}"
    if event.kind in (EventKind.OPENED, EventKind.UPDATED) and event.resolved_at is None:
        return f"since {clock(event.started_at, seen_at=event.at)}"
    return f"by {ascii_name(event.by, otherwise='', limit=30)}" if event.by else ""


_HEADLINES = {
    EventKind.OPENED: "Somebody has opened an incident.",
    EventKind.UPDATED: "Somebody has written to an incident.",
    EventKind.RESOLVED: "Somebody has resolved an incident.",
    EventKind.ACKNOWLEDGED: "Somebody is on it.",
    EventKind.RETITLED: "An incident has another title.",
    EventKind.POSTMORTEM: "There is a postmortem.",
}


def _headline(event: Event) -> str:
    return _HEADLINES[event.kind]


def _affected(event: Event, audience: Audience) -> str:
    names = [one_line(audience.names.get(monitor, monitor), _NAME) for monitor in event.monitors]
    shown = ", ".join(names[:_NAMES])
    return shown if len(names) <= _NAMES else f"{shown} and {len(names) - _NAMES} more"


def _text(body: str) -> str:
    """Return the lines as they were written, without what does not print."""
    lines = "\n".join(visible(line.rstrip().replace("\t", "    ")) for line in body.splitlines())
    return cut(_BLANK_LINES.sub("\n\n", lines), _BODY)
