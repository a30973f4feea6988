"""A brand's files, read and looked at, under the names that they have in the asset."""

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from configuration.brand.colours import themes_of, unreadable
from configuration.brand.files import FileError, read_file, read_text
from configuration.brand.own_templates import template_names
from configuration.brand.picture import Kind, PictureError, kind_of
from configuration.brand.style import fetches, without_comments
from configuration.models.brand import Brand
from configuration.problem import Finding, Location
from functions.domain.brand import Picture
from functions.render import look

_LOGO_BYTES: Final = 100_000
_FAVICON_BYTES: Final = 50_000
_CSS_BYTES: Final = 20_000
"""Styles stand in each page, so that the first paint needs one request: they are fetched again and again."""

_END: Final = re.compile(r"</|<!--")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pictured:
    """A picture's bytes, what it is, and the name of its file among the page's assets."""

    name: str
    kind: Kind
    body: bytes

    @property
    def document(self) -> dict[str, object]:
        """Return how config.json describes it."""
        return asdict(Picture(file=self.name, width=self.kind.width, height=self.kind.height))


def findings(brand: Brand, folder: Path, location: Location) -> Iterator[Finding]:
    """Find all that is wrong with a brand's files and colours; `folder` is that of pulseboard.yaml."""
    for keys, stem, name, most in _pictures(brand):
        try:
            _picture(folder, stem, name, most)
        except FileError as error:
            yield Finding(location=(*location, *keys), message=str(error), suggestion=error.suggestion)
    if brand.css is not None:
        try:
            _check_style(read_text(folder, brand.css, most=_CSS_BYTES))
        except FileError as error:
            yield Finding(location=(*location, "css"), message=str(error), suggestion=error.suggestion)
    if brand.templates is not None:
        try:
            template_names(folder / brand.templates, brand.templates)
        except FileError as error:
            yield Finding(location=(*location, "templates"), message=str(error), suggestion=error.suggestion)
    yield from unreadable(brand, location)


def compiled(brand: Brand, folder: Path) -> dict[str, object]:
    """Return the page's `brand` in config.json, of one without findings."""
    light, dark = themes_of(brand)
    pictures = {pictured.name.partition(".")[0]: pictured for pictured in _pictured(brand, folder)}
    return {
        **({"logo": pictures["logo"].document} if "logo" in pictures else {}),
        **({"logo_dark": pictures["logo-dark"].document} if "logo-dark" in pictures else {}),
        **({"favicon": pictures["favicon"].name} if "favicon" in pictures else {}),
        **({"light": light} if light else {}),
        **({"dark": dark} if dark else {}),
        **({"links": [{"text": link.text, "url": link.url} for link in brand.links]} if brand.links else {}),
    }


def files(brand: Brand, folder: Path) -> dict[str, bytes]:
    """Return the files to ship by their path under the page's folder, of a brand without findings."""
    shipped = {f"{look.ASSETS}/{pictured.name}": pictured.body for pictured in _pictured(brand, folder)}
    if brand.css is not None:
        shipped[look.STYLE] = read_text(folder, brand.css, most=_CSS_BYTES).encode()
    if brand.templates is not None:
        own = folder / brand.templates
        for name in template_names(own, brand.templates):
            shipped[f"{look.TEMPLATES}/{name}"] = (own / name).read_text(encoding="utf-8-sig").encode()
    return shipped


def _pictured(brand: Brand, folder: Path) -> Iterator[Pictured]:
    for _, stem, name, most in _pictures(brand):
        yield _picture(folder, stem, name, most)


def _pictures(brand: Brand) -> Iterator[tuple[Location, str, str, int]]:
    """Yield the key of each picture, what it is called in the asset, its path and how large it may be."""
    if brand.logo is not None:
        yield ("logo", "light"), "logo", brand.logo.light, _LOGO_BYTES
        if brand.logo.dark is not None:
            yield ("logo", "dark"), "logo-dark", brand.logo.dark, _LOGO_BYTES
    if brand.favicon is not None:
        yield ("favicon",), "favicon", brand.favicon, _FAVICON_BYTES


def _picture(folder: Path, stem: str, name: str, most: int) -> Pictured:
    body = read_file(folder, name, most=most)
    try:
        kind = kind_of(body)
    except PictureError as error:
        raise FileError(f"{name}: {error}") from error
    return Pictured(name=stem + kind.suffix, kind=kind, body=body)


def _check_style(text: str) -> None:
    """Raise FileError for styles that end the element that they stand in, or fetch anything."""
    for found, why in (
        (
            fetches(without_comments(text)),
            "a page refers to nothing outside of itself; embed pictures as data: addresses",
        ),
        (_END.search(text), "this would end the styles in the page"),
    ):
        if found:
            line = found.string[: found.start()].count("\n") + 1
            raise FileError(f"line {line} of the stylesheet has `{found[0].strip()}`: {why}")
