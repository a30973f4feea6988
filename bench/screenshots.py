"""Pictures of every page: phone and desktop, light and dark, in every condition.

    python -m bench.screenshots [FOLDER] [--only healthy,outage] [--size phone] [--theme dark] [--language de]

Needs Debian's chromium; FOLDER is .local/screenshots unless told otherwise.
"""

import argparse
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, BrowserContext

from functions.domain.snapshot import Snapshot
from functions.render.locales import languages
from functions.render.site import draw_site
from functions.render.templates import FOLDER, Templates
from tests.fakes.chromium import chromium
from tests.fakes.months import with_past
from tests.fakes.site_server import ServedSite, serve_site
from tests.fakes.snapshots import SCENARIOS

SIZES = {"phone": (390, 844), "desktop": (1280, 800)}
Theme = Literal["light", "dark"]
THEMES: tuple[Theme, ...] = ("light", "dark")


def addresses(condition: str, snapshot: Snapshot) -> Iterator[tuple[str, str]]:
    """Yield the pages worth a picture in a condition, by name: path."""
    yield "index", "/"
    if snapshot.monitors:
        troubled = [monitor for monitor in snapshot.monitors if monitor.incident]
        yield "monitor", f"/monitors/{(troubled or list(snapshot.monitors))[0].id}"
    if snapshot.incidents:
        yield "incident", f"/incidents/{snapshot.incidents[0].id}"
    yield "history", "/history"
    yield "month", f"/history/{snapshot.generated_at:%Y-%m}"
    if condition == "healthy":
        yield "past-month", "/history/2026-05"
    for place, window in enumerate(snapshot.planned):
        yield f"window-{place + 1}", f"/maintenance/{window.id}"
    yield "missing", "/nowhere"
    yield "offline", "/offline"


def main() -> None:
    """Take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=Path(".local/screenshots"))
    parser.add_argument("--only", default=",".join(SCENARIOS), help="conditions, separated by commas")
    parser.add_argument("--size", choices=SIZES, action="append")
    parser.add_argument("--theme", choices=THEMES, action="append")
    parser.add_argument("--language", choices=languages(FOLDER / "locales"), default="en")
    chosen = parser.parse_args()
    chosen.folder.mkdir(parents=True, exist_ok=True)
    templates = Templates(language=chosen.language)
    locale = "en-GB" if chosen.language == "en" else chosen.language
    with chromium() as browser:
        for condition in chosen.only.split(","):
            snapshot = SCENARIOS[condition]()
            with serve_site(draw_site(snapshot, templates, with_past(snapshot))) as site:
                site.clock = snapshot.generated_at
                for size, theme in product(chosen.size or SIZES, chosen.theme or THEMES):
                    context = visitor(browser, size=size, theme=theme, locale=locale)
                    for name, picture in pictures(context, site, snapshot, condition):
                        file = chosen.folder / f"{condition}-{name}-{size}-{theme}.png"
                        file.write_bytes(picture)
                        print(file)
                    context.close()


def visitor(browser: Browser, *, size: str, theme: Theme, locale: str) -> BrowserContext:
    """Return somebody's browser."""
    width, height = SIZES[size]
    return browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme=theme,
        reduced_motion="reduce",
        locale=locale,
        timezone_id="UTC",
        device_scale_factor=2 if size == "phone" else 1,
    )


def pictures(
    context: BrowserContext, site: ServedSite, snapshot: Snapshot, condition: str
) -> Iterator[tuple[str, bytes]]:
    """Yield one condition's pages by name as PNG, a quarter of a minute after they were made."""
    page = context.new_page()
    page.clock.install(time=snapshot.generated_at.timestamp() + 15)
    for name, path in addresses(condition, snapshot):
        page.goto(site.address + path, wait_until="networkidle")
        yield name, page.screenshot(full_page=True)


if __name__ == "__main__":
    main()
