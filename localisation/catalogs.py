"""The catalogue of one language: brought up to date, compiled, and what it lacks."""

import io
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from localisation.cldr import locale_of

DOMAIN: Final = "pulseboard"
_HEAD: Final = """\
# {language} translations for Pulseboard.
# This file is distributed under the same licence as Pulseboard.
#
# How the language is written here: (formal or not, quotation marks, spaces)
# Glossary (English: translation)"""
_GLOSSARY: Final = (
    *("monitor", "check", "health check", "part", "verdict", "up", "degraded", "down", "maintenance", "no data"),
    *("incident", "outage", "uptime", "known, coverage", "response time"),
    *("investigating", "identified", "monitoring", "resolved"),
)
"""What a translator decides first: one word for one thing."""

_PLACE: Final = re.compile(r"%\((\w+)\)")
_NO_DATE: Final = datetime(2000, 1, 1, tzinfo=UTC)


def po_file(locales: Path, language: str) -> Path:
    """Return where the translations of a language stand."""
    return locales / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def mo_file(locales: Path, language: str) -> Path:
    """Return where the compiled form stands, which is what ships."""
    return po_file(locales, language).with_suffix(".mo")


def read(file: Path, language: str) -> Catalog:
    """Return the catalogue in `file`; a new, empty one where there is none."""
    if not file.is_file():
        locale = locale_of(language)
        head = [_HEAD.format(language=locale.english_name), *(f"# {word}:" for word in _GLOSSARY)]
        return Catalog(
            locale=locale,
            domain=DOMAIN,
            project="Pulseboard",
            header_comment="\n".join(head),
            charset="utf-8",
            fuzzy=False,
        )
    with file.open("rb") as stream:
        return read_po(stream, locale=locale_of(language), domain=DOMAIN)


def updated(catalog: Catalog, template: Catalog) -> Catalog:
    """Return `catalog` with exactly the messages of `template`: what is new is empty, what is gone is dropped.

    Nothing is guessed from similar messages: a wrong sentence on a status page is worse than an English one.
    """
    catalog.update(template, no_fuzzy_matching=True)
    catalog.obsolete.clear()
    return catalog


def po_text(catalog: Catalog) -> bytes:
    """Return the .po file: no dates and no line numbers, so that it only changes when messages do."""
    stream = io.BytesIO()
    write_po(stream, catalog, width=120, omit_header=False, include_lineno=False, sort_output=False)
    dated = (b'"POT-Creation-Date', b'"PO-Revision-Date', b'"Generated-By', b'"Last-Translator', b'"Report-Msgid')
    lines = stream.getvalue().splitlines(keepends=True)
    return b"".join(line for line in lines if not line.startswith(dated))


def mo_bytes(catalog: Catalog) -> bytes:
    """Return the .mo file; untranslated messages are not in it, so they stay English.

    Its header has to have a date; that is always the same, so that it only changes when messages do.
    """
    catalog.creation_date = _NO_DATE
    stream = io.BytesIO()
    write_mo(stream, catalog)
    return stream.getvalue()


def untranslated(catalog: Catalog) -> Iterator[str]:
    """Yield each message that lacks a translation, or one of its plural forms."""
    for message in catalog:
        if message.id and not _is_complete(message, catalog.num_plurals):
            yield message.id if isinstance(message.id, str) else message.id[0]


def unfit(catalog: Catalog) -> Iterator[str]:
    """Yield each translation that cannot be filled in: with a place that the message lacks, or a `%` too many.

    Whatever draws a page with one fails, and the page with it.
    """
    for message in catalog:
        originals = _forms(message.id)
        places = dict.fromkeys(_PLACE.findall("".join(originals)), 1)
        for said in filter(None, _forms(message.string or "")) if message.id else ():
            try:
                filled = said % places if any("%" in original for original in originals) else said
            except (KeyError, TypeError, ValueError):
                yield said
                continue
            if filled is said and "%" in said:
                yield said


def _forms(said: str | Iterable[str]) -> list[str]:
    return [said] if isinstance(said, str) else list(said)


def _is_complete(message: Message, plurals: int) -> bool:
    forms = _forms(message.string or "")
    return all(forms) and not message.fuzzy and (not message.pluralizable or len(forms) == plurals)
