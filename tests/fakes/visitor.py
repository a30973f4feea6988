"""Somebody who looks at a page, at a time and with a clock of our choosing."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta

from playwright.sync_api import Browser, BrowserContext, Page

from functions.domain.snapshot import Snapshot
from tests.fakes import views
from tests.fakes.site_server import ServedSite


@contextmanager
def visit(
    browser: Browser, *, script: bool = True, width: int = 1000, scheme: str = "light", touch: bool = False
) -> Iterator[Page]:
    """Open a tab whose clock says that the page was made ten seconds ago, and stands still until it is moved on."""
    context: BrowserContext = browser.new_context(
        java_script_enabled=script,
        viewport={"width": width, "height": 800},
        color_scheme="dark" if scheme == "dark" else "light",
        locale="en-GB",
        has_touch=touch,
        timezone_id="UTC",
    )
    page = context.new_page()
    if script:
        page.clock.install(time=(views.NOW + timedelta(seconds=10)).timestamp())
    try:
        yield page
    finally:
        context.close()


def move_on(page: Page, site: ServedSite, delay: timedelta) -> None:
    """Let time pass in the browser and at the server."""
    site.clock = (site.clock or views.NOW) + delay
    page.clock.fast_forward(int(delay / timedelta(milliseconds=1)))


def later(snapshot: Snapshot, at: datetime) -> Snapshot:
    """Return the same page, looked at again."""
    return replace(snapshot, generated_at=at, stale_after=at + timedelta(minutes=10))


def complaints(page: Page) -> list[str]:
    """Collect errors of the page's script, of the console, and what the content policy refused."""
    found: list[str] = []
    page.on("pageerror", lambda error: found.append(f"error: {error}"))
    page.on("console", lambda line: found.append(line.text) if line.type in ("error", "warning") else None)
    page.add_init_script(
        "addEventListener('securitypolicyviolation', e => console.error('CSP: ' + e.violatedDirective + e.blockedURI))"
    )
    return found
