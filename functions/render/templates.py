"""Jinja2, set up so that no text becomes markup and no missing name goes unseen."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Final
from urllib.parse import quote
from zoneinfo import ZoneInfo

from jinja2 import (
    BaseLoader,
    BytecodeCache,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    FunctionLoader,
    PrefixLoader,
    StrictUndefined,
)
from jinja2.bccache import Bucket
from markupsafe import Markup

from functions.domain.page import Page as DomainPage
from functions.domain.verdict import Verdict
from functions.render import calendar, drawing, figures
from functions.render.assets import Assets, load_assets
from functions.render.day_strip import encode_days, encode_incidents
from functions.render.formats import clock, utc
from functions.render.headers import FIRST_SCRIPT, OFFLINE_SCRIPT, source_of
from functions.render.look import NO_LOOK, Look
from functions.render.markdown import markdown, plain
from functions.render.markdown_text import as_markdown
from functions.render.palette import Palette, read_palette
from functions.render.plain_text import allowed
from functions.render.words import Words, elapsed, load_words

FOLDER: Final = Path(__file__).resolve().parents[2] / "site_templates"
_CODE: Final = Path(__file__).resolve().parent
_IN_SHORT: Final = frozenset({"index.html", "404.html", "offline.html"})
"""Pages for which the first part of the stylesheet is enough: the index, of which most is asked."""
_IN_ALL: Final = frozenset({"base.html", "parts.html", "past.html", "subscribe.html"})
"""What these are made of, among others."""


class _Compiled(BytecodeCache):
    """Templates, compiled once for all pages of a language: what these say is looked up, and the code is the same.

    Not for all languages: a number that stands in a template itself is formatted when that is compiled.
    """

    def __init__(self) -> None:
        self._code: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill in what is known."""
        if bucket.key in self._code:
            bucket.bytecode_from_string(self._code[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Remember it."""
        self._code[bucket.key] = bucket.bytecode_to_string()


@cache
def _compiled(language: str) -> _Compiled:  # noqa: ARG001 (it is the key)
    return _Compiled()


Page = Callable[[Mapping[str, object]], bytes]


class Templates:
    """The templates in one language with the assets that they name.

    `look` is what the page's team brings along: its templates take the place of ours, file by file.
    `time_zone` (IANA) is the one in which times are said where no script runs, which knows the visitor's.
    """

    def __init__(self, *, language: str, time_zone: str = "UTC", look: Look = NO_LOOK, folder: Path = FOLDER) -> None:
        self.language = language
        self._zone = ZoneInfo(time_zone)
        self.assets: Assets = load_assets(folder, look)
        self.palette: Palette = read_palette((folder / "page.css").read_text(encoding="utf-8"))
        self.words: Words
        self.words, catalogue = load_words(language, folder / "locales")
        self._whole, self._short = _style(self.assets.style), _style(self.assets.short_style)
        # A team's own template may use whatever there is, in each page that is made of it.
        self._in_short = _IN_SHORT - set(look.templates) if _IN_ALL.isdisjoint(look.templates) else frozenset()
        self.version: str = _version(folder, f"{language} {time_zone} {look}")
        self._environment = Environment(
            loader=_loader(folder, look),
            autoescape=True,
            undefined=StrictUndefined,
            extensions=["jinja2.ext.i18n"],
            finalize=allowed,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            bytecode_cache=_compiled(language),
        )
        # The i18n extension adds this method to the environment; newstyle escapes what is put into a sentence.
        self._environment.install_gettext_translations(catalogue, newstyle=True)  # type: ignore[attr-defined]
        self._environment.globals.update(
            asset=self._asset,
            icon_of=self._icon,
            language=language,
            direction=self.words.formats.direction,
            time_zone=time_zone,
            words=self.words,
            # A table has many hours, and the tables of all monitors the same ones.
            moment=lru_cache(maxsize=4096)(self._moment),
            near=self._near,
            beside=self._beside,
            day=lru_cache(maxsize=1024)(self._day),
            elapsed=elapsed,
            draw=drawing,
            calendar=calendar,
            mark=lru_cache(maxsize=256)(_mark),
            iso=utc,
            encode_days=encode_days,
            bdi=Markup("<bdi>{}</bdi>").format,
            markdown=markdown,
            plain=plain,
            encode_incidents=encode_incidents,
            first_script=Markup(FIRST_SCRIPT),  # noqa: S704 (a constant)
            offline_script=Markup(OFFLINE_SCRIPT),  # noqa: S704 (a constant)
        )
        self._environment.filters.update(
            ms=lru_cache(maxsize=4096)(self.words.formats.response),
            in_percent=self.words.formats.in_percent,
            share=self.words.formats.share,
            coverage=figures.coverage,
            figure=lambda value: self.words.formats.number(f"{value:g}"),
            segment=segment,
            md=as_markdown,
        )

    def render(self, name: str, **context: object) -> bytes:
        """Return the page as UTF-8."""
        dressed = {**context, **(self._short if name in self._in_short else self._whole)}
        return self._environment.get_template(name).render(dressed).encode()

    def _asset(self, name: str) -> str:
        """Return the address of one of the page's files."""
        return f"/{self.assets.key(name)}"

    def _icon(self, page: DomainPage, tone: Verdict) -> str:
        """Return the address of the favicon: the team's own while all is up, else the state's."""
        own = page.brand.favicon if tone == Verdict.UP else None
        return self._asset(own or f"icon-{tone}.svg")

    def _moment(self, at: datetime, style: str = "moment") -> Markup:
        """Return a time in the page's zone as markup that the page's script says in the visitor's.

        `style` is `moment` (date and time), `clock` (hours and minutes, of today) or `hour` (on a chart's axis).
        """
        here = at.astimezone(self._zone)
        shown = {"clock": clock, "hour": _hour, "moment": self.words.moment}[style](here)
        return Markup('<time datetime="{}" data-as="{}">{}</time>').format(utc(at), style, shown)

    def _near(self, at: datetime, now: datetime | None) -> Markup:
        """Return a time without its day where that is the day of `now`."""
        return self._moment(at, "clock" if now is not None and self._of_one_day(at, now) else "moment")

    def _beside(self, at: datetime, other: datetime) -> Markup:
        """Return a time without its day where it stands beside another of that day, today or years later."""
        if not self._of_one_day(at, other):
            return self._moment(at)
        shown = clock(at.astimezone(self._zone))
        return Markup('<time datetime="{}" data-as="clock" data-of="{}">{}</time>').format(utc(at), utc(other), shown)

    def _of_one_day(self, at: datetime, other: datetime) -> bool:
        """Say whether two times are of one day in the page's zone."""
        return at.astimezone(self._zone).date() == other.astimezone(self._zone).date()

    def _day(self, at: datetime) -> Markup:
        """Return a UTC day; it means that day everywhere, so the script leaves it alone."""
        return Markup('<time datetime="{}">{}</time>').format(f"{at:%Y-%m-%d}", self.words.date(at))


def _loader(folder: Path, look: Look) -> BaseLoader:
    """Return where templates come from: the team's, then ours, which also stand under `original/` to be extended."""
    ours = FileSystemLoader(folder)

    def own(name: str) -> tuple[str, str, Callable[[], bool]] | None:
        found = look.templates.get(name)
        return None if found is None else (found.text, found.file, lambda: True)

    return ChoiceLoader([FunctionLoader(own), ours, PrefixLoader({"original": ours})])


def _style(text: str) -> Mapping[str, Markup]:
    """Return a stylesheet, ours and the team's own, checked at synth, and its source expression."""
    return {"style": Markup(text), "style_source": Markup(source_of(text))}  # noqa: S704 (files of this deployment)


def _hour(at: datetime) -> str:
    return f"{at:%H:%M}"


def _mark(at: datetime) -> Markup:
    """Return a UTC day on a chart's axis, `11-16`, which the script says in the language's short form."""
    return Markup('<time datetime="{}" data-as="mark">{}</time>').format(f"{at:%Y-%m-%d}", f"{at:%m-%d}")


def segment(text: str) -> str:
    """Return `text` as one segment of an address: no character of it can end the segment."""
    return quote(text, safe="")


def _version(folder: Path, words: str) -> str:
    """Return a hash of everything that decides what a page looks like beside its data."""
    digest = sha256(words.encode())
    for path in sorted((*folder.rglob("*.*"), *_CODE.glob("*.py"))):
        if path.is_file():
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
