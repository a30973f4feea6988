"""A page that looks like its team's, from the files beside pulseboard.yaml to a browser."""

import re
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page

from cli.local.web import fetch
from tests.e2e.brand import ACCENT, IMPRINT, OWN_WORDS
from tests.e2e.browsing import visit
from tests.e2e.deployment import Deployment
from tests.e2e.story import Story
from tests.fakes import axe
from tests.fakes.visitor import complaints

_SHOWN = "[...document.querySelectorAll('.brand img')].filter(i => i.checkVisibility() && i.naturalWidth)"


@pytest.fixture
def address(deployment: Deployment, story: Story) -> str:
    """Give the page's address: all is up there again, so it has its own favicon."""
    assert story.healed.shop["status"] == "operational"
    deployment.invoke("render", {"reason": "test"})
    return deployment.stack.other_pages["shop-de"]


def variable(page: Page, name: str) -> str:
    """Return the value of a variable of the stylesheet."""
    return str(page.evaluate(f"getComputedStyle(document.documentElement).getPropertyValue('--{name}')"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_browser_shows_logo_colours_and_styles(
    browser: Browser, address: str, scheme: Literal["light", "dark"]
) -> None:
    """Those of its theme, on every page of its own, and nothing in them breaks a rule."""
    with visit(browser) as page:
        found = complaints(page)
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        for path in ("/", "/monitors/shop", "/history"):
            page.goto(address + path, wait_until="networkidle")
            assert page.evaluate(f"{_SHOWN}.map(i => i.className)") == [f"for-{scheme}"], path
            assert page.evaluate(f"{_SHOWN}.map(i => i.alt)") == ["Laden"], path
            assert variable(page, "accent") == ACCENT[scheme]
            assert page.locator(".brand").evaluate("e => getComputedStyle(e).letterSpacing") == "3px"
            link = page.get_by_role("link", name=IMPRINT["text"], exact=True)
            assert link.get_attribute("href") == IMPRINT["url"]
            assert axe.violations(page) == [], path
        assert found == []


def test_its_favicon_is_its_own_while_all_is_up(address: str) -> None:
    """Under a name with its hash, for ever."""
    [icon] = re.findall(r'<link rel="icon" href="(/assets/favicon\.[^"]+)"', fetch(f"{address}/").text)
    answer = fetch(address + icon)

    assert (answer.status, answer.headers["content-type"]) == (200, "image/svg+xml")
    assert "immutable" in answer.headers["cache-control"]


def test_its_own_template_says_what_is_missing(browser: Browser, address: str) -> None:
    """In the place of ours, around which all else stays."""
    with visit(browser) as page:
        answer = page.goto(f"{address}/gibt-es-nicht", wait_until="networkidle")

        assert answer is not None
        assert answer.status == 404
        assert page.locator("#own").inner_text() == f"Laden: {OWN_WORDS}"
        assert axe.violations(page) == []


def test_nobody_elses_page_looks_like_it(deployment: Deployment) -> None:
    """Another page of the same deployment has our own look, and none of its files."""
    page = deployment.page()

    assert "letter-spacing: 3px" not in page.text
    assert not re.search(r"/assets/(logo|favicon)", page.text)
    assert OWN_WORDS not in deployment.page("/no/such/page").text
