"""The deployed pages in a browser: each kind keeps its rules, and the keyboard finds the way."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.browsing import row, visit
from tests.e2e.deployment import Deployment
from tests.e2e.story import Story
from tests.fakes import axe
from tests.fakes.visitor import complaints

_MOST_STOPS = 120


def tab_to(page: Page, wanted: str, what: str) -> None:
    """Press Tab until the expression `what` is `wanted`."""
    for _ in range(_MOST_STOPS):
        page.keyboard.press("Tab")
        if page.evaluate(what) == wanted:
            return
    raise AssertionError(f"{_MOST_STOPS} stops lead past {wanted}")


@pytest.fixture
def paths(deployment: Deployment, story: Story) -> dict[str, str]:
    """Give the address of one page of each kind that the deployment has."""
    month = story.healed.incident["startedAt"][:7]
    [window] = {each["id"] for each in deployment.status()["maintenance"]}
    return {
        "index": "/",
        "monitor": "/monitors/shop",
        "incident": f"/incidents/{story.healed.incident['id']}",
        "maintenance": f"/maintenance/{window}",
        "history": "/history",
        "month": f"/history/{month}",
        "offline": "/offline",
    }


def test_every_kind_of_page_keeps_its_rules(browser: Browser, deployment: Deployment, paths: dict[str, str]) -> None:
    """As CloudFront serves it: nothing in the console, nothing refused by the policy or by axe-core."""
    for path in paths.values():
        with visit(browser) as page:
            found = complaints(page)
            answer = page.goto(deployment.stack.page_url + path, wait_until="networkidle")
            assert answer is not None
            assert answer.status == 200, path
            assert "default-src 'none'" in answer.headers["content-security-policy"]
            page.emulate_media(reduced_motion="reduce")
            assert axe.violations(page) == [], path
            assert found == [], path


def test_the_keyboard_finds_the_way(browser: Browser, deployment: Deployment) -> None:
    """Tab, Enter and the arrows alone: past the head, into a day's card, and on to a monitor's page."""
    with visit(browser) as page:
        page.goto(deployment.stack.page_url, wait_until="networkidle")
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
        page.keyboard.press("Enter")
        assert page.evaluate("location.hash") == "#content"
        link = page.locator(f"{row('shop')} h3 a")
        tab_to(page, "/monitors/shop", "document.activeElement.getAttribute('href')")
        tab_to(page, "shop", "document.activeElement.closest('[data-strip]')?.dataset.strip")
        page.keyboard.press("ArrowLeft")
        expect(page.locator(".card")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.locator(".card")).to_be_hidden()
        link.focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("Shop")
