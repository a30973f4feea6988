"""What a phone or a desktop asks for when somebody keeps the page among their apps: a manifest and pictures.

https://www.w3.org/TR/appmanifest/
"""

import json
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from hashlib import sha256
from typing import Final

from functions.domain.page import Page
from functions.render.app_icon import app_icon
from functions.render.artefact import PNG, Artefact, Draft, Stage
from functions.render.assets import Assets
from functions.render.headers import CACHE_FOR_EVER
from functions.render.png import size_of

MANIFEST: Final = "application/manifest+json"
TOUCH_SIDE: Final = 180
SIDES: Final = (192, 512)


class Installed:
    """The manifest of one page and its pictures; a private page has neither: nothing of it stays on a device.

    `colours` are those of the light theme by variable; `version` stands for all that decides how they are drawn. A
    team's own favicon goes before our sign, and as PNG takes its place on iOS.
    """

    def __init__(self, page: Page, assets: Assets, colours: Mapping[str, str], *, language: str, version: str) -> None:
        self._page = page
        self._assets = assets
        self._ground, self._ink = colours["paper"], colours["accent"]
        self._language = language
        self._icons = {
            side: _key(f"app-{side}", "png", f"{version} {self._ground} {self._ink}") for side in (TOUCH_SIDE, *SIDES)
        }

    @property
    def links(self) -> Mapping[str, str] | None:
        """Return the keys that a page names: `manifest`, and `touch`, which iOS shows; None where it names none."""
        if self._page.private:
            return None
        own = self._page.brand.favicon
        touch = self._assets.key(own) if own and own.endswith(".png") else self._icons[TOUCH_SIDE]
        return {"manifest": _key("app", "webmanifest", self._said()), "touch": touch}

    @property
    def drafts(self) -> dict[str, Draft]:
        """Return a draft for each file; the key is the fingerprint."""
        if self._page.private:
            return {}
        draws: dict[str, Callable[[], Artefact]] = {
            key: partial(self._drawn, side) for side, key in self._icons.items()
        }
        draws[_key("app", "webmanifest", self._said())] = self._manifest
        return {key: Draft(draw=draw, fingerprint=key, stage=Stage.ASSETS) for key, draw in draws.items()}

    def _drawn(self, side: int) -> Artefact:
        body = app_icon(side, ground=self._ground, ink=self._ink)
        return Artefact(body=body, content_type=PNG, cache_control=CACHE_FOR_EVER)

    def _manifest(self) -> Artefact:
        return Artefact(body=self._said().encode(), content_type=MANIFEST, cache_control=CACHE_FOR_EVER)

    def _said(self) -> str:
        page = self._page
        said = {
            "id": "/",
            "start_url": "/",
            "scope": "/",
            "name": page.title,
            **({"description": page.description} if page.description else {}),
            "lang": self._language,
            "display": "standalone",
            "background_color": self._ground,
            "theme_color": self._ground,
            "icons": list(self._pictures()),
        }
        return json.dumps(said, ensure_ascii=False, separators=(",", ":"))

    def _pictures(self) -> Iterator[dict[str, str]]:
        """Yield the icons; the largest may also be cut into any shape."""
        own = self._page.brand.favicon
        if own:
            picture = self._assets.artefacts[self._assets.key(own)]
            width, height = size_of(picture.body) if picture.content_type == PNG else (0, 0)
            sizes = f"{width}x{height}" if width else "any"
            yield {"src": f"/{self._assets.key(own)}", "type": picture.content_type, "sizes": sizes}
        for side in SIDES:
            yield {"src": f"/{self._icons[side]}", "type": PNG, "sizes": f"{side}x{side}"}
        yield {"src": f"/{self._icons[side]}", "type": PNG, "sizes": f"{side}x{side}", "purpose": "maskable"}


def _key(stem: str, ending: str, inputs: str) -> str:
    """Return a name that stands for `inputs`, so that what it names is cached for ever."""
    return f"assets/{stem}.{sha256(inputs.encode()).hexdigest()[:12]}.{ending}"
