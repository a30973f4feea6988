"""axe-core finds nothing: every kind of page, every condition, both themes, phone and desktop."""

from datetime import timedelta
from itertools import product
from typing import Literal

import pytest
from playwright.sync_api import Browser, expect

from functions.render.site import draw_site
from functions.render.templates import Templates
from tests.fakes import axe, snapshots, views
from tests.fakes.page_kinds import key_of, page_kinds
from tests.fakes.site_server import serve_site
from tests.fakes.visitor import move_on, visit

pytestmark = [
    pytest.mark.xdist_group("browser-axe"),
    pytest.mark.skipif(not axe.SOURCE.exists(), reason="axe-core is not installed (make setup)"),
]

TEMPLATES = Templates(language="en")
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
WIDTHS = {"phone": 390, "desktop": 1280}


@pytest.fixture(scope="module")
def seen() -> set[tuple[str, bytes]]:
    """Give the pages that were looked at: the 404 page and last year are the same in every condition."""
    return set()


@pytest.mark.parametrize("condition", snapshots.SCENARIOS)
def test_nothing_keeps_anybody_out(browser: Browser, seen: set[tuple[str, bytes]], condition: str) -> None:
    """Names, roles, order, contrast, targets: no rule is broken, those of good practice included."""
    site = draw_site(snapshots.SCENARIOS[condition](), TEMPLATES)
    found = []
    with serve_site(site) as served, visit(browser) as page:
        served.clock = views.NOW
        for kind, path in page_kinds(site).items():
            # The widget is the same file for all, too, and what it says comes from the status JSON.
            file = (kind, site["status.json" if kind == "widget" else key_of(path)].body)
            if file in seen:
                continue
            seen.add(file)
            page.goto(served.address + path, wait_until="networkidle")
            for (device, width), scheme in product(WIDTHS.items(), SCHEMES):
                page.set_viewport_size({"width": width, "height": 800})
                page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
                broken = axe.violations(page, framed=kind == "widget")
                found += [f"{kind}, {device}, {scheme}: {violation}" for violation in broken]
    assert found == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_what_appears_later_keeps_nobody_out(browser: Browser, scheme: str) -> None:
    """The card of a day, the filter with nothing found, and the banner of a stale page; on the wall, too."""
    site = draw_site(snapshots.crowd(12), TEMPLATES)
    with serve_site(site) as served, visit(browser, scheme=scheme) as page:
        served.clock = views.NOW
        page.emulate_media(reduced_motion="reduce")
        page.goto(served.address, wait_until="networkidle")
        page.locator("[data-strip]").first.focus()
        page.keyboard.press("End")
        expect(page.locator(".card").first).to_be_visible()
        assert axe.violations(page) == []
        page.get_by_role("searchbox").fill("no such monitor")
        move_on(page, served, timedelta(minutes=11))
        expect(page.locator("#stale")).to_be_visible()
        assert axe.violations(page) == []
        page.goto(served.address + "/?kiosk", wait_until="networkidle")
        assert axe.violations(page) == []


def test_what_axe_finds_is_found(browser: Browser) -> None:
    """The test above can fail: a picture without words and grey on grey are reported."""
    with visit(browser) as page:
        page.set_content('<img src="data:,"><p style="color: #999; background: #aaa">Words</p>')
        found = "\n".join(axe.violations(page))
        assert "image-alt: img" in found
        assert "color-contrast: p" in found
