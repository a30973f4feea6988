"""What other sites put on theirs: on another origin, in a real browser and under that site's own strict policy."""

import gzip
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, expect

from functions.domain.snapshot import Snapshot
from functions.render.artefact import HTML, JSON, Artefact
from functions.render.site import draw_site
from functions.render.templates import Templates
from tests.fakes import snapshots, views
from tests.fakes.site_server import ServedSite, serve_site
from tests.fakes.visitor import complaints, visit

pytestmark = pytest.mark.xdist_group("browser")

TEMPLATES = Templates(language="en")
HOSTILE = "<img src=x onerror=alert(1)>&amp;"


@contextmanager
def status_of(snapshot: Snapshot) -> Iterator[ServedSite]:
    """Serve the status page."""
    with serve_site(draw_site(snapshot, TEMPLATES)) as served:
        served.clock = views.NOW
        yield served


@contextmanager
def shop(body: str, status: ServedSite, *, head: str = "") -> Iterator[ServedSite]:
    """Serve a shop on another origin, whose policy allows the status page what docs/badges.md says, and no more."""
    page = f"<!doctype html><html lang=en><head><title>Shop</title>{head}</head><body><main>{body}</main></body></html>"
    allowed = status.address
    policy = f"default-src 'none'; script-src {allowed}; connect-src {allowed}; frame-src {allowed}"
    objects: Mapping[str, Artefact] = {
        key: Artefact(body=page.encode(), content_type=HTML) for key in ("index.html", "404.html")
    }
    with serve_site(objects) as served:
        served.headers = {"Content-Security-Policy": policy}
        yield served


def element(status: ServedSite, attributes: str = "") -> str:
    """Return what somebody pastes into their page."""
    return (
        f'<script src="{status.address}/widget.js" async></script><pulseboard-status {attributes}></pulseboard-status>'
    )


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ("healthy", "All systems are up"),
        ("degraded", "Some systems are degraded"),
        ("outage", "Some systems are down"),
        ("maintenance", "Maintenance is under way"),
        ("no-data", "We cannot see how things are"),
    ],
)
def test_the_element_says_how_things_are(browser: Browser, condition: str, said: str) -> None:
    """A link to the page, in words and not by colour alone; nothing that the site's policy would have to forgive."""
    with (
        status_of(snapshots.SCENARIOS[condition]()) as status,
        shop(element(status), status) as site,
        visit(browser) as page,
    ):
        found = complaints(page)
        page.goto(site.address)
        link = page.get_by_role("link", name=said, exact=True)
        expect(link).to_be_visible()
        assert link.get_attribute("href") == f"{status.address}/"
        assert found == []


def test_the_frame_says_how_things_are(browser: Browser) -> None:
    """The same in a frame, which lays out nothing but the link."""
    with status_of(snapshots.outage()) as status:
        frame = f'<iframe src="{status.address}/widget?theme=dark" title="Status" width="260" height="24"></iframe>'
        with shop(frame, status) as site, visit(browser) as page:
            found = complaints(page)
            page.goto(site.address)
            link = page.frame_locator("iframe").get_by_role("link", name="Some systems are down")
            expect(link).to_be_visible()
            assert link.get_attribute("target") == "_top"
            assert link.bounding_box() is not None
            assert page.frames[1].evaluate("getComputedStyle(document.body).margin") == "0px"
            assert page.frames[1].evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"
            assert found == []


def test_without_scripts_the_frame_shows_the_badge(browser: Browser) -> None:
    """Which is drawn already, and says the same."""
    with status_of(snapshots.outage()) as status:
        frame = f'<iframe src="{status.address}/widget" title="Status"></iframe>'
        with shop(frame, status) as site, visit(browser, script=False) as page:
            page.goto(site.address, wait_until="networkidle")
            assert "badge/acme/status.svg" in status.requested
            expect(page.frame_locator("iframe").get_by_role("img", name="Acme API Status")).to_be_visible()


def test_no_other_page_can_be_framed(browser: Browser) -> None:
    """A visitor cannot be made to press something on the status page that they do not see."""
    with status_of(snapshots.healthy()) as status:
        frame = f'<iframe src="{status.address}/" title="Status"></iframe>'
        with shop(frame, status) as site, visit(browser) as page:
            found = complaints(page)
            page.goto(site.address, wait_until="networkidle")
            assert any("frame-ancestors" in line or "X-Frame-Options" in line for line in found)


def test_one_monitor_can_be_shown(browser: Browser) -> None:
    """By its id, with its name, linked to its own page; one that there is not is unknown."""
    with (
        status_of(snapshots.outage()) as status,
        shop(element(status, 'monitor="checkout"'), status) as site,
        visit(browser) as page,
    ):
        page.goto(site.address)
        link = page.get_by_role("link", name="Checkout: Down")
        expect(link).to_be_visible()
        assert link.get_attribute("href") == f"{status.address}/monitors/checkout"
        page.locator("pulseboard-status").evaluate("element => element.setAttribute('monitor', 'nobody')")
        expect(page.get_by_role("link", name="No data")).to_be_visible()


def test_what_is_too_old_is_not_believed(browser: Browser) -> None:
    """When the page is no longer made, or cannot be reached, the element does not go on saying that all is well."""
    with (
        status_of(snapshots.healthy()) as status,
        shop(element(status), status) as site,
        visit(browser) as page,
    ):
        page.goto(site.address)
        expect(page.get_by_role("link", name="All systems are up")).to_be_visible()
        status.clock = views.NOW + timedelta(minutes=11)
        page.clock.fast_forward(61_000)
        expect(page.get_by_role("link", name="We cannot see how things are")).to_be_visible()


def test_a_page_that_cannot_be_reached_is_unknown(browser: Browser) -> None:
    """The script came from a cache, say, and status.json does not come at all."""
    with status_of(snapshots.healthy()) as status, shop(element(status), status) as site, visit(browser) as page:
        status.objects = {key: made for key, made in status.objects.items() if key != "status.json"}
        page.goto(site.address)
        expect(page.get_by_role("link", name="We cannot see how things are")).to_be_visible()


@pytest.mark.parametrize("body", [b"<html>Sign in</html>", b"null", b"{}", b'{"endpoints":[]}', b'{"endpoints":{}}'])
@pytest.mark.parametrize("attributes", ["", 'monitor="checkout"'])
def test_what_is_no_status_is_unknown(browser: Browser, body: bytes, attributes: str) -> None:
    """What something on the way answers; when the status comes again, it is believed again."""
    with (
        status_of(snapshots.outage()) as status,
        shop(element(status, attributes), status) as site,
        visit(browser) as page,
    ):
        found = complaints(page)
        whole = status.objects
        status.objects = {**whole, "status.json": Artefact(body=body, content_type=JSON)}
        page.goto(site.address)
        expect(
            page.get_by_role("link", name="No data" if attributes else "We cannot see how things are")
        ).to_be_visible()
        status.objects = whole
        page.clock.fast_forward(61_000)
        expect(
            page.get_by_role("link", name="Checkout: Down" if attributes else "Some systems are down")
        ).to_be_visible()
        assert found == []


def test_a_status_of_a_newer_page_is_unknown(browser: Browser) -> None:
    """A script that a browser kept does not know every word that there will be."""
    with status_of(snapshots.outage()) as status, shop(element(status), status) as site, visit(browser) as page:
        newer = status.objects["status.json"].body.replace(b'"partial_outage"', b'"on_fire"')
        status.objects = {**status.objects, "status.json": Artefact(body=newer, content_type=JSON)}
        page.goto(site.address)
        expect(page.get_by_role("link", name="We cannot see how things are")).to_be_visible()


def test_a_hostile_name_stays_text(browser: Browser) -> None:
    """It is put into the other site's page as text, and nothing of it runs there."""
    shown = snapshots.snapshot([views.monitor_view(name=HOSTILE)], title=HOSTILE)
    with (
        status_of(shown) as status,
        shop(element(status, 'monitor="shop-api"'), status) as site,
        visit(browser) as page,
    ):
        found = complaints(page)
        page.goto(site.address)
        expect(page.get_by_role("link")).to_have_text(f"{HOSTILE}: Up")
        assert page.locator("pulseboard-status img").count() == 0
        assert found == []


@pytest.mark.parametrize(
    ("attributes", "head", "fill"),
    [
        ("", "", "rgb(26, 127, 55)"),
        ('theme="dark"', "", "rgb(74, 194, 107)"),
        ("", '<meta name="color-scheme" content="dark">', "rgb(74, 194, 107)"),
        ('theme="light"', '<meta name="color-scheme" content="dark">', "rgb(26, 127, 55)"),
    ],
)
def test_it_looks_as_the_site_around_it(browser: Browser, attributes: str, head: str, fill: str) -> None:
    """The site's own colour scheme holds, whatever the visitor's system prefers, unless the element is told another."""
    with (
        status_of(snapshots.healthy()) as status,
        shop(element(status, attributes), status, head=head) as site,
        visit(browser) as page,
    ):
        page.goto(site.address)
        expect(page.get_by_role("link", name="All systems are up")).to_be_visible()
        shape = page.locator("pulseboard-status path")
        assert shape.evaluate("path => getComputedStyle(path).fill") == fill


def test_it_is_small_and_never_written_again() -> None:
    """Below 2 kB as it is sent, and its bytes do not depend on how things are."""
    made = {name: draw_site(snapshot(), TEMPLATES) for name, snapshot in snapshots.SCENARIOS.items()}
    for key in ("widget", "widget.js"):
        assert len({site[key].body for site in made.values()}) == 1
    assert len(gzip.compress(made["healthy"]["widget.js"].body)) < 2_000


def test_its_words_are_those_of_the_page() -> None:
    """A page in another language hands out the element in that language, and a title is never markup."""
    shown = snapshots.healthy()
    hostile = draw_site(replace(shown, page=replace(shown.page, title=HOSTILE)), TEMPLATES)["widget"].body.decode()
    script = draw_site(shown, Templates(language="ja"))["widget.js"].body.decode()
    assert "<img src=x" not in hostile
    assert '"lang": "ja"' in script
