"""The pictures of the README: an index during an incident, a monitor, the incident, and phones in other languages.

    python -m bench.readme_pictures

Writes docs/images/. Needs Debian's chromium; composed with Pillow.
"""

from io import BytesIO
from pathlib import Path
from typing import Final

from PIL import Image
from playwright.sync_api import Browser

from bench.screenshots import Theme
from functions.domain.snapshot import Snapshot
from functions.render.site import draw_site
from functions.render.templates import Templates
from tests.fakes.chromium import chromium
from tests.fakes.months import with_past
from tests.fakes.site_server import serve_site
from tests.fakes.snapshots import SCENARIOS

FOLDER: Final = Path(__file__).resolve().parents[1] / "docs" / "images"
WIDTH, HEIGHT, GAP = 736, 960, 16


def main() -> None:
    """Take the pictures and write them."""
    explained, healthy = SCENARIOS["explained"](), SCENARIOS["healthy"]()
    with chromium() as browser:
        one = [
            take(browser, explained, "/", theme="light"),
            take(browser, healthy, f"/monitors/{healthy.monitors[0].id}", theme="dark"),
        ]
        two = [
            take(browser, explained, f"/incidents/{explained.incidents[0].id}", theme="light"),
            take(browser, explained, "/", theme="dark", width=390, language="ja"),
            take(browser, healthy, "/history", theme="light", width=390, language="de"),
        ]
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, pictures in (("page.png", one), ("more.png", two)):
        side_by_side(pictures).save(FOLDER / name, optimize=True)
        print(FOLDER / name)


def take(
    browser: Browser, snapshot: Snapshot, path: str, *, theme: Theme, width: int = WIDTH, language: str = "en"
) -> Image.Image:
    """Return the upper part of a page, a quarter of a minute after it was made."""
    locale = "en-GB" if language == "en" else language
    with serve_site(draw_site(snapshot, Templates(language=language), with_past(snapshot))) as site:
        site.clock = snapshot.generated_at
        page = browser.new_page(
            viewport={"width": width, "height": HEIGHT},
            color_scheme=theme,
            reduced_motion="reduce",
            locale=locale,
            timezone_id="UTC",
        )
        page.clock.install(time=snapshot.generated_at.timestamp() + 15)
        page.goto(site.address + path, wait_until="networkidle")
        taken = page.screenshot()
        page.close()
    return Image.open(BytesIO(taken)).convert("RGB")


def side_by_side(pictures: list[Image.Image]) -> Image.Image:
    """Return one picture of all, on white, in few colours: a README is read over the network."""
    whole = Image.new("RGB", (sum(p.width for p in pictures) + GAP * (len(pictures) - 1), HEIGHT), "white")
    left = 0
    for picture in pictures:
        whole.paste(picture, (left, 0))
        left += picture.width + GAP
    return whole.quantize(colors=256, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)


if __name__ == "__main__":
    main()
