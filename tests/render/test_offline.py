"""The page that a device keeps for when nothing can be fetched, in a real browser."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from functions.domain.snapshot import Snapshot
from functions.render.headers import CACHE_CHECKED
from functions.render.site import draw_site
from functions.render.templates import Templates
from tests.fakes import snapshots, views
from tests.fakes.site_server import ServedSite, serve_site

pytestmark = pytest.mark.xdist_group("browser")

TEMPLATES = Templates(language="en")
UNREACHABLE = "This page cannot be reached"
KEPT = """caches.keys().then(async names => (await Promise.all(names.map(
    async name => (await (await caches.open(name)).keys()).map(kept => new URL(kept.url).pathname)))).flat())"""
WORKERS = "navigator.serviceWorker.getRegistrations().then(all => all.length)"


@pytest.fixture
def site() -> Iterator[ServedSite]:
    """Serve a page with an outage."""
    with serve_site(draw_site(snapshots.outage(), TEMPLATES)) as served:
        served.clock = views.NOW
        yield served


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """Return a new visitor's browser, in London's winter."""
    context = browser.new_context(locale="en-GB", timezone_id="UTC")
    yield context
    context.close()


def first_visit(context: BrowserContext, site: ServedSite) -> Page:
    """Open the index and wait until the worker is there."""
    page = context.new_page()
    page.goto(site.address, wait_until="networkidle")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_function("navigator.serviceWorker.controller !== null")
    return page


def wait_until(page: Page, holds: Callable[[], bool]) -> None:
    """Ask again until `holds` says so, for at most five seconds."""
    for _ in range(50):
        if holds():
            return
        page.wait_for_timeout(100)
    pytest.fail("It did not come to that.")


def private(snapshot: Snapshot) -> Snapshot:
    """Return the page, for who has a password only."""
    return replace(snapshot, page=replace(snapshot.page, private=True))


def test_offline_a_page_says_that_nothing_can_be_said_and_comes_back(context: BrowserContext, site: ServedSite) -> None:
    """Whatever the address; it says as of when this device saw the state last, and the button brings it back."""
    page = first_visit(context, site)
    context.set_offline(offline=True)
    page.goto(site.address + "/monitors/checkout")
    expect(page.get_by_role("heading", level=1)).to_have_text(UNREACHABLE)
    expect(page.locator("#seen")).to_contain_text("as of 22 November 2026 at 12:04")
    expect(page.get_by_text("is down")).to_have_count(0)
    with page.expect_navigation():
        page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(UNREACHABLE)
    context.set_offline(offline=False)
    expect(page.get_by_role("heading", level=1)).to_have_text("Checkout")
    assert page.url == site.address + "/monitors/checkout"


def test_a_page_that_does_not_answer_is_tried_again_by_itself(context: BrowserContext, site: ServedSite) -> None:
    """The device is online all the time, so nothing tells it: it asks, at least every 15 seconds."""
    page = first_visit(context, site)
    site.broken = True
    page.clock.install()
    page.goto(site.address + "/history")
    expect(page.get_by_role("heading", level=1)).to_have_text(UNREACHABLE)
    page.clock.run_for(16_000)
    expect(page.get_by_role("heading", level=1)).to_have_text(UNREACHABLE)
    site.broken = False
    page.clock.run_for(16_000)
    expect(page.get_by_role("heading", level=1)).to_have_text("History")


def test_what_was_not_seen_is_not_claimed(context: BrowserContext, site: ServedSite) -> None:
    """Without a known time there is no sentence about it."""
    page = first_visit(context, site)
    page.evaluate("localStorage.clear()")
    context.set_offline(offline=True)
    page.goto(site.address)
    expect(page.get_by_role("heading", level=1)).to_have_text(UNREACHABLE)
    expect(page.locator("#seen")).to_be_hidden()


def test_nothing_but_the_offline_page_is_kept(context: BrowserContext, site: ServedSite) -> None:
    """No status, no other page; what the network answers is shown, a missing page included."""
    page = first_visit(context, site)
    page.goto(site.address + "/history", wait_until="networkidle")
    answer = page.goto(site.address + "/nowhere", wait_until="networkidle")
    assert answer is not None
    assert answer.status == 404
    assert page.evaluate(KEPT) == ["/offline"]


def test_a_new_look_replaces_what_is_kept(context: BrowserContext, site: ServedSite) -> None:
    """The worker's bytes change with its page, and the old page goes."""
    page = first_visit(context, site)
    news = snapshots.outage()
    site.objects = draw_site(replace(news, page=replace(news.page, title="Renamed")), TEMPLATES)
    before = page.evaluate("caches.keys()")
    page.evaluate("navigator.serviceWorker.ready.then(worker => worker.update()).then(() => true)")
    # While it is installed there are two, the new one still empty: what is fetched then is not to be cut off.
    wait_until(page, lambda: len(now := page.evaluate("caches.keys()")) == 1 and now != before)
    site.broken = True
    page.goto(site.address + "/history")
    expect(page.get_by_role("heading", level=1)).to_have_text(UNREACHABLE)
    expect(page.locator(".brand")).to_have_text("Renamed")


def test_nothing_of_a_private_page_stays(context: BrowserContext, site: ServedSite) -> None:
    """No worker is registered, no time is kept; one from before the page was private goes with what it kept."""
    page = first_visit(context, site)
    site.objects = draw_site(private(snapshots.outage()), TEMPLATES)
    assert "offline" not in site.objects
    page.evaluate("navigator.serviceWorker.ready.then(worker => worker.update()).then(() => true)")
    wait_until(page, lambda: page.evaluate(WORKERS) == 0 and page.evaluate(KEPT) == [])
    assert page.evaluate("localStorage.getItem('seen')") is not None
    page.goto(site.address, wait_until="networkidle")
    page.wait_for_timeout(300)
    assert page.evaluate(WORKERS) == 0
    assert page.evaluate("localStorage.getItem('seen')") is None


def test_the_bytes_do_not_depend_on_how_things_are() -> None:
    """So a device never has a state to show; browsers ask each time whether they are the newest."""
    calm, troubled = (draw_site(each, TEMPLATES) for each in (snapshots.healthy(), snapshots.outage()))
    for key in ("offline", "sw.js"):
        assert calm[key] == troubled[key]
        assert calm[key].cache_control == CACHE_CHECKED


@pytest.mark.parametrize("guarded", [False, True], ids=["public", "private"])
def test_a_missing_page_shows_how_things_are_now(browser: Browser, *, guarded: bool) -> None:
    """From status.json, like the element on other sites; without a script there are the links."""
    snapshot = private(snapshots.outage()) if guarded else snapshots.outage()
    with serve_site(draw_site(snapshot, TEMPLATES)) as site:
        site.clock = views.NOW
        context = browser.new_context()
        page = context.new_page()
        page.clock.install(time=views.NOW)
        page.goto(site.address + "/nowhere")
        expect(page.locator("pulseboard-status")).to_contain_text(TEMPLATES.words.overall(snapshot.overall))
        page.get_by_role("link", name="See what happened before").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("History")
        context.close()
