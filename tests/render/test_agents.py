"""What agents and search engines find: Markdown that says what the page says, and where everything is."""

from dataclasses import replace
from xml.etree import ElementTree as ET

import html5lib
import pytest
from markdown_it import MarkdownIt

from functions.domain.snapshot import Snapshot
from functions.render.artefact import Artefact
from functions.render.markdown_text import as_markdown
from functions.render.site import draw_site
from functions.render.templates import Templates
from tests.fakes import snapshots
from tests.render.test_hostile_text import HOSTILE, page_of

TEMPLATES = Templates(language="en")
READER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
"""Reads as widely as Markdown is read: with HTML, tables and strikethrough."""


NOT_FOUND = {"404.html", "offline", "widget"}
"""What is HTML and not a page to be found."""


def read(body: bytes) -> ET.Element:
    """Return Markdown as a tree of HTML."""
    root: ET.Element = html5lib.parse(READER.render(body.decode()), namespaceHTMLElements=False)
    return root


def said(root: ET.Element) -> str:
    """Return the words of a tree on one line."""
    return " ".join("".join(root.itertext()).split())


def drawn(snapshot: Snapshot) -> dict[str, Artefact]:
    """Return the whole site."""
    return draw_site(snapshot, TEMPLATES)


def test_the_markdown_says_what_the_page_says() -> None:
    """Headline, what goes on, each monitor with its verdict and why; how long to believe it."""
    found = drawn(snapshots.outage())["index.md"]
    root = read(found.body)
    assert found.content_type == "text/markdown; charset=utf-8"
    assert [h.text for h in root.iter("h1")] == ["Acme API Status"]
    assert [h.text for h in root.iter("h2")] == ["Happening now", "Core", "Background", "Others"]
    assert next(root.iter("strong")).text == "Checkout is down"
    rows = [[said(cell) for cell in row.iter("td")] for row in root.iter("tr")]
    assert [row[0] for row in rows if row][:2] == ["Checkout", "Search"], "the worst first"
    assert [row[1] for row in rows if row][:3] == ["Down", "Degraded", "Up"]
    assert "HTTP 502" in rows[1][4]
    assert "good until 2026-11-22T15:10:00Z" in said(root)
    links = {link.get("href") for link in root.iter("a")}
    assert "https://status.acme.example/monitors/checkout" in links
    assert "https://status.acme.example/incidents/20261122T114000Z-1f2e3d4c" in links


def test_the_markdown_tells_of_maintenance() -> None:
    """What is under way, and what is to come."""
    words = said(read(drawn(snapshots.maintenance())["index.md"].body))
    assert "Database upgrade · Under way until 2026-11-22T13:00:00Z · Shop API, Checkout" in words
    assert "Weekly patching · Planned from 2026-11-26T03:00:00Z" in words


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("key", ["index.md", "llms.txt"])
def test_no_text_becomes_markup(text: str, key: str) -> None:
    """Read with HTML allowed, there is no element but ours, and no link but to our own pages."""
    clean = read(drawn(page_of("Plain"))[key].body)
    root = read(drawn(page_of(text))[key].body)
    assert [element.tag for element in root.iter()] == [element.tag for element in clean.iter()]
    assert all(str(a.get("href")).startswith("https://status.acme.example/") for a in root.iter("a"))


@pytest.mark.parametrize(
    "text",
    ["a|b", "- a", "1. a", "1) a", "12.5", "# a", "a_b_c", "*a*", "`a`", "<b>", "&amp;", "~~a~~", "![a](b)", "+ a"],
)
def test_marks_are_shown_and_mean_nothing(text: str) -> None:
    """At the beginning of a line and in a table."""
    written = str(as_markdown(text))
    root = read(f"{written}\n\n| a |\n| --- |\n| {written} |\n".encode())
    assert [said(p) for p in root.iter("p")] == [text]
    assert [said(cell) for cell in root.iter("td")] == [text]


def test_the_markdown_keeps_what_looks_like_a_tag_in_a_name() -> None:
    """Why a monitor is not well names its parts as they are."""
    page = page_of("<queue> & cache")
    rows = [[said(cell) for cell in row.iter("td")] for row in read(drawn(page)["index.md"].body).iter("tr")]
    assert rows[1][4].startswith("<queue> & cache has failed. <queue> & cache is degraded.")


def test_the_markdown_says_what_a_failing_waits_for() -> None:
    """As the page does."""
    page = snapshots.outage()
    held = [replace(m, held_by=("checkout",)) if m.id == "search" else m for m in page.monitors]
    words = said(read(drawn(replace(page, monitors=tuple(held)))["index.md"].body))
    assert "Held back: it depends on Checkout, which is down. It answers too slowly." in words


def test_search_engines_are_shown_around() -> None:
    """robots.txt names the sitemap; it has all pages, and incidents with when they last changed."""
    page = snapshots.outage()
    site = drawn(page)
    assert site["robots.txt"].body == b"User-agent: *\nAllow: /\n\nSitemap: https://status.acme.example/sitemap.xml\n"
    root = ET.fromstring(site["sitemap.xml"].body)  # noqa: S314 (our own)
    found = {str(url.findtext("{*}loc")): url.findtext("{*}lastmod") for url in root}
    assert found["https://status.acme.example/"] is None
    assert found["https://status.acme.example/incidents/20261122T114000Z-1f2e3d4c"] == "2026-11-22T11:41:00Z"
    paths = {address.removeprefix("https://status.acme.example/") or "index.html" for address in found}
    assert paths == {key for key, made in site.items() if made.content_type.startswith("text/html")} - NOT_FOUND


def test_a_private_page_is_not_to_be_found() -> None:
    """Whoever gets at its robots.txt reads to go away."""
    page = snapshots.healthy()
    assert drawn(replace(page, page=replace(page.page, private=True)))["robots.txt"].body == (
        b"User-agent: *\nDisallow: /\n"
    )


def test_each_page_says_what_its_address_is() -> None:
    """The index, a monitor, an incident and the history; what is absent has none."""
    for key, made in drawn(snapshots.outage()).items():
        if made.content_type.startswith("text/html"):
            root = html5lib.parse(made.body, namespaceHTMLElements=False)
            canonical = [link.get("href") for link in root.iter("link") if link.get("rel") == "canonical"]
            address = f"https://status.acme.example/{key.removesuffix('index.html')}"
            assert canonical == ([] if key in NOT_FOUND else [address]), key


def test_pages_name_their_feeds_and_all_that_is_named_is_there() -> None:
    """`alternate` links and the list to subscribe to, on the index and on a monitor's page."""
    site = drawn(snapshots.outage())
    for key, least in (("index.html", 5), ("monitors/checkout", 6)):
        root = html5lib.parse(site[key].body, namespaceHTMLElements=False)
        links = [link for link in root.iter("link") if link.get("rel") == "alternate"]
        assert len(links) >= least
        for link in links:
            made = site[str(link.get("href")).lstrip("/")]
            assert made.content_type.partition(";")[0] == link.get("type")
        [subscribe] = [d for d in root.iter("details") if "subscribe" in str(d.get("class"))]
        for link, code in zip(subscribe.iter("a"), subscribe.iter("code"), strict=True):
            assert str(link.get("href")).lstrip("/") in site
            assert str(code.text).partition("://")[2] == f"status.acme.example{link.get('href')}"
