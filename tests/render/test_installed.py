"""What stands for the page among somebody's apps: the manifest, its pictures, and where they are named."""

import json
from collections.abc import Mapping
from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Browser

from functions.domain.brand import Brand
from functions.render.artefact import Artefact
from functions.render.headers import CACHE_FOR_EVER
from functions.render.look import Look
from functions.render.png import png
from functions.render.site import draw_site
from functions.render.templates import Templates
from tests.fakes.html import parse_html
from tests.fakes.site_server import serve_site
from tests.fakes.snapshots import healthy

pytestmark = pytest.mark.xdist_group("browser")

TEMPLATES = Templates(language="en")
PAPER, ACCENT = (253, 252, 250), (58, 74, 168)


def links(site: Mapping[str, Artefact], key: str = "index.html") -> dict[str, str]:
    """Return what a page links to in its head, by relation."""
    return {link.get("rel", ""): link.get("href", "") for link in parse_html(site[key].body).iter("link")}


def manifest(site: Mapping[str, Artefact]) -> dict[str, object]:
    """Return the manifest that the index names."""
    made = site[links(site)["manifest"].lstrip("/")]
    assert (made.content_type, made.cache_control) == ("application/manifest+json", CACHE_FOR_EVER)
    said: dict[str, object] = json.loads(made.body)
    return said


def icons(site: Mapping[str, Artefact]) -> list[dict[str, str]]:
    """Return the manifest's icons."""
    found = manifest(site)["icons"]
    assert isinstance(found, list)
    return found


def test_the_manifest_names_the_page_and_what_is_there() -> None:
    """Pictures are as large as it says; one of them survives being cut into a circle."""
    snapshot = healthy()
    site = draw_site(replace(snapshot, page=replace(snapshot.page, description="How we are.")), TEMPLATES)

    said = manifest(site)
    assert (said["name"], said["description"], said["lang"]) == ("Acme API Status", "How we are.", "en")
    assert said["start_url"] == said["scope"] == said["id"] == "/"
    for icon in icons(site):
        made = site[icon["src"].lstrip("/")]
        assert made.cache_control == CACHE_FOR_EVER
        picture = Image.open(BytesIO(made.body))
        assert f"{picture.width}x{picture.height}" == icon["sizes"]
    assert [icon.get("purpose") for icon in icons(site)] == [None, None, "maskable"]


def test_the_sign_is_drawn_in_the_pages_colours_and_within_what_a_mask_leaves() -> None:
    """The middle 80 % of a maskable icon are what everybody sees (https://www.w3.org/TR/appmanifest/#icon-masks)."""
    site = draw_site(healthy(), TEMPLATES)
    picture = Image.open(BytesIO(site[links(site)["apple-touch-icon"].lstrip("/")].body)).convert("RGB")
    assert picture.size == (180, 180)
    assert (picture.getpixel((0, 0)), picture.getpixel((90, 90))) == (PAPER, ACCENT)
    drawn = [(x - 89.5, y - 89.5) for x in range(180) for y in range(180) if picture.getpixel((x, y)) != PAPER]
    assert max(x * x + y * y for x, y in drawn) < (0.4 * 180) ** 2
    assert {(x, y) for x, y in drawn} == {(-x, y) for x, y in drawn} == {(x, -y) for x, y in drawn}


def test_a_teams_own_favicon_goes_first() -> None:
    """As PNG it is also what iOS shows; an SVG is for those who read one."""
    snapshot = healthy()
    drawn = png([b"\0" * 64] * 64, [(200, 0, 0)])
    for name, body, sizes in (
        ("own.png", drawn, "64x64"),
        ("own.svg", b'<svg xmlns="http://www.w3.org/2000/svg"/>', "any"),
    ):
        brand = Brand(favicon=name)
        site = draw_site(
            replace(snapshot, page=replace(snapshot.page, brand=brand)),
            Templates(language="en", look=Look(assets={name: body})),
        )
        first = icons(site)[0]
        assert (first["sizes"], site[first["src"].lstrip("/")].body) == (sizes, body)
        assert (links(site)["apple-touch-icon"] == first["src"]) == (name == "own.png")


def test_nothing_of_a_private_page_stays_on_a_device() -> None:
    """Neither link nor file."""
    snapshot = healthy()
    site = draw_site(replace(snapshot, page=replace(snapshot.page, private=True)), TEMPLATES)
    assert not {"manifest", "apple-touch-icon"} & set(links(site))
    assert not [key for key in site if key.startswith("assets/app")]


def test_a_browser_reads_the_manifest_without_complaint(browser: Browser) -> None:
    """Also where the content security policy is in force."""
    with serve_site(draw_site(healthy(), TEMPLATES)) as site:
        page = browser.new_page()
        errors: list[str] = []
        page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        page.goto(site.address, wait_until="networkidle")
        session = page.context.new_cdp_session(page)
        seen = session.send("Page.getAppManifest")
        page.close()
    assert (seen["errors"], errors) == ([], [])
    assert json.loads(seen["data"])["name"] == "Acme API Status"
