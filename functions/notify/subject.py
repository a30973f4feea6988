"""The subject of an alert: what SNS allows and what a phone's lock screen shows.

SNS wants fewer than 100 printable ASCII characters, without line breaks, beginning with a letter, number or
punctuation mark (https://docs.aws.amazon.com/sns/latest/api/API_Publish.html).
"""

from functions.domain.event import Event, EventKind
from functions.domain.incident import Origin
from functions.domain.verdict import Verdict
from functions.notify.audience import Audience
from functions.notify.people import people_subject
from functions.notify.text import ascii_name, clock, duration

LIMIT = 99
_NAME = 44
_SHORTEST_TITLE = 8
_ROOM = 14
"""What the title of a person's incident leaves for the page's."""


def subject(event: Event, audience: Audience) -> str:
    """Return e.g. "[DOWN] Shop API since 12:01 UTC - Acme API Status"."""
    if event.origin is Origin.PERSON:
        return _with_page(people_subject(event, audience, limit=LIMIT - _ROOM), audience)
    shown = ascii_name(audience.name, otherwise=event.monitor, limit=_NAME)
    return _with_page(f"[{_word(event)}] {shown} {_when(event)}", audience)


def _with_page(line: str, audience: Audience) -> str:
    """Return the line with the page's title where there is room for it."""
    room = LIMIT - len(line) - len(" - ")
    if room < _SHORTEST_TITLE:
        return line[:LIMIT]
    return f"{line} - {ascii_name(audience.page_title, otherwise=audience.page_id, limit=room)}"


def _word(event: Event) -> str:
    if event.kind is EventKind.BUDGET_BURNING:
        return "BUDGET"
    return "RESOLVED" if event.kind is EventKind.RESOLVED else event.verdict.upper()


def _when(event: Event) -> str:
    if event.kind is EventKind.RESOLVED:
        if event.verdict is not Verdict.UP:
            return "is no longer watched"
        return f"after {duration((event.resolved_at or event.at) - event.started_at)}"
    if event.kind is EventKind.BUDGET_BURNING:
        return f"burns fast since {clock(event.started_at, seen_at=event.at)}"
    again = "again, first " if event.kind is EventKind.UPDATED and not event.previous.failing else "since "
    return again + clock(event.started_at, seen_at=event.at)
