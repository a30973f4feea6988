"""What a browser loads for the first paint of a page and in all, and what moves meanwhile: measured in chromium."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from playwright.sync_api import Browser

from functions.render.artefact import Artefact
from tests.fakes.site_server import serve_site

_SETTLED_MS: Final = 600
_OBSERVE: Final = """
  window.shifted = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.shifted += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
"""
_MEASURE: Final = """() => {
  const all = [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
    .map(({name, encodedBodySize, renderBlockingStatus}) =>
      ({name: new URL(name).pathname, bytes: encodedBodySize, blocking: renderBlockingStatus}));
  return {all, shifted: window.shifted};
}"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """A first visit: bytes as they travel by path, what the first paint had to wait for, and the layout's shift.

    `shifted` is the sum of Chromium's layout-shift scores (https://web.dev/articles/cls), without dimension: 0 where
    nothing moved.
    """

    sizes: Mapping[str, int]
    awaited: tuple[str, ...]
    shifted: float

    @property
    def files(self) -> int:
        """Return the bytes of page, style, script and pictures: all but the news, which is fetched each minute."""
        return self.compressed - self.sizes.get("/status.json", 0)

    @property
    def compressed(self) -> int:
        """Return the bytes of everything together."""
        return sum(self.sizes.values())


def load(browser: Browser, site: Mapping[str, Artefact], path: str = "/", *, width: int = 1280) -> Load:
    """Visit `path` with an empty cache and return what that took, for a visitor who writes times as the page does.

    Where somebody writes them longer (12:04 PM), a line may wrap that did not.
    """
    with serve_site(site) as served:
        context = browser.new_context(viewport={"width": width, "height": 800}, locale="en-GB", timezone_id="UTC")
        page = context.new_page()
        page.add_init_script(_OBSERVE)
        page.goto(served.address + path, wait_until="networkidle")
        page.wait_for_timeout(_SETTLED_MS)
        seen = page.evaluate(_MEASURE)
        context.close()
    document = seen["all"][0]["name"]
    return Load(
        sizes={each["name"]: each["bytes"] for each in seen["all"]},
        awaited=tuple(
            each["name"] for each in seen["all"] if each["name"] == document or each["blocking"] == "blocking"
        ),
        shifted=seen["shifted"],
    )
