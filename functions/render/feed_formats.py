"""A feed as RSS 2.0, Atom 1.0 and JSON Feed 1.1.

Sources: https://www.rssboard.org/rss-specification, RFC 4287, https://www.jsonfeed.org/version/1.1/.
"""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Final
from xml.etree import ElementTree as ET

from markupsafe import escape

from functions.render.artefact import Artefact
from functions.render.feed import Entry, Feed
from functions.render.formats import utc
from functions.render.plain_text import allowed, one_line

_LONGEST_TITLE: Final = 500


def rss(feed: Feed) -> bytes:
    """Return RSS 2.0; the times of changes, which it has no element for, are Atom's."""
    root = ET.Element("rss", {"version": "2.0", "xmlns:atom": "http://www.w3.org/2005/Atom"})
    channel = ET.SubElement(root, "channel")
    _add(channel, "title", _title(feed.title))
    _add(channel, "link", feed.home)
    # Readers take a description for HTML.
    _add(channel, "description", escape(feed.description))
    _add(channel, "language", feed.language)
    _add(channel, "lastBuildDate", _rfc822(feed.updated))
    _add(channel, "atom:link", None, href=f"{feed.folder}.rss", rel="self", type="application/rss+xml")
    for entry in feed.entries:
        item = ET.SubElement(channel, "item")
        _add(item, "title", _title(entry.title))
        _add(item, "link", entry.url)
        _add(item, "guid", entry.id, isPermaLink="false")
        _add(item, "pubDate", _rfc822(entry.published))
        _add(item, "atom:updated", utc(entry.updated))
        _add(item, "description", entry.content)
    return _document(root)


def atom(feed: Feed) -> bytes:
    """Return Atom 1.0."""
    root = ET.Element("feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": feed.language})
    _add(root, "id", feed.id)
    _add(root, "title", _title(feed.title))
    _add(root, "updated", utc(feed.updated))
    _add(ET.SubElement(root, "author"), "name", _title(feed.author))
    _add(root, "link", None, rel="self", type="application/atom+xml", href=f"{feed.folder}.atom")
    _add(root, "link", None, rel="alternate", type="text/html", href=feed.home)
    for entry in feed.entries:
        item = ET.SubElement(root, "entry")
        _add(item, "id", entry.id)
        _add(item, "title", _title(entry.title))
        _add(item, "link", None, rel="alternate", type="text/html", href=entry.url)
        _add(item, "published", utc(entry.published))
        _add(item, "updated", utc(entry.updated))
        _add(item, "summary", entry.summary)
        _add(item, "content", entry.content, type="html")
    return _document(root)


def json_feed(feed: Feed) -> bytes:
    """Return JSON Feed 1.1."""
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.home,
        "feed_url": f"{feed.folder}.json",
        "description": feed.description,
        "language": feed.language,
        "authors": [{"name": feed.author, "url": feed.home}],
        "items": [_item(entry) for entry in feed.entries],
    }
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


FORMATS: Final[Mapping[str, tuple[Callable[[Feed], bytes], str]]] = {
    "rss": (rss, "application/rss+xml; charset=utf-8"),
    "atom": (atom, "application/atom+xml; charset=utf-8"),
    "json": (json_feed, "application/feed+json"),
}
"""By the ending of the key: how it is written, and its content type."""


def write(feed: Feed, ending: str) -> Artefact:
    """Return `feed` in the format of that ending."""
    encode, content_type = FORMATS[ending]
    return Artefact(body=encode(feed), content_type=content_type)


def _item(entry: Entry) -> dict[str, object]:
    return {
        "id": entry.id,
        "url": entry.url,
        "title": entry.title,
        "summary": entry.summary,
        "content_html": entry.content,
        "date_published": utc(entry.published),
        "date_modified": utc(entry.updated),
    }


def _add(parent: ET.Element, name: str, text: str | None, **attributes: str) -> None:
    """Add an element; what XML cannot hold is replaced in its text."""
    element = ET.SubElement(parent, name, attributes)
    element.text = None if text is None else allowed(text)


def _title(text: str) -> str:
    return one_line(text, limit=_LONGEST_TITLE)


def _rfc822(at: datetime) -> str:
    return format_datetime(at.astimezone(UTC), usegmt=True)


def _document(root: ET.Element) -> bytes:
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written
