"""Jinja2, set up so that no text becomes markup and no missing name goes unseen."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Final
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from functions.render import drawing, figures
from functions.render.assets import Assets, load_assets
from functions.render.plain_text import allowed
from functions.render.words import Words, elapsed, load_words

FOLDER: Final = Path(__file__).resolve().parents[2] / "site_templates"
_CODE: Final = Path(__file__).resolve().parent

Page = Callable[[Mapping[str, object]], bytes]


class Templates:
    """The templates in one language with the assets that they name."""

    def __init__(self, *, language: str, folder: Path = FOLDER) -> None:
        self.assets: Assets = load_assets(folder / "assets")
        self.words: Words
        self.words, catalogue = load_words(language, folder / "locales")
        self.version: str = _version(folder, language)
        self._environment = Environment(
            loader=FileSystemLoader(folder),
            autoescape=True,
            undefined=StrictUndefined,
            extensions=["jinja2.ext.i18n"],
            finalize=allowed,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        # The i18n extension adds this method to the environment; newstyle escapes what is put into a sentence.
        self._environment.install_gettext_translations(catalogue, newstyle=True)  # type: ignore[attr-defined]
        self._environment.globals.update(
            asset=lambda name: f"/{self.assets.key(name)}",
            language=language,
            words=self.words,
            moment=self._moment,
            near=self._near,
            day=self._day,
            elapsed=elapsed,
            draw=drawing,
            iso=iso,
        )
        self._environment.filters.update(
            ms=figures.milliseconds, percent=figures.percent, coverage=figures.coverage, segment=segment
        )

    def render(self, name: str, **context: object) -> bytes:
        """Return the page as UTF-8."""
        return self._environment.get_template(name).render(context).encode()

    def _moment(self, at: datetime, style: str = "moment") -> Markup:
        """Return a time in UTC as markup that the page's script says in the visitor's zone.

        `style` is `moment` (date and time), `clock` (hours and minutes, of today) or `hour` (on a chart's axis).
        """
        clock = f"{at:%H:%M}"
        shown = {"clock": f"{clock} UTC", "hour": clock, "moment": self.words.moment(at)}[style]
        return Markup('<time datetime="{}" data-as="{}">{}</time>').format(iso(at), style, shown)

    def _near(self, at: datetime, now: datetime | None) -> Markup:
        """Return a time without its day where that is the day of `now`."""
        return self._moment(at, "clock" if now is not None and at.date() == now.date() else "moment")

    def _day(self, at: datetime) -> Markup:
        """Return a UTC day; it means that day everywhere, so the script leaves it alone."""
        return Markup('<time datetime="{}">{}</time>').format(f"{at:%Y-%m-%d}", self.words.date(at))


def iso(at: datetime) -> str:
    """Return `2026-11-22T12:04:00Z`."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def segment(text: str) -> str:
    """Return `text` as one segment of an address: no character of it can end the segment."""
    return quote(text, safe="")


def _version(folder: Path, language: str) -> str:
    """Return a hash of everything that decides what a page looks like beside its data."""
    digest = sha256(language.encode())
    for path in sorted((*folder.rglob("*.*"), *_CODE.glob("*.py"))):
        if path.is_file():
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
