"""The deployed page in a browser: it follows the demo without a reload, goes stale by itself, and keeps its rules."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.deployment import Deployment, wait_until
from tests.fakes import axe
from tests.fakes.chromium import CHROMIUM, chromium
from tests.fakes.visitor import complaints

_IN_TIME = 90.0
"""Seconds for a run of the schedule, judging and rendering."""
_IN_TIME_AGAIN = 240.0
"""The same where the monitor has flapped: other tests break it, too, and its recovery is then believed later."""
_MOST_STOPS = 120
_LATER = timedelta(minutes=20)
"""The page says that it is good for ten minutes after it was made."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start chromium for this module alone: see tests/render/conftest.py."""
    if not CHROMIUM.exists():
        pytest.skip(f"{CHROMIUM} is not installed (apt-get install chromium)")
    with chromium() as started:
        yield started


@contextmanager
def visit(browser: Browser) -> Iterator[Page]:
    """Open a tab with the real time on its clock, which Playwright can move on."""
    context = browser.new_context(locale="en-GB", timezone_id="UTC", viewport={"width": 1000, "height": 800})
    page = context.new_page()
    page.clock.install(time=datetime.now(UTC).timestamp())
    try:
        yield page
    finally:
        context.close()


def until_seen(page: Page, locator: str, text: str, *, within: float = _IN_TIME) -> None:
    """Have the tab ask for news, as it does when somebody comes back to it, until `text` stands in `locator`."""

    def asked() -> bool:
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        return text in (page.locator(locator).first.text_content() or "")

    wait_until(asked, within=within, what=f"{text!r} in {locator}")


def row(monitor: str) -> str:
    """Return where a monitor stands on the index."""
    return f".monitor:has(a[href='/monitors/{monitor}'])"


def tab_to(page: Page, wanted: str, what: str) -> None:
    """Press Tab until the expression `what` is `wanted`."""
    for _ in range(_MOST_STOPS):
        page.keyboard.press("Tab")
        if page.evaluate(what) == wanted:
            return
    raise AssertionError(f"{_MOST_STOPS} stops lead past {wanted}")


def test_the_open_page_follows_the_demo(browser: Browser, deployment: Deployment) -> None:
    """Breaking and healing show in place, with nothing reloaded and nothing complained of."""
    with visit(browser) as page:
        found = complaints(page)
        page.goto(deployment.stack.page_url, wait_until="networkidle")
        page.evaluate("window.kept = true")
        try:
            deployment.demo("break/database")
            until_seen(page, f"{row('shop')} .state", "Degraded")
            expect(page.get_by_role("heading", name="Happening now")).to_be_visible()
            expect(page.locator("[data-live='now']")).to_contain_text("Database has failed.")
        finally:
            deployment.demo("heal")
        until_seen(page, f"{row('shop')} .state", "Up", within=_IN_TIME_AGAIN)

        assert page.evaluate("window.kept") is True
        assert found == []


def test_a_page_whose_renderer_has_stopped_says_so(browser: Browser, deployment: Deployment) -> None:
    """What CloudFront still serves is too old by the visitor's clock: banner and title say so, without a reload."""
    with visit(browser) as page:
        page.goto(deployment.stack.page_url, wait_until="networkidle")
        expect(page.locator("#stale")).to_be_hidden()
        made = page.locator("body").get_attribute("data-made-at") or ""
        # Nothing new and no server's time: the renderer's last files, and a clock that goes on.
        page.route("**/status.json", lambda route: route.abort())
        page.clock.fast_forward(int(_LATER / timedelta(milliseconds=1)))
        expect(page.locator("#stale")).to_be_visible()
        clock = datetime.fromisoformat(made).astimezone(UTC)
        expect(page.locator("#stale")).to_contain_text(f"{clock:%H:%M}")
        assert page.title().startswith("⚠ ")


def test_every_deployed_page_keeps_its_rules(browser: Browser, deployment: Deployment) -> None:
    """Each kind that CloudFront serves: nothing in the console, nothing refused by the policy or by axe-core."""
    incidents = [f"/incidents/{incident['id']}" for incident in deployment.incidents("shop")[:1]]
    for path in ("/", "/monitors/shop", *incidents, "/history"):
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
