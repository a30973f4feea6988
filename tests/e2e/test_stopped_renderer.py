"""The renderer stops, and the page says so by itself: in a browser, with nothing else made up than the time."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from botocore.exceptions import ClientError
from playwright.sync_api import Browser, Page, expect

from tests.e2e.browsing import ask_for_news, visit
from tests.e2e.deployment import Deployment, wait_until

pytestmark = pytest.mark.usefixtures("alone")

_AGED = timedelta(seconds=20)
"""As old as this the page is at least when its time is put at an end: a new one is good for that much longer."""
_SOON = 60.0
_UNTIL_STALE = "Date.parse(document.body.dataset.staleAfter) - Date.now()"


@contextmanager
def stopped_renderer(deployment: Deployment) -> Iterator[None]:
    """Leave the renderer no concurrency, so that neither schedule nor topic nor anybody else can start it."""
    functions, name = deployment.clients.functions(), deployment.stack.functions["render"]
    functions.put_function_concurrency(FunctionName=name, ReservedConcurrentExecutions=0)
    try:
        with pytest.raises(ClientError, match="TooManyRequests"):
            deployment.invoke("render", {"reason": "test"})
        yield
    finally:
        functions.delete_function_concurrency(FunctionName=name)


def made_at(page: Page) -> datetime:
    """Return when the page in the tab was made."""
    return datetime.fromisoformat(page.locator("body").get_attribute("data-made-at") or "").astimezone(UTC)


def test_a_page_whose_renderer_has_stopped_says_so_until_it_goes_on(browser: Browser, deployment: Deployment) -> None:
    """CloudFront goes on serving what is too old by now; banner and title say it, and go with the first new page."""
    with visit(browser) as page:
        with stopped_renderer(deployment):
            page.goto(deployment.stack.page_url, wait_until="networkidle")
            expect(page.locator("#stale")).to_be_hidden()
            page.evaluate("window.kept = true")
            old = made_at(page)
            wait_until(lambda: datetime.now(UTC) - old > _AGED, within=_SOON, what="the page to age")
            page.clock.fast_forward(int(page.evaluate(_UNTIL_STALE)) + 1000)
            ask_for_news(page)

            expect(page.locator("#stale")).to_be_visible()
            expect(page.locator("#stale")).to_contain_text(f"{old:%H:%M}")
            assert page.title().startswith("⚠ ")
            assert deployment.page().status == 200
            assert datetime.fromisoformat(deployment.status()["generatedAt"]) == old

        deployment.invoke("render", {"reason": "test"})
        ask_for_news(page)
        expect(page.locator("#stale")).to_be_hidden()
        assert not page.title().startswith("⚠ ")
        assert made_at(page) > old
        assert page.evaluate("window.kept") is True
