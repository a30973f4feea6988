"""Feeds of incidents as readers see them: three formats, one content, nothing that could run."""

import json
from calendar import timegm
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from xml.etree import ElementTree as ET

import feedparser
import pytest

from functions.domain.incident import IncidentStatus, Origin, Postmortem
from functions.domain.public_incident import IncidentView, UpdateView
from functions.domain.snapshot import Snapshot
from functions.domain.verdict import Verdict
from functions.render.feed import incidents_of
from functions.render.publish import Known, publish
from functions.render.site import draft_site, draw_site, owned_prefixes
from functions.render.templates import Templates
from tests.fakes import snapshots
from tests.fakes.incident_views import incident_view
from tests.fakes.memory_bucket import MemoryBucket
from tests.fakes.views import NOW, monitor_view
from tests.render.test_hostile_text import HOSTILE, page_of

TEMPLATES = Templates(language="en")
XML = ("rss", "atom")
SPOKEN = UpdateView(
    id="20261122T114000Z-1f2e3d4c-2",
    at=NOW,
    status=IncidentStatus.IDENTIFIED,
    verdict=Verdict.DOWN,
    body="**Found** it: [graph](https://x.example/a?b=1&c=2)\n\n<script>alert(1)</script>",
    origin=Origin.PERSON,
    by="Kim",
)


def spoken(view: IncidentView) -> IncidentView:
    """Return `view` with an entry that a person wrote."""
    return replace(view, status=SPOKEN.status, updates=(*view.updates, SPOKEN))


def feed(snapshot: Snapshot, key: str, templates: Templates = TEMPLATES) -> bytes:
    """Return one feed of the page."""
    return draw_site(snapshot, templates)[f"feeds/{key}"].body


def parse(body: bytes) -> Any:  # noqa: ANN401 (feedparser has no types)
    """Return what feedparser makes of a feed that has nothing wrong."""
    found = feedparser.parse(body)
    assert not found.bozo, found.get("bozo_exception")
    return found


@pytest.mark.parametrize(("ending", "version"), [("rss", "rss20"), ("atom", "atom10")])
def test_a_reader_understands_it(ending: str, version: str) -> None:
    """Format, title, language, link; entries newest first, each with id, link, both times and content."""
    page = snapshots.outage()
    found = parse(feed(page, f"incidents.{ending}"))
    assert found.version == version
    assert (found.feed.title, found.feed.language) == ("Acme API Status: incidents", "en")
    assert found.feed.link == "https://status.acme.example/"
    assert [entry.title for entry in found.entries] == [incident.title for incident in page.incidents]
    for entry, incident in zip(found.entries, page.incidents, strict=True):
        assert entry.link == f"https://status.acme.example/incidents/{incident.id}"
        assert datetime.fromtimestamp(timegm(entry.published_parsed), tz=UTC) == incident.started_at
        assert datetime.fromtimestamp(timegm(entry.updated_parsed), tz=UTC) == incident.updated_at
    assert len({entry.id for entry in found.entries}) == len(page.incidents)
    assert "The health check answers with HTTP 502." in str(found.entries[0])


def test_json_feed_has_what_its_specification_asks_for() -> None:
    """Version, title, addresses, and items with id and content."""
    document = json.loads(feed(snapshots.outage(), "incidents.json"))
    assert document["version"] == "https://jsonfeed.org/version/1.1"
    assert document["feed_url"] == "https://status.acme.example/feeds/incidents.json"
    assert document["home_page_url"] == "https://status.acme.example/"
    first = document["items"][0]
    assert (first["title"], first["date_published"]) == ("Checkout down", "2026-11-22T11:40:00Z")
    assert first["summary"].startswith("The health check answers with HTTP 502. The gateway in front of")
    assert "<p>The health check answers with HTTP 502." in first["content_html"]
    assert all(isinstance(item["id"], str) for item in document["items"])


def ids(snapshot: Snapshot) -> list[set[str]]:
    """Return the ids in each format of the page's feed."""
    items = json.loads(feed(snapshot, "incidents.json"))["items"]
    return [
        {item["id"] for item in items},
        *({entry.id for entry in parse(feed(snapshot, f"incidents.{ending}")).entries} for ending in XML),
    ]


def test_ids_are_the_same_in_all_formats_and_stay() -> None:
    """Whatever an incident is called later, and wherever the page moves; they are nobody's address."""
    page = snapshots.outage()
    first, second, third = ids(page)
    assert first == second == third
    assert all(text.startswith("urn:uuid:") for text in first)
    moved = replace(
        page, url="https://new.example", incidents=tuple(replace(i, title=f"{i.title}!") for i in page.incidents)
    )
    assert ids(moved)[0] == first


def test_a_monitors_feed_has_its_incidents_and_no_others() -> None:
    """With the same entries as the page's."""
    page = snapshots.outage()
    found = parse(feed(page, "monitors/checkout.atom"))
    assert found.feed.title == "Acme API Status: incidents of Checkout"
    assert found.feed.link == "https://status.acme.example/monitors/checkout"
    assert [entry.title for entry in found.entries] == ["Checkout down"]
    assert found.entries[0].id in ids(page)[0]


@pytest.mark.parametrize("ending", XML)
def test_a_feed_without_entries_is_a_feed(ending: str) -> None:
    """Of a page just deployed, or a monitor that never failed."""
    for page, key in ((snapshots.empty(), "incidents"), (snapshots.outage(), "monitors/docs")):
        found = parse(feed(page, f"{key}.{ending}"))
        assert (found.entries, bool(found.feed.title), bool(found.feed.updated)) == ([], True, True)


def test_what_people_wrote_is_shown_as_they_meant_it() -> None:
    """Markdown as markup, who said it, the postmortem; tags as text. Links are whole, since this stands elsewhere."""
    closed = replace(spoken(incident_view("shop-api")), postmortem=Postmortem(at=NOW, body="# Why\n\n*Disk*"))
    page = snapshots.snapshot([monitor_view()], incidents=[closed])
    [item] = json.loads(feed(page, "incidents.json"))["items"]
    content = item["content_html"]
    assert "<strong>Found</strong> it" in content
    assert 'href="https://x.example/a?b=1&amp;c=2"' in content
    assert "&lt;script&gt;" in content
    assert "<bdi>Kim</bdi>" in content
    assert "<em>Disk</em>" in content
    assert 'href="/' not in content
    assert item["summary"].startswith("Found it: graph")


@pytest.mark.parametrize("ending", XML)
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_no_text_becomes_markup_or_breaks_the_document(text: str, ending: str) -> None:
    """It is well-formed; content has our own elements and those of Markdown, and nothing that runs."""
    for key in ("incidents", "monitors/shop-api"):
        body = feed(page_of(text), f"{key}.{ending}")
        names = {element.tag.rpartition("}")[2] for element in ET.fromstring(body).iter()}  # noqa: S314 (our own)
        assert not names - {
            *("rss", "channel", "item", "guid", "pubDate", "lastBuildDate", "description", "language", "link", "title"),
            *("feed", "entry", "id", "updated", "published", "author", "name", "summary", "content"),
        }
        for content in contents(body):
            assert_harmless(content)


def contents(body: bytes) -> Iterator[str]:
    """Yield the HTML in a feed."""
    for element in ET.fromstring(body).iter():  # noqa: S314 (our own)
        if element.tag.endswith("content") or element.tag == "description":
            yield element.text or ""


def assert_harmless(content: str) -> None:
    """Fail where anything in `content` is an element or an attribute that could do something."""
    import html5lib  # noqa: PLC0415 (only here)

    fragment = html5lib.parseFragment(content, namespaceHTMLElements=False)
    for element in fragment.iter():
        assert element.tag not in {"script", "img", "svg", "style", "iframe", "object"}, content
        assert not [name for name in element.attrib if str(name).startswith("on") or name == "style"], content
        href = element.get("href")
        assert href is None or href.startswith(("https://", "http://", "mailto:")), content


@pytest.mark.parametrize("text", ["]]>", "a\nb", "\x00\x0b", "&amp;", "\ufffe"])
def test_a_title_is_one_line_that_xml_can_hold(text: str) -> None:
    """Readers show it as it is meant."""
    page = snapshots.snapshot([monitor_view()], incidents=[incident_view("shop-api", title=f"x {text} y")])
    found = ET.fromstring(feed(page, "incidents.atom")).findtext("{*}entry/{*}title") or ""  # noqa: S314 (our own)
    assert "\n" not in found
    assert found.startswith("x ")
    assert text.strip() in found or "\n" in text or "\ufffd" in found


def test_texts_are_in_the_pages_language() -> None:
    """And its times in the page's zone."""
    german = Templates(language="de", time_zone="Europe/Berlin")
    page = snapshots.outage()
    page = replace(page, page=replace(page.page, language="de"))
    found = parse(feed(page, "incidents.atom", german))
    assert found.feed.language == "de"
    assert "22. November 2026" in found.entries[0].content[0].value


def test_the_newest_fifty_and_all_open_ones_are_in_it() -> None:
    """As in the status JSON."""
    past = [
        replace(incident_view("shop-api", started_at=NOW - timedelta(days=n), resolved_at=NOW), id=f"past-{n}")
        for n in range(1, 70)
    ]
    page = snapshots.snapshot([monitor_view()], incidents=[*past, replace(incident_view("shop-api"), id="open")])
    assert [i.id for i in incidents_of(page, "")] == [*(f"past-{n}" for n in range(1, 51)), "open"]


def published(page: Snapshot, bucket: MemoryBucket, known: Known) -> set[str]:
    """Return the feeds that are written when `page` is published."""
    bucket.writes.clear()
    publish(draft_site(page, TEMPLATES), bucket, known, owned=owned_prefixes(page))
    return {key.removeprefix("feeds/") for key in bucket.writes if key.startswith("feeds/")}


def test_only_the_feeds_that_have_something_new_are_written() -> None:
    """Time alone writes none; a new word writes the page's and those of the monitors that it concerns."""
    bucket, known = MemoryBucket(), Known()
    page = snapshots.outage()
    assert len(published(page, bucket, known)) == 3 * (1 + len(page.monitors)) + 1
    later = replace(page, generated_at=NOW + timedelta(hours=5), stale_after=NOW + timedelta(hours=6))
    assert published(later, bucket, known) == set()
    said = replace(later, incidents=(spoken(page.incidents[0]), *page.incidents[1:]))
    assert published(said, bucket, known) == {
        f"{feed}.{ending}" for feed in ("incidents", "monitors/checkout") for ending in ("rss", "atom", "json")
    }
    gone = replace(said, monitors=tuple(m for m in said.monitors if m.id != "docs"))
    published(gone, bucket, known)
    assert "feeds/monitors/docs.rss" not in bucket.objects
