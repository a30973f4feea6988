"""What a first visit loads and moves, in a real browser: bytes and requests, never time."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser

from bench.first_paint import load
from functions.render.artefact import HTML, Artefact
from functions.render.site import draw_site
from functions.render.templates import Templates
from tests.fakes import snapshots
from tests.fakes.page_kinds import page_kinds
from tests.fakes.visitor import later

pytestmark = pytest.mark.xdist_group("browser")

TEMPLATES = Templates(language="en")
MOST_BYTES = 25_000
MOST_SHIFT = 0.02
"""Words may move in their line when a script writes a time as the visitor has it; one line more is ten times that."""


def now() -> datetime:
    """Return the minute: a page that was made long ago would show that it is stale, and move for it."""
    return datetime.now(UTC).replace(second=0, microsecond=0)


def test_an_index_of_50_monitors_is_25_kb_and_one_request(browser: Browser) -> None:
    """Page, script and icon together, compressed; the first paint waits for the page alone."""
    site = draw_site(snapshots.crowd(50, at=now()), TEMPLATES)
    seen = load(browser, site)
    assert seen.awaited == ("/",)
    assert seen.files <= MOST_BYTES
    assert sorted(path.rpartition(".")[2] for path in seen.sizes) == ["/", "js", "json", "svg"]


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_jumps_while_a_page_loads(browser: Browser, width: int) -> None:
    """On no kind of page: what the script adds has its place before."""
    at = now()
    site = draw_site(later(snapshots.outage(), at), TEMPLATES)
    shifts = {kind: load(browser, site, path, width=width).shifted for kind, path in page_kinds(site).items()}
    assert {kind: shift for kind, shift in shifts.items() if shift > MOST_SHIFT} == {}


def test_a_jump_is_seen(browser: Browser) -> None:
    """The test above can fail: what grows after the first paint pushes the words below it down."""
    style = "@keyframes grow { to { height: 300px } } div { height: 9px; animation: grow 1ms .3s forwards }"
    text = f"<!doctype html><html lang=en><title>Jump</title><style>{style}</style><div></div><h1>Words</h1>"
    page = Artefact(body=text.encode(), content_type=HTML)
    seen = load(browser, {"index.html": page, "404.html": page})
    assert seen.shifted > MOST_SHIFT
