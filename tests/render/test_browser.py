"""The pages in a real browser, served with the real headers."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Route, expect

from functions.domain.snapshot import Overall
from functions.domain.verdict import Verdict
from functions.render.artefact import JSON, Artefact
from functions.render.locales import languages
from functions.render.site import draw_site
from functions.render.templates import FOLDER, Templates
from tests.fakes import snapshots, views
from tests.fakes.site_server import ServedSite, serve_site
from tests.fakes.visitor import complaints, later, move_on, visit

pytestmark = pytest.mark.xdist_group("browser")

TEMPLATES = Templates(language="en")
POLL = timedelta(seconds=61)
PAGES = ("/", "/monitors/checkout", "/incidents/20261122T114000Z-1f2e3d4c", "/history", "/nowhere")


@pytest.fixture
def site() -> Iterator[ServedSite]:
    """Serve a page with an outage."""
    with serve_site(draw_site(snapshots.outage(), TEMPLATES)) as served:
        served.clock = views.NOW
        yield served


@pytest.mark.parametrize("path", PAGES[:-1])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_breaks_its_own_rules(browser: Browser, site: ServedSite, path: str, scheme: str) -> None:
    """Nothing is reported in the console: no script error, nothing missing, nothing that the policy refuses."""
    with visit(browser, scheme=scheme) as page:
        found = complaints(page)
        page.goto(site.address + path, wait_until="networkidle")
        move_on(page, site, POLL)
        page.wait_for_load_state("networkidle")
        assert found == []
        assert page.evaluate("document.styleSheets.length") == 1


def test_a_missing_page_leads_back(browser: Browser, site: ServedSite) -> None:
    """The 404 page looks like the others and links to the index."""
    with visit(browser) as page:
        answer = page.goto(site.address + "/nowhere/at/all")
        assert answer is not None
        assert answer.status == 404
        expect(page.locator("pulseboard-status")).to_contain_text("Some systems are down")
        expect(page.get_by_role("link", name="See what happened before")).to_have_attribute("href", "/history")
        page.get_by_role("link", name="See how things are").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Checkout is down")


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("width", [320, 390, 1280])
def test_no_page_scrolls_sideways(browser: Browser, site: ServedSite, path: str, width: int) -> None:
    """From the narrowest phone on, everything fits; tables scroll by themselves."""
    with visit(browser, width=width) as page:
        page.goto(site.address + path)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


@pytest.mark.parametrize("language", languages(FOLDER / "locales"))
def test_no_language_is_too_long_for_the_narrowest_phone(browser: Browser, language: str) -> None:
    """Longer words wrap or go to a line of their own."""
    drawn = draw_site(snapshots.outage(), Templates(language=language))
    with serve_site(drawn) as site, visit(browser, width=320) as page:
        for path in PAGES:
            page.goto(site.address + path)
            assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path


def test_the_longest_names_fit(browser: Browser) -> None:
    """Neither one endless word nor many words push the page out of its width."""
    for text in ("W" * 300, "one two " * 40):
        monitor = views.monitor_view(name=text, group=text, description=text)
        drawn = draw_site(snapshots.snapshot([monitor], title=text), TEMPLATES)
        with serve_site(drawn) as site, visit(browser, width=320) as page:
            for path in ("/", "/monitors/shop-api"):
                page.goto(site.address + path)
                assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


@pytest.mark.parametrize("language", ["en", "de", "ja", "ru"])
def test_a_script_writes_times_of_other_days_as_the_page_does(browser: Browser, language: str) -> None:
    """Browsers join date and time by words of their own, and each line with a time would move when the script comes."""
    seen = []
    with serve_site(draw_site(snapshots.outage(), Templates(language=language))) as site:
        site.clock = views.NOW
        for script in (False, True):
            with visit(browser, script=script) as page:
                page.goto(site.address + "/history", wait_until="networkidle")
                # Which blank stands behind a Russian year differs by the version of CLDR.
                seen.append(
                    [" ".join(time.split()) for time in page.locator("time[data-as=moment]").all_text_contents()]
                )
    written, localised = seen
    assert written == localised
    assert written


def test_without_scripts_everything_is_there(browser: Browser, site: ServedSite) -> None:
    """Sentence, times, incidents and monitors are in the file; what needs a script does not show."""
    with visit(browser, script=False) as page:
        page.goto(site.address)
        expect(page.get_by_role("heading", level=1)).to_have_text("Checkout is down")
        expect(page.get_by_text("Looked at 12:04 UTC")).to_be_visible()
        expect(page.locator(".now article")).to_have_count(2)
        expect(page.locator(".monitor")).to_have_count(7)
        expect(page.locator(".monitor .over-90d").first).to_be_visible()
        expect(page.locator(".monitor .over-24h").first).to_be_hidden()
        page.get_by_text("24h", exact=True).click()
        expect(page.locator(".monitor .over-24h").first).to_be_visible()
        expect(page.locator("#stale")).to_be_hidden()
        expect(page.locator("[data-theme-switch]")).to_be_hidden()
        page.goto(site.address + "/monitors/checkout")
        expect(page.get_by_role("table").first).to_be_visible()
        expect(page.get_by_role("button", name="Copy")).to_have_count(0)


def test_a_stale_page_says_so_by_itself(browser: Browser, site: ServedSite) -> None:
    """When nothing new comes until the page's time is over, it says so loudly, in the title as well."""
    with visit(browser) as page:
        page.goto(site.address)
        expect(page.locator("#stale")).to_be_hidden()
        move_on(page, site, timedelta(minutes=11))
        expect(page.locator("#stale")).to_be_visible()
        expect(page.locator("#stale")).to_contain_text("This page is out of date.")
        expect(page.locator("#stale")).to_contain_text("12:04")
        assert page.title().startswith("⚠ ")


def test_a_page_that_cannot_reach_its_server_goes_stale_too(browser: Browser, site: ServedSite) -> None:
    """The browser's own clock is enough: no answer is needed to know that the time is over."""
    with visit(browser) as page:
        page.goto(site.address, wait_until="networkidle")
        site.broken = True
        move_on(page, site, timedelta(minutes=11))
        expect(page.locator("#stale")).to_be_visible()


def test_a_stale_page_recovers_when_there_is_news(browser: Browser, site: ServedSite) -> None:
    """The warning goes as it came, without a reload."""
    with visit(browser) as page:
        page.goto(site.address, wait_until="networkidle")
        move_on(page, site, timedelta(minutes=11))
        expect(page.locator("#stale")).to_be_visible()
        site.objects = draw_site(later(snapshots.healthy(), views.NOW + timedelta(minutes=11)), TEMPLATES)
        move_on(page, site, POLL)
        expect(page.locator("#stale")).to_be_hidden()
        expect(page.get_by_role("heading", level=1)).to_have_text("All systems are up")
        assert page.title().startswith("All systems are up")


def put(site: ServedSite, body: bytes) -> None:
    """Answer `body` in the place of status.json."""
    site.objects = {**site.objects, "status.json": Artefact(body=body, content_type=JSON)}


@pytest.mark.parametrize("path", ["/", "/monitors/checkout"])
@pytest.mark.parametrize(
    "body",
    [
        b"<html>Sign in</html>",
        b"null",
        b"[]",
        b"{}",
        b'{"generatedAt": "x"}',
        b'{"generatedAt":"9999-12-31T00:00:00Z"}',
    ],
)
def test_what_is_no_status_is_no_news(browser: Browser, site: ServedSite, path: str, body: bytes) -> None:
    """A hotel's sign-in page, say: nothing breaks, and what comes after it is shown."""
    site.objects = draw_site(snapshots.healthy(), TEMPLATES)
    put(site, body)
    with visit(browser) as page:
        found = complaints(page)
        page.goto(site.address + path, wait_until="networkidle")
        site.objects = draw_site(later(snapshots.outage(), views.NOW + timedelta(minutes=1)), TEMPLATES)
        move_on(page, site, POLL)
        expect(page.locator("h1 ~ .standing.is-down, .monitor.is-down").first).to_be_visible()
        assert found == []


def leave(_: Route) -> None:
    """Let a request wait for an answer."""


def test_an_answer_that_does_not_come_is_given_up(browser: Browser, site: ServedSite) -> None:
    """And the next one counts: a connection that hangs does not keep a page old."""
    site.objects = draw_site(snapshots.healthy(), TEMPLATES)
    with visit(browser) as page:
        page.add_init_script(
            "{ const after = AbortSignal.timeout; AbortSignal.timeout = () => after.call(AbortSignal, 50) }"
        )
        page.route("**/status.json", leave)
        with page.expect_event("requestfailed"):
            page.goto(site.address)
        page.unroute("**/status.json")
        site.objects = draw_site(later(snapshots.outage(), views.NOW + timedelta(minutes=1)), TEMPLATES)
        page.evaluate("AbortSignal.timeout = () => undefined")
        move_on(page, site, POLL)
        expect(page.get_by_role("heading", level=1)).to_have_text("Checkout is down")


def test_the_index_follows_without_a_reload(browser: Browser, site: ServedSite) -> None:
    """New verdicts appear in place; what the visitor folded, chose and focused stays so."""
    site.objects = draw_site(snapshots.healthy(), TEMPLATES)
    with visit(browser) as page:
        page.goto(site.address, wait_until="networkidle")
        expect(page.get_by_role("heading", level=1)).to_have_text("All systems are up")
        page.evaluate("window.kept = true")
        page.locator("summary", has_text="Background").click()
        page.get_by_text("7d", exact=True).click()
        page.get_by_role("link", name="Checkout").focus()
        site.objects = draw_site(later(snapshots.outage(), views.NOW + timedelta(minutes=1)), TEMPLATES)
        move_on(page, site, POLL)
        expect(page.get_by_role("heading", level=1)).to_have_text("Checkout is down")
        expect(page.locator("#told")).to_have_text("Checkout is down")
        expect(page.locator(".monitor.is-down")).to_contain_text("The health check answers with HTTP 502.")
        expect(page.get_by_role("heading", name="Happening now")).to_be_visible()
        assert page.title().startswith("Checkout is down")
        assert page.evaluate("window.kept") is True
        assert page.locator("details.group").nth(1).get_attribute("open") is None
        expect(page.locator(".monitor .over-7d").first).to_be_visible()
        assert page.evaluate("document.activeElement.textContent") == "Checkout"
        assert page.evaluate("document.activeElement.isConnected")
        assert "icon-down" in (page.locator('link[rel="icon"]').get_attribute("href") or "")


def test_monitors_that_come_and_go_change_the_whole_list(browser: Browser, site: ServedSite) -> None:
    """Another set of monitors is shown as a whole, still without a reload."""
    with visit(browser) as page:
        page.goto(site.address, wait_until="networkidle")
        page.evaluate("window.kept = true")
        page.get_by_text("7d", exact=True).click()
        one = snapshots.snapshot([views.monitor_view("new", name="Brand new")])
        site.objects = draw_site(later(one, views.NOW + timedelta(minutes=1)), TEMPLATES)
        move_on(page, site, POLL)
        expect(page.locator(".monitor h3")).to_have_text(["Brand new"])
        expect(page.locator(".monitor .over-7d")).to_be_visible()
        assert page.evaluate("window.kept") is True


def test_a_monitors_page_shows_the_verdict_of_now(browser: Browser, site: ServedSite) -> None:
    """The page itself is made rarely: the word and the time of the look come from status.json."""
    before = draw_site(snapshots.healthy(), TEMPLATES)
    site.objects = before
    with visit(browser) as page:
        page.goto(site.address + "/monitors/checkout", wait_until="networkidle")
        expect(page.locator(".standing")).to_have_text("Up")
        news = later(snapshots.outage(), views.NOW + timedelta(minutes=1))
        site.objects = {**before, "status.json": draw_site(news, TEMPLATES)["status.json"]}
        move_on(page, site, POLL)
        expect(page.locator(".standing")).to_have_text("Down")
        expect(page.locator(".looked")).to_contain_text("12:05")


def test_times_are_the_visitors(browser: Browser, site: ServedSite) -> None:
    """A visitor in Tokyo reads Tokyo's time; UTC is what hovering shows."""
    context = browser.new_context(locale="en-GB", timezone_id="Asia/Tokyo")
    page = context.new_page()
    page.clock.install(time=views.NOW.timestamp())
    page.goto(site.address)
    expect(page.locator("[data-looked] time")).to_contain_text("21:04")
    assert page.locator("[data-looked] time").get_attribute("title") == "12:04 UTC"
    context.close()


def test_a_browser_with_a_wrong_clock_is_not_misled(browser: Browser, site: ServedSite) -> None:
    """A clock that is an hour ahead does not make a fresh page look stale once the server has told the time."""
    with visit(browser) as page:
        page.clock.set_system_time((views.NOW + timedelta(hours=1)).timestamp())
        page.goto(site.address, wait_until="networkidle")
        expect(page.locator("#stale")).to_be_hidden()
        expect(page.locator("[data-ago]")).to_contain_text("second")


def test_a_cache_that_repeats_itself_does_not_keep_a_page_fresh(browser: Browser, site: ServedSite) -> None:
    """Answers that still bear the date of an hour ago do not turn the browser's clock back."""
    with visit(browser) as page:
        page.goto(site.address, wait_until="networkidle")
        page.clock.fast_forward(60 * 60 * 1000)
        page.wait_for_load_state("networkidle")
        expect(page.locator("#stale")).to_be_visible()


def test_the_theme_is_chosen_and_remembered(browser: Browser, site: ServedSite) -> None:
    """The switch goes from the system's theme to light, dark and back; the next page has it before it is painted."""
    with visit(browser, scheme="dark") as page:
        page.goto(site.address)
        ground = "getComputedStyle(document.body).backgroundColor"
        dark = page.evaluate(ground)
        page.get_by_role("button", name="Theme: as your system has it").click()
        light = page.evaluate(ground)
        assert light != dark
        page.get_by_role("button", name="Theme: light").click()
        assert page.evaluate(ground) == dark
        page.get_by_role("button", name="Theme: dark").click()
        assert page.evaluate("document.documentElement.dataset.theme") == ""
        page.get_by_role("button", name="Theme: as your system has it").click()
        page.route("**/*.js", lambda route: route.abort())
        page.goto(site.address + "/history")
        assert page.evaluate(ground) == light


def test_the_keyboard_reaches_everything_and_shows_where_it_is(browser: Browser, site: ServedSite) -> None:
    """The first stop skips to the content; each stop on the way has a visible outline."""
    with visit(browser) as page:
        page.goto(site.address)
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
        seen = []
        for _ in range(12):
            page.keyboard.press("Tab")
            seen.append(
                page.evaluate(
                    "document.activeElement.textContent.trim().replace(/\\s+/g, ' ') || document.activeElement.value"
                )
            )
            target = (
                "document.activeElement.matches('input') ? document.activeElement.nextSibling : document.activeElement"
            )
            assert page.evaluate(f"getComputedStyle({target}).outlineStyle") == "solid"
        assert {"Status", "History", "Checkout down", "90d", "Core 1 of 4 down", "Checkout"} <= set(seen)


def test_one_request_for_each_thing_and_none_elsewhere(browser: Browser, site: ServedSite) -> None:
    """The first paint needs the index alone; its script, icon and status document follow, all from the same host."""
    with visit(browser) as page:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(site.address, wait_until="networkidle")
        assert all(url.startswith(site.address) for url in asked)
        assert len([url for url in asked if not url.endswith(".svg")]) == len(["index", "script", "status.json"])
        assert page.locator('head link[rel="stylesheet"], head script[src]:not([defer])').count() == 0


def test_pages_that_are_neither_up_nor_down_have_a_look(browser: Browser) -> None:
    """Maintenance and unknown pages have a headline, a shape and no error, too."""
    for overall, verdict in ((Overall.MAINTENANCE, Verdict.MAINTENANCE), (Overall.UNKNOWN, Verdict.NO_DATA)):
        view = replace(views.monitor_view(), verdict=verdict)
        objects = draw_site(snapshots.snapshot([view], overall=overall), TEMPLATES)
        with serve_site(objects) as site, visit(browser) as page:
            site.clock = views.NOW
            found = complaints(page)
            page.goto(site.address, wait_until="networkidle")
            assert page.locator(".say use").get_attribute("href") == f"#i-{verdict}"
            assert found == []
