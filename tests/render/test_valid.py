"""All that is drawn is valid, on every page and in every condition: HTML, SVG, and what refers to something."""

import re
from collections import Counter
from collections.abc import Mapping
from itertools import pairwise
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import pytest

from functions.render.artefact import Artefact
from functions.render.site import draw_site
from functions.render.templates import Templates
from tests.fakes import snapshots
from tests.fakes.html import parse_html
from tests.fakes.page_kinds import page_kinds

TEMPLATES = Templates(language="en")
BY_ID = ("aria-labelledby", "aria-describedby", "aria-controls", "for")
LOADED = {"script": "src", "img": "src", "iframe": "src", "link": "href"}
CONDITIONS = {**snapshots.SCENARIOS, "crowd": lambda: snapshots.crowd(12)}


@pytest.fixture(scope="module", params=CONDITIONS.values(), ids=list(CONDITIONS))
def site(request: pytest.FixtureRequest) -> Mapping[str, Artefact]:
    """Draw the whole site in one condition."""
    return draw_site(request.param(), TEMPLATES)


@pytest.fixture(scope="module")
def pages(site: Mapping[str, Artefact]) -> Mapping[str, ET.Element]:
    """Parse its pages; html5lib raises for any error that the HTML standard names."""
    return {
        key: parse_html(artefact.body)
        for key, artefact in site.items()
        if artefact.content_type.startswith("text/html")
    }


def test_html_is_as_the_standard_has_it(pages: Mapping[str, ET.Element]) -> None:
    """No parse error; an id stands once in a page, and whatever names one finds it."""
    for key, root in pages.items():
        ids = Counter(element.get("id") for element in root.iter() if element.get("id"))
        assert [each for each, times in ids.items() if times > 1] == [], key
        named = {name for element in root.iter() for each in BY_ID for name in (element.get(each) or "").split()}
        assert named - set(ids) == set(), key


def test_every_page_says_what_it_is(pages: Mapping[str, ET.Element]) -> None:
    """One h1, one main, a title, a description and a language; no level of headings is left out."""
    for key, root in pages.items():
        if key == "widget":  # a line in a frame on somebody else's page, which has all this
            continue
        assert root.get("lang"), key
        assert "".join((next(root.iter("title")).text or "").split()), key
        levels = [int(element.tag[1]) for element in root.iter() if re.fullmatch("h[1-6]", str(element.tag))]
        assert (levels[:1], levels.count(1)) == ([1], 1), key
        assert [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1] == [], key
        assert len(list(root.iter("main"))) == 1, key
        metas = {meta.get("name"): meta.get("content") for meta in root.iter("meta")}
        assert metas["description"], key


def test_everything_referred_to_is_here(site: Mapping[str, Artefact], pages: Mapping[str, ET.Element]) -> None:
    """Whatever a page loads or links to on this site is among the objects; it loads nothing from elsewhere."""
    for key, root in pages.items():
        for element in root.iter():
            loaded = element.get(LOADED.get(str(element.tag), "-"))
            if element.get("rel") == "canonical":
                # Its own address, in full; no browser fetches it.
                continue
            target = loaded or (element.get("href") if element.tag == "a" else None)
            if target is None or target.startswith(("#", "data:")):
                continue
            if loaded is None and not target.startswith("/"):
                continue
            assert target.startswith("/"), (key, target)
            path = unquote(re.split("[?#]", target)[0]).removeprefix("/") or "index.html"
            assert path in site, (key, target)


def test_drawings_are_well_formed(site: Mapping[str, Artefact]) -> None:
    """Each SVG object is XML in SVG's namespace; those inside of pages are parsed with them."""
    drawings = {key: artefact for key, artefact in site.items() if artefact.content_type == "image/svg+xml"}
    assert drawings
    for key, drawing in drawings.items():
        assert ET.fromstring(drawing.body).tag == "{http://www.w3.org/2000/svg}svg", key  # noqa: S314 (our own)


def test_no_kind_of_page_is_missed() -> None:
    """What stands for all kinds has those that there have always been; a new one comes by itself."""
    kinds = page_kinds(draw_site(snapshots.outage(), TEMPLATES))
    assert set(kinds) >= {"index", "monitors/…", "incidents/…", "history", "404"}
    assert kinds["index"] == "/"
