"""Somebody who has the page open and never loads it again, where there is a browser."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Page

from tests.e2e.browsing import ask_for_news, row, visit
from tests.e2e.deployment import NotYetError, wait_until
from tests.fakes.chromium import CHROMIUM, chromium
from tests.fakes.visitor import complaints

_PATIENCE = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Glimpse:
    """What stood on the open page: the monitor's `state`, the words of what goes on `now`, and its title.

    `reloaded` tells whether it is still the page that was opened, `complaints` what the browser had to say till then.
    """

    state: str
    now: str
    title: str
    reloaded: bool
    complaints: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Onlooker:
    """An open tab."""

    page: Page
    complaints: list[str]

    def look(self, state: str) -> Glimpse:
        """Return what is to be seen as soon as the shop is shown to be in `state`; at the latest after a minute."""
        shown = self.page.locator(f"{row('shop')} .state").first

        def there() -> bool:
            ask_for_news(self.page)
            return state in (shown.text_content() or "")

        try:
            wait_until(there, within=_PATIENCE, what=state)
        except NotYetError as error:
            self.complaints.append(str(error))
        now = self.page.locator("[data-live='now']")
        return Glimpse(
            state=shown.inner_text(),
            now=now.inner_text() if now.is_visible() else "",
            title=self.page.title(),
            reloaded=self.page.evaluate("window.kept") is not True,
            complaints=tuple(self.complaints),
        )


@contextmanager
def onlooking(address: str) -> Iterator[Onlooker | None]:
    """Open the page and keep it open; None where there is no browser."""
    if not CHROMIUM.exists():
        yield None
        return
    with chromium() as browser, visit(browser) as page:
        found = complaints(page)
        page.goto(address, wait_until="networkidle")
        page.evaluate("window.kept = true")
        yield Onlooker(page=page, complaints=found)
