"""What a page brings along to look like its team's, as it is published and as a browser shows it."""

from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from functions.domain.brand import Brand, FooterLink, Picture
from functions.domain.snapshot import Snapshot
from functions.render.artefact import Artefact
from functions.render.headers import CACHE_FOR_EVER
from functions.render.look import Look, OwnTemplate, branded, read_look
from functions.render.site import draft_site, draw_site
from functions.render.templates import FOLDER, Templates
from tests.fakes.site_server import serve_site
from tests.fakes.snapshots import healthy, outage

pytestmark = pytest.mark.xdist_group("browser-look")

LOGO = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 20"><rect width="80" height="20" fill="%s"/></svg>'
BRAND = Brand(
    logo=Picture(file="logo.svg", width=1000, height=250),
    logo_dark=Picture(file="logo-dark.svg", width=1000, height=250),
    favicon="favicon.svg",
    light={"accent": "#a1005d", "paper": "#fffdf5"},
    dark={"accent": "#ff7ac6"},
    links=(FooterLink(text='Imprint "<b>', url='https://acme.example/?a="><script>'),),
)
LOOK = Look(
    assets={"logo.svg": LOGO % b"red", "logo-dark.svg": LOGO % b"blue", "favicon.svg": LOGO % b"green"},
    style=".brand { letter-spacing: 3px }",
    templates={
        "404.html": OwnTemplate(
            text='{% extends "original/404.html" %}{% block content %}<p id="own">{{ page.title }}</p>{% endblock %}',
            file="404.html",
        )
    },
)
TEMPLATES = Templates(language="en", look=branded(BRAND, LOOK))


def branded_page(snapshot: Snapshot, title: str = "Acme") -> Snapshot:
    """Return the page with the brand."""
    return replace(snapshot, page=replace(snapshot.page, brand=BRAND, title=title))


def text(site: dict[str, Artefact], key: str) -> str:
    """Return an object's text."""
    return site[key].body.decode()


def test_pictures_are_published_under_names_that_last() -> None:
    """With the hash of what they are."""
    site = draw_site(branded_page(healthy()), TEMPLATES)

    pictures = {key.split(".")[0]: made for key, made in site.items() if key.startswith("assets/") and "logo" in key}
    assert set(pictures) == {"assets/logo", "assets/logo-dark"}
    assert {made.cache_control for made in pictures.values()} == {CACHE_FOR_EVER}
    assert {made.content_type for made in pictures.values()} == {"image/svg+xml"}


def test_the_logo_stands_for_the_title_and_says_it() -> None:
    """As its alternative text, escaped."""
    site = draw_site(branded_page(healthy(), title='A "><script>'), TEMPLATES)

    assert site["index.html"].body.count(b'alt="A &#34;&gt;&lt;script&gt;"') == 2
    assert b'"><script>' not in site["index.html"].body


def test_the_favicon_is_the_teams_while_all_is_up() -> None:
    """And the state's own in trouble."""
    calm, trouble = (draw_site(branded_page(snapshot), TEMPLATES) for snapshot in (healthy(), outage()))

    assert '<link rel="icon" href="/assets/favicon.' in text(calm, "index.html")
    assert '<link rel="icon" href="/assets/icon-down.' in text(trouble, "index.html")


def test_links_are_escaped() -> None:
    """Whatever stands in them."""
    page = text(draw_site(branded_page(healthy()), TEMPLATES), "history")

    assert 'href="https://acme.example/?a=&#34;&gt;&lt;script&gt;"' in page
    assert "Imprint &#34;&lt;b&gt;" in page


def test_a_template_of_their_own_escapes_as_ours_do() -> None:
    """It extends the original of the same name."""
    page = text(draw_site(branded_page(healthy(), title="<i>Acme"), TEMPLATES), "404.html")

    assert '<p id="own">&lt;i&gt;Acme</p>' in page
    assert "There is no page here" in page


@pytest.mark.parametrize(("own", "whole"), [("base.html", True), ("parts.html", True), ("monitor.html", False)])
def test_a_template_that_all_pages_are_made_of_may_use_the_whole_stylesheet(own: str, *, whole: bool) -> None:
    """On the index as elsewhere; one of another page changes nothing there."""
    plain = (FOLDER / own).read_text(encoding="utf-8")
    templates = Templates(language="en", look=Look(templates={own: OwnTemplate(text=plain, file=own)}))
    index = text(draw_site(healthy(), templates), "index.html")

    assert (f"<style>{templates.assets.style}</style>" in index) is whole
    assert (f"<style>{templates.assets.short_style}</style>" in index) is not whole


def test_a_number_in_a_template_is_written_as_each_language_writes_it() -> None:
    """Two pages with one template differ, though what is compiled is kept."""
    own = Look(templates={"404.html": OwnTemplate(text="{{ 0.5|figure }}", file="404.html")})
    written = [text(draw_site(healthy(), Templates(language=name, look=own)), "404.html") for name in ("en", "de")]

    assert written == ["0.5", "0,5"]


def test_another_brand_is_another_page() -> None:
    """What is stored of the one before is drawn again."""
    plain, own = healthy(), branded_page(healthy())
    other = Templates(language="en", look=replace(LOOK, style=".brand { color: red }"))
    kinds = [(plain, TEMPLATES), (own, TEMPLATES), (own, other)]

    assert len({draft_site(snapshot, templates)["history"].fingerprint for snapshot, templates in kinds}) == 3


def test_what_ships_is_what_is_read(tmp_path: Path) -> None:
    """From the page's folder in the asset; a page without one has nothing."""
    for name, body in {"assets/logo.png": b"png", "brand.css": b"a {}", "templates/404.html": b"<p>"}.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(body)

    assert read_look(tmp_path) == Look(
        assets={"logo.png": b"png"},
        style="a {}",
        templates={"404.html": OwnTemplate(text="<p>", file=str(tmp_path / "templates/404.html"))},
    )
    assert read_look(tmp_path / "none") == Look()


def test_a_browser_shows_the_logo_and_the_colours_of_its_theme(browser: Browser) -> None:
    """By preference, and by the switch without loading the page again; it fetches what it shows."""
    with serve_site(draw_site(branded_page(healthy()), TEMPLATES)) as site:
        site.clock = healthy().generated_at
        page = browser.new_page(color_scheme="light")
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
        page.goto(site.address, wait_until="networkidle")
        visible = "[...document.querySelectorAll('.brand img')].filter(i => i.checkVisibility()).map(i => i.className)"
        accent = "getComputedStyle(document.documentElement).getPropertyValue('--accent')"

        light = (page.evaluate(visible), page.evaluate(accent))
        fetched = [key for key in site.requested if "logo" in key]
        page.locator("[data-theme-switch]").click()
        page.locator("[data-theme-switch]").click()
        dark = (page.evaluate(visible), page.evaluate(accent))
        page.wait_for_function("[...document.querySelectorAll('.for-dark')].every(image => image.naturalWidth > 0)")
        spacing = page.locator(".brand").evaluate("element => getComputedStyle(element).letterSpacing")
        page.close()

    assert light == (["for-light"], "#a1005d")
    assert dark == (["for-dark"], "#ff7ac6")
    assert [key.split(".")[0] for key in fetched] == ["assets/logo"]
    assert spacing == "3px"
    assert said == []
