"""The colours of the stylesheet, held against WCAG 2.2 AA."""

import re

import pytest
from playwright.sync_api import Browser

from functions.render.artefact import HTML
from functions.render.site import draw_site
from functions.render.templates import FOLDER, Templates
from tests.fakes.page_kinds import kind_of_page
from tests.fakes.snapshots import outage

pytestmark = pytest.mark.xdist_group("browser")

SHEET = (FOLDER / "page.css").read_text()
TEXT = ("ink", "soft", "accent", "up", "degraded", "down", "maintenance", "no-data")
BARS = ("up-bar", "degraded-bar", "down-bar", "maintenance-bar", "no-data-bar")
WASHES = ("wash", "up-wash", "degraded-wash", "down-wash", "maintenance-wash")
THEMES = {"light": SHEET[: SHEET.index("@media")], "dark": SHEET[SHEET.index(':root[data-theme="dark"]') :]}


def colours(theme: str, name: str) -> list[str]:
    """Return the values that a theme gives to a variable."""
    found: list[str] = re.findall(rf"--{name}: (#[0-9a-f]{{3,6}})", THEMES[theme])
    assert found, name
    return found


def luminance(colour: str) -> float:
    """Return the relative luminance (https://www.w3.org/TR/WCAG22/#dfn-relative-luminance)."""
    digits = colour[1:] if len(colour) > 4 else "".join(2 * digit for digit in colour[1:])
    channels = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", TEXT)
def test_text_can_be_read_on_paper_and_on_every_wash(theme: str, name: str) -> None:
    """4.5 to 1 for text of any size."""
    grounds = [*colours(theme, "paper")[:1], *(wash for name in WASHES for wash in colours(theme, name)[:1])]
    for ground in grounds:
        assert contrast(colours(theme, name)[0], ground) >= 4.5, ground


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", BARS)
def test_bars_can_be_seen_on_paper(theme: str, name: str) -> None:
    """3 to 1 for graphics that mean something."""
    assert contrast(colours(theme, name)[0], colours(theme, "paper")[0]) >= 3


def test_both_ways_to_the_dark_theme_have_the_same_colours() -> None:
    """By preference and by switch it is one theme."""
    preferred, switched = (
        sorted(re.findall(r"--[a-z-]+: #[0-9a-f]{3,6}", part))
        for part in (SHEET[SHEET.index("@media") : SHEET.index(':root[data-theme="dark"] {')], THEMES["dark"])
    )
    assert preferred == switched


def test_blanks_are_all_that_is_taken_away(browser: Browser) -> None:
    """A browser reads the same rules from what is published as from what stands in the files."""
    context = browser.new_context()
    page = context.new_page()
    rules = """(text) => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(text);
      return [...sheet.cssRules].map((rule) => rule.cssText.replace(/\\s+/g, " ").replaceAll(", ", ","));
    }"""
    written = SHEET + (FOLDER / "record.css").read_text()
    assert len(page.evaluate(rules, written)) > 300
    assert page.evaluate(rules, Templates(language="en").assets.style) == page.evaluate(rules, written)
    context.close()


def test_the_index_carries_no_styles_of_what_it_does_not_show() -> None:
    """Charts, timelines and months come with the pages that have them."""
    site = draw_site(outage(), Templates(language="en"))
    told = {kind_of_page(key) for key, made in site.items() if made.content_type == HTML and b".timeline{" in made.body}
    assert told == {"monitors/…", "incidents/…", "history", "history/…"}
