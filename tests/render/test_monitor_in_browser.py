"""A monitor's page in a real browser: charts, the calendar, badges."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, expect

from functions.domain.verdict import Verdict
from functions.render.site import draw_site
from functions.render.templates import Templates
from tests.fakes import snapshots, views
from tests.fakes.site_server import ServedSite, serve_site
from tests.fakes.visitor import complaints, later, move_on, visit

pytestmark = pytest.mark.xdist_group("browser")

TEMPLATES = Templates(language="en")
PATH = "/monitors/shop-api"


@pytest.fixture
def site() -> Iterator[ServedSite]:
    """Serve a page on which everything is up."""
    with serve_site(draw_site(snapshots.healthy(), TEMPLATES)) as served:
        served.clock = views.NOW
        yield served


@pytest.mark.parametrize("script", [True, False])
def test_each_window_has_its_chart_and_its_table(browser: Browser, site: ServedSite, script: bool) -> None:  # noqa: FBT001 (both ways to look at it)
    """The switch shows one at a time, with or without scripts."""
    with visit(browser, script=script) as page:
        page.goto(site.address + PATH)
        for window, rows in (("24h", 24), ("7d", 6 * 24 + 13), ("30d", 30), ("90d", 90)):
            page.locator(".heading").get_by_text(window, exact=True).click()
            expect(page.locator(".panel:visible")).to_have_count(1)
            panel = page.locator(f".panel-{window}")
            expect(panel.get_by_role("img")).to_be_visible()
            panel.locator("summary").click()
            expect(panel.locator("tbody tr")).to_have_count(rows)
            assert panel.locator("path.highest").get_attribute("d")
        expect(panel.locator("tbody th").first).to_have_text("22 November 2026")


def test_the_axis_of_days_is_in_the_visitors_words(browser: Browser, site: ServedSite) -> None:
    """Dates are short and those of UTC, wherever the visitor is; without scripts they are figures."""
    with visit(browser) as page:
        page.goto(site.address + PATH)
        page.locator(".heading").get_by_text("7d", exact=True).click()
        expect(page.locator(".panel-7d .times li")).to_have_text(
            ["16 Nov", "17 Nov", "18 Nov", "19 Nov", "20 Nov", "21 Nov", "22 Nov", "23 Nov"]
        )
    with visit(browser, script=False) as page:
        page.goto(site.address + PATH)
        expect(page.locator(".panel-7d .times li").first).to_have_text("11-16")


def test_what_was_never_timed_has_no_chart(browser: Browser) -> None:
    """It says so, and there is no calendar of months without data."""
    with serve_site(draw_site(snapshots.no_data(), TEMPLATES)) as site, visit(browser) as page:
        page.goto(site.address + PATH)
        expect(page.locator(".panel-24h")).to_have_text("No response was timed in this window.")
        expect(page.get_by_role("heading", name="Month by month")).to_have_count(0)


def test_the_calendar_has_a_year(browser: Browser, site: ServedSite) -> None:
    """The running month first, each with its number, and its days told to who cannot see them."""
    with visit(browser) as page:
        page.goto(site.address + PATH)
        expect(page.locator(".months li")).to_have_count(13)
        expect(page.locator(".months li").first).to_contain_text("November 2026")
        expect(page.locator(".months li").last).to_contain_text("November 2025")
        expect(page.locator(".months svg").first).to_have_attribute("aria-label", "Up: 22")


def test_a_badge_is_copied_as_markdown_or_html(browser: Browser, site: ServedSite) -> None:
    """What the button copies is what is shown, and what it shows can be pasted as it is."""
    with visit(browser) as page:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.goto(site.address + PATH)
        page.get_by_role("button", name="Copy the Markdown of status").click()
        image = "https://status.acme.example/badge/acme/shop-api/status.svg"
        link = "https://status.acme.example/monitors/shop-api"
        assert page.evaluate("navigator.clipboard.readText()") == f"[![status]({image})]({link})"
        page.get_by_text("HTML", exact=True).click()
        page.get_by_role("button", name="Copy the HTML of status").click()
        html = f'<a href="{link}"><img src="{image}" alt="status"></a>'
        assert page.evaluate("navigator.clipboard.readText()") == html


def test_a_badge_is_copied_in_the_style_that_was_chosen(browser: Browser, site: ServedSite) -> None:
    """Picture and lines name what is there; badges without other styles stay, and so does all without a script."""
    with visit(browser) as page:
        page.goto(site.address + PATH)
        rows = page.locator("ul.badges").first.locator("li")
        plain = rows.all_inner_texts()
        for style in ("for-the-badge", "plastic"):
            page.get_by_label("Style").select_option(style)
            pictures = rows.locator("img").evaluate_all("all => all.map((each) => each.getAttribute('src').slice(1))")
            assert set(pictures) <= set(site.objects)
            assert [path.rpartition("/")[2] for path in pictures if style in path] == [
                f"{name}.{style}.svg" for name in ("status", "uptime-7d", "uptime-30d", "uptime-90d")
            ]
            for code in rows.locator("code").all_text_contents():
                assert any(f"https://status.acme.example/{path}" in code for path in pictures)
        page.get_by_label("Style").select_option("flat")
        assert rows.all_inner_texts() == plain
    with visit(browser, script=False) as page:
        page.goto(site.address + PATH)
        expect(page.get_by_label("Style")).to_be_hidden()


def test_title_icon_and_ground_follow_the_verdict(browser: Browser, site: ServedSite) -> None:
    """A tab in the background tells by its icon that the monitor has gone down, before its page was drawn again."""
    with visit(browser) as page:
        found = complaints(page)
        page.goto(site.address + PATH, wait_until="networkidle")
        now = snapshots.healthy()
        down = replace(now, monitors=(replace(now.monitors[0], verdict=Verdict.DOWN), *now.monitors[1:]))
        news = draw_site(later(down, views.NOW + timedelta(minutes=1)), TEMPLATES)
        site.objects = {**site.objects, "status.json": news["status.json"]}
        move_on(page, site, timedelta(seconds=61))
        expect(page.locator(".standing")).to_have_text("Down")
        assert page.title() == "Shop API: Down · Acme API Status"
        assert "icon-down" in (page.locator('link[rel="icon"]').get_attribute("href") or "")
        expect(page.locator("body")).to_have_class("tone-down")
        assert found == []


def test_every_window_fits_the_narrowest_phone(browser: Browser, site: ServedSite) -> None:
    """The labels of the axis are thinned out before they push the page out of its width."""
    with visit(browser, width=320) as page:
        page.goto(site.address + PATH)
        for window in ("24h", "7d", "30d", "90d"):
            page.locator(".heading").get_by_text(window, exact=True).click()
            assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, window
