"""What a status page's RSS or Atom feed comes to: its newest entry, if that is young and not about an end.

Formats: https://www.rssboard.org/rss-specification and RFC 4287. A document type with entities is refused: expanded, a
kilobyte of them is gigabytes.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Final
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from functions.domain.statuspage import Standing
from functions.domain.verdict import Verdict

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

RECENT: Final = timedelta(hours=24)
"""An entry older than this says nothing of the present, whatever its words."""

_ATOM: Final = "{http://www.w3.org/2005/Atom}"
_TAG: Final = re.compile(r"<[^>]{0,1000}>")
_STAGE: Final = re.compile(
    r"\b(investigating|identified|monitoring|resolved|completed|scheduled|in progress|verifying|"
    r"operating normally|postmortem)\b",
    re.IGNORECASE,
)
_OPEN: Final = frozenset({"investigating", "identified", "monitoring"})


class FeedError(ValueError):
    """The document is no feed that can be read; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry: a title, the time of its newest change, and its text, newest word first."""

    title: str
    at: datetime
    text: str


def read_feed(body: bytes, *, at: datetime) -> Standing:
    """Return what the feed says of the moment `at`: degraded while its newest entry is open, else up.

    A feed has no word for how bad it is, so it is never down. An entry is over, or planned, if the first word for a
    stage that stands in its title or else its text says so. Raises FeedError.
    """
    entries = [entry for entry in _entries(_root(body)) if at - entry.at <= RECENT]
    newest = max(entries, key=lambda entry: entry.at, default=None)
    if newest is None or not _is_open(newest):
        return Standing(verdict=Verdict.UP)
    return Standing(verdict=Verdict.DEGRADED, words=newest.title)


def _is_open(entry: Entry) -> bool:
    stage = _STAGE.search(entry.title) or _STAGE.search(entry.text)
    return stage is None or stage[1].lower() in _OPEN


def _root(body: bytes) -> "Element":
    try:
        return fromstring(body)
    except DefusedXmlException as error:
        raise FeedError("it declares entities, which no feed needs") from error
    except (ParseError, ValueError, LookupError) as error:
        raise FeedError(f"it is not XML ({error})") from error


def _entries(root: "Element") -> Iterator[Entry]:
    """Yield the entries that have a time; raises FeedError where the document is another kind of XML."""
    if root.tag == "rss":
        for item in root.iterfind("channel/item"):
            yield from _entry(item, title="title", times=("pubDate",), texts=("description",))
    elif root.tag == f"{_ATOM}feed":
        for item in root.iterfind(f"{_ATOM}entry"):
            times = (f"{_ATOM}updated", f"{_ATOM}published")
            yield from _entry(item, title=f"{_ATOM}title", times=times, texts=(f"{_ATOM}content", f"{_ATOM}summary"))
    else:
        raise FeedError("it is neither an RSS nor an Atom feed")


def _entry(item: "Element", *, title: str, times: tuple[str, ...], texts: tuple[str, ...]) -> Iterator[Entry]:
    written = next((text for name in times if (text := item.findtext(name))), "").strip()
    moment = _moment(written)
    if moment is not None:
        text = " ".join(_TAG.sub(" ", item.findtext(name) or "") for name in texts)
        yield Entry(title=" ".join((item.findtext(title) or "an entry without a title").split()), at=moment, text=text)


def _moment(written: str) -> datetime | None:
    """Return the time, which is RFC 5322's in RSS and RFC 3339's in Atom; without a zone it is taken for UTC."""
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            at = read(written)
        except (TypeError, ValueError, IndexError):
            continue
        return at.replace(tzinfo=UTC) if at.tzinfo is None else at
    return None
