"""Days, folds, the filter and the wall: what the index does for somebody who uses it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from functions.domain.public_monitor import MonitorView
from functions.domain.snapshot import Overall, Snapshot
from functions.domain.verdict import Verdict
from functions.render.site import draw_site
from functions.render.templates import Templates
from tests.fakes import snapshots, views
from tests.fakes.site_server import ServedSite, serve_site
from tests.fakes.visitor import complaints, later, move_on, visit

pytestmark = pytest.mark.xdist_group("browser")

TEMPLATES = Templates(language="en")
POLL = timedelta(seconds=61)
STRIP = "#days-shop-api"


@pytest.fixture
def site() -> Iterator[ServedSite]:
    """Serve a page on which everything is up; Shop API was down on one day, for which there is an incident."""
    with serve_site(draw_site(with_a_bad_day(), TEMPLATES)) as served:
        served.clock = views.NOW
        yield served


def with_a_bad_day() -> Snapshot:
    """Return a page where Shop API was down 37 days ago for 12 minutes, half of the day being known."""
    page = snapshots.healthy()
    bad = views.day_bar(37, Verdict.DOWN, down=720, coverage=50.0)
    days = tuple(bad if day.day == bad.day else day for day in page.monitors[0].days)
    return replace(page, monitors=(replace(page.monitors[0], days=days), *page.monitors[1:]))


def crowded(*down: str) -> Snapshot:
    """Return a page of 30 monitors in three groups, of which `down` are."""

    def troubled(view: MonitorView) -> MonitorView:
        return replace(view, verdict=Verdict.DOWN) if view.id in down else view

    return snapshots.snapshot(
        (troubled(view) for view in snapshots.crowd(30).monitors),
        overall=Overall.PARTIAL_OUTAGE if down else Overall.OPERATIONAL,
    )


def point_at(page: Page, age: int, strip: str = STRIP) -> tuple[float, float]:
    """Return where on the screen the bar of the day `age` days ago is."""
    page.locator(strip).scroll_into_view_if_needed()
    box = page.locator(strip).bounding_box()
    assert box is not None
    return box["x"] + box["width"] * (89 - age + 0.4) / 90, box["y"] + box["height"] / 2


def test_pointing_at_a_day_tells_about_it(browser: Browser, site: ServedSite) -> None:
    """Uptime, outage, coverage and the incident; the card stays while the pointer goes over to it (WCAG 1.4.13)."""
    with visit(browser) as page:
        found = complaints(page)
        page.goto(site.address, wait_until="networkidle")
        page.mouse.move(*point_at(page, 37))
        card = page.locator("#day")
        expect(card).to_contain_text("16 October 2026")
        expect(card.locator("[data-verdict]:visible")).to_have_text("Down")
        expect(card.locator("[data-row=down] dd")).to_have_text("12 minutes")
        expect(card.locator("[data-row=uptime] dd")).to_have_text("98.33\u00a0%")
        expect(card.locator("[data-row=coverage] dd")).to_have_text("50\u00a0%")
        link = card.get_by_role("link", name="Shop API down")
        link.hover()
        page.clock.run_for(2000)
        expect(card).to_be_visible()
        page.mouse.move(5, 5)
        page.clock.run_for(2000)
        expect(card).to_be_hidden()
        assert found == []


def test_escape_puts_the_card_away_without_moving(browser: Browser, site: ServedSite) -> None:
    """What covers something can be dismissed where the pointer or the focus is."""
    with visit(browser) as page:
        page.goto(site.address, wait_until="networkidle")
        page.mouse.move(*point_at(page, 10))
        expect(page.locator("#day")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.locator("#day")).to_be_hidden()


def test_a_strip_is_one_stop_and_its_days_are_reached_with_arrows(browser: Browser, site: ServedSite) -> None:
    """The value that a screen reader hears is the card's text; Tab leads on to the incident's link."""
    with visit(browser) as page:
        page.goto(site.address, wait_until="networkidle")
        strip = page.locator(STRIP)
        page.get_by_role("link", name="Shop API", exact=True).focus()
        page.keyboard.press("Tab")
        expect(strip).to_be_focused()
        expect(page.locator("#day")).to_contain_text("22 November 2026")
        for key in (*["PageDown"] * 5, "ArrowLeft", "ArrowLeft"):
            page.keyboard.press(key)
        expect(strip).to_have_attribute("role", "slider")
        expect(strip).to_have_attribute("aria-valuenow", "53")
        expect(strip).to_have_attribute(
            "aria-valuetext",
            "16 October 2026, Down, Uptime 98.33\u00a0%, Down for 12 minutes, Known 50\u00a0%, Shop API down",
        )
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="Shop API down")).to_be_focused()
        page.keyboard.press("Escape")
        expect(strip).to_be_focused()
        page.keyboard.press("Home")
        expect(page.locator("#day")).to_contain_text("25 August 2026")
        page.keyboard.press("End")
        expect(page.locator("#day")).to_contain_text("22 November 2026")
        page.keyboard.press("Tab")
        expect(page.locator("#day")).to_be_hidden()


def test_a_tap_tells_about_a_day_and_a_tap_elsewhere_ends_it(browser: Browser, site: ServedSite) -> None:
    """On a phone the card fits the screen, and the days beside it are two buttons away."""
    with visit(browser, width=320, touch=True) as page:
        page.goto(site.address, wait_until="networkidle")
        page.touchscreen.tap(*point_at(page, 37))
        expect(page.locator("#day")).to_contain_text("16 October 2026")
        page.get_by_role("button", name="The day before").tap()
        expect(page.locator("#day")).to_contain_text("15 October 2026")
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        page.get_by_role("heading", level=1).tap()
        expect(page.locator("#day")).to_be_hidden()


def test_a_gap_says_that_nothing_is_known(browser: Browser, site: ServedSite) -> None:
    """A day without data has no uptime, not one of a hundred percent."""
    with visit(browser) as page:
        page.goto(site.address, wait_until="networkidle")
        page.mouse.move(*point_at(page, 32, "#days-search"))
        expect(page.locator("#day [data-verdict]:visible")).to_have_text("No data")
        expect(page.locator("#day [data-row]:visible")).to_have_count(0)


def test_an_open_card_outlives_the_news(browser: Browser, site: ServedSite) -> None:
    """When the page renews itself, who is reading a day goes on reading it, with the focus where it was."""
    with visit(browser) as page:
        page.goto(site.address, wait_until="networkidle")
        page.locator("#days-checkout").focus()
        page.keyboard.press("ArrowLeft")
        news = later(snapshots.outage(), views.NOW + timedelta(minutes=1))
        site.objects = draw_site(news, TEMPLATES)
        move_on(page, site, POLL)
        expect(page.get_by_role("heading", level=1)).to_have_text("Checkout is down")
        expect(page.locator("#day")).to_contain_text("21 November 2026")
        expect(page.locator("#days-checkout")).to_be_focused()


def test_nothing_moves_while_the_page_loads(browser: Browser, site: ServedSite) -> None:
    """Its scripts add nothing that takes up room: the cumulative layout shift is a fifth of what counts as good."""
    for path in ("/", "/monitors/shop-api"):
        with visit(browser) as page:
            page.add_init_script(
                "window.moved = 0; new PerformanceObserver(l => { for (const e of l.getEntries()) moved += e.value })"
                ".observe({type: 'layout-shift', buffered: true})"
            )
            page.goto(site.address + path, wait_until="networkidle")
            assert page.evaluate("moved") < 0.02


def test_in_trouble_what_is_wrong_comes_first_and_the_rest_folds(browser: Browser) -> None:
    """On a long page groups without trouble are folded, and say that they are up."""
    with serve_site(draw_site(crowded("service-27"), TEMPLATES)) as site, visit(browser) as page:
        site.clock = views.NOW
        page.goto(site.address, wait_until="networkidle")
        expect(page.locator("details.group h2")).to_have_text(["Group 3", "Group 1", "Group 2"])
        expect(page.locator("details.group .state").first).to_have_text("1 of 10 down")
        assert page.evaluate("[...document.querySelectorAll('details.group')].map(d => d.open)") == [True, False, False]
        expect(page.locator(".monitor h3").first).to_have_text("Service 27")
        page.locator("summary", has_text="Group 2").click()
        site.objects = draw_site(later(crowded("service-3"), views.NOW + timedelta(minutes=1)), TEMPLATES)
        move_on(page, site, POLL)
        expect(page.locator("details.group h2")).to_have_text(["Group 1", "Group 2", "Group 3"])
        assert page.evaluate("[...document.querySelectorAll('details.group')].map(d => d.open)") == [True, True, False]


def test_monitors_are_found_by_their_words(browser: Browser) -> None:
    """Words of the name and the group narrow the list down, across folds; the count is told."""
    with serve_site(draw_site(crowded("service-27"), TEMPLATES)) as site, visit(browser) as page:
        site.clock = views.NOW
        found = complaints(page)
        page.goto(site.address, wait_until="networkidle")
        page.get_by_role("searchbox", name="Find a monitor").fill("sérvice 12")
        expect(page.locator(".monitor:visible h3")).to_have_text(["Service 12"])
        expect(page.locator("#found")).to_have_text("Shown: 1 of 30")
        move_on(page, site, POLL)
        expect(page.locator(".monitor:visible h3")).to_have_text(["Service 12"])
        page.get_by_role("searchbox").fill("")
        expect(page.locator("#found")).to_have_text("")
        expect(page.locator(".monitor:visible")).to_have_count(10)
        page.get_by_label("Only trouble").check()
        expect(page.locator(".monitor:visible h3")).to_have_text(["Service 27"])
        news = later(crowded("service-27", "service-4"), views.NOW + timedelta(minutes=2))
        site.objects = draw_site(news, TEMPLATES)
        move_on(page, site, POLL)
        expect(page.locator(".monitor:visible h3")).to_have_text(["Service 4", "Service 27"])
        assert found == []


def test_a_short_page_has_no_filter(browser: Browser, site: ServedSite) -> None:
    """Seven monitors are found by looking."""
    with visit(browser) as page:
        page.goto(site.address)
        expect(page.get_by_role("searchbox")).to_have_count(0)


def test_the_window_is_remembered(browser: Browser, site: ServedSite) -> None:
    """Who wants to know about a week wants it on the next visit, too."""
    with visit(browser) as page:
        page.goto(site.address)
        page.get_by_text("7d", exact=True).click()
        page.goto(site.address + "/history")
        page.goto(site.address)
        expect(page.locator(".monitor .over-7d").first).to_be_visible()


@pytest.mark.parametrize("size", [(1920, 1080), (1280, 800)])
def test_a_wall_shows_everything_without_scrolling(browser: Browser, size: tuple[int, int]) -> None:
    """`?kiosk` hides what nobody can press, and finds the largest letters that fit."""
    with serve_site(draw_site(crowded("service-27"), TEMPLATES)) as site, visit(browser, width=size[0]) as page:
        site.clock = views.NOW
        found = complaints(page)
        page.set_viewport_size({"width": size[0], "height": size[1]})
        page.goto(site.address + "/?kiosk", wait_until="networkidle")
        expect(page.get_by_role("navigation")).to_be_hidden()
        expect(page.locator("footer")).to_be_hidden()
        expect(page.locator(".monitor").first).to_contain_text("Service 27")
        assert page.evaluate("document.documentElement.scrollHeight - innerHeight") <= 0
        site.objects = draw_site(later(crowded(), views.NOW + timedelta(minutes=1)), TEMPLATES)
        move_on(page, site, POLL)
        expect(page.get_by_role("heading", level=1)).to_have_text("All systems are up")
        assert page.evaluate("document.documentElement.scrollHeight - innerHeight") <= 0
        assert found == []


def test_paper_is_white_and_shows_what_was_folded(browser: Browser) -> None:
    """Printed from the dark theme, the page is dark on white, without what cannot be pressed on paper."""
    with serve_site(draw_site(crowded("service-27"), TEMPLATES)) as site, visit(browser, scheme="dark") as page:
        site.clock = views.NOW
        page.goto(site.address, wait_until="networkidle")
        page.emulate_media(media="print", color_scheme="dark")
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(253, 252, 250)"
        expect(page.locator(".monitor:visible")).to_have_count(30)
        expect(page.get_by_role("navigation")).to_be_hidden()
