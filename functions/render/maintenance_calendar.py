"""Planned maintenance as one calendar to subscribe to (RFC 5545), each window an event of its own.

Recurring windows are written out, 90 days back and 180 days ahead, in UTC: what every program shows right, on both
sides of a change of clocks, without knowing time zones or rules. Nothing rings, and nobody is busy.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Final
from uuid import NAMESPACE_URL, uuid5

from functions.domain.maintenance import FUTURE
from functions.domain.snapshot import MaintenanceView, Snapshot
from functions.render.artefact import Artefact
from functions.render.plain_text import allowed, one_line
from functions.render.speech import N_
from functions.render.words import Words

KEY: Final = "feeds/maintenance.ics"
CONTENT_TYPE: Final = "text/calendar; charset=utf-8"

_HEAD: Final = (
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Pulseboard//Status page//EN",
    "CALSCALE:GREGORIAN",
)
_FOLD: Final = 75
"""Octets in a line, without its end (section 3.1)."""
_LONGEST_TITLE: Final = 200
_LINE_END: Final = re.compile("\r\n|[\r\n\u2028\u2029]")


def calendar_title(snapshot: Snapshot, words: Words) -> str:
    """Return what the calendar is called."""
    return words.say(N_("%(page)s: maintenance"), page=snapshot.page.title)


def maintenance_calendar(snapshot: Snapshot, words: Words) -> Artefact:
    """Return the calendar of the page's windows."""
    lines = [line for content in _content(snapshot, words) for line in _folded(content)]
    return Artefact(body="".join(f"{line}\r\n" for line in lines).encode(), content_type=CONTENT_TYPE)


def window_calendar(window: MaintenanceView, names: Mapping[str, str], snapshot: Snapshot, words: Words) -> Artefact:
    """Return a calendar of one window, to be added by hand; in the page's calendar it is the same event."""
    content = (*_HEAD, *_event(window, snapshot, _affected(window, names, words)), "END:VCALENDAR")
    lines = [line for each in content for line in _folded(each)]
    return Artefact(body="".join(f"{line}\r\n" for line in lines).encode(), content_type=CONTENT_TYPE)


def _content(snapshot: Snapshot, words: Words) -> Iterator[str]:
    """Yield the calendar's lines, not folded yet."""
    title = _text(one_line(calendar_title(snapshot, words), limit=_LONGEST_TITLE))
    yield from _HEAD
    yield f"NAME:{title}"
    yield f"X-WR-CALNAME:{title}"
    yield "REFRESH-INTERVAL;VALUE=DURATION:PT1H"
    yield "X-PUBLISHED-TTL:PT1H"
    names = {monitor.id: monitor.name for monitor in snapshot.monitors}
    for window in snapshot.planned:
        yield from _event(window, snapshot, _affected(window, names, words))
    if not snapshot.planned:
        # A calendar must hold something (section 3.6).
        yield from ("BEGIN:VTIMEZONE", "TZID:UTC", "BEGIN:STANDARD", "DTSTART:19700101T000000")
        yield from ("TZOFFSETFROM:+0000", "TZOFFSETTO:+0000", "END:STANDARD", "END:VTIMEZONE")
    yield "END:VCALENDAR"


def _event(window: MaintenanceView, snapshot: Snapshot, affected: str) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{uuid5(NAMESPACE_URL, f'pulseboard/{snapshot.page.id}/maintenance/{window.id}')}"
    # When it came into the calendar: a moment that is over and stays the same.
    yield f"DTSTAMP:{_time(window.start - FUTURE)}"
    yield f"DTSTART:{_time(window.start)}"
    yield f"DTEND:{_time(window.end)}"
    yield f"SUMMARY:{_text(one_line(window.title, limit=_LONGEST_TITLE))}"
    said = _text("\n\n".join(filter(None, (window.description, affected))))
    yield f"DESCRIPTION:{said}"
    yield f"URL:{snapshot.url}/maintenance/{window.id}"
    yield "STATUS:CONFIRMED"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _affected(window: MaintenanceView, names: Mapping[str, str], words: Words) -> str:
    concerned = words.formats.comma.join(names[monitor] for monitor in window.monitors if monitor in names)
    return words.say(N_("Affected: %(names)s"), names=concerned)


def _text(text: str) -> str:
    """Return a value of type TEXT (section 3.3.11); nothing in it can end its line."""
    escaped = re.sub(r"([\\;,])", r"\\\1", allowed(text))
    return _LINE_END.sub(r"\\n", escaped).replace("\t", " ")


def _time(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _folded(line: str) -> Iterator[str]:
    """Yield the line in pieces of at most 75 octets, none of which ends within a character."""
    piece, size = "", 0
    for character in line:
        width = len(character.encode())
        if size + width > _FOLD:
            yield piece
            piece, size = " ", 1
        piece += character
        size += width
    yield piece
