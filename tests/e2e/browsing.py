"""Tabs on the deployed page."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from playwright.sync_api import Browser, Page


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


def ask_for_news(page: Page) -> None:
    """Have the tab ask, as it does when somebody comes back to it."""
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def row(monitor: str) -> str:
    """Return where a monitor stands on the index."""
    return f".monitor:has(a[href='/monitors/{monitor}'])"
