"""Bring every language up to date: formats from the CLDR, catalogues from templates and code, compiled.

    python -m localisation [LANGUAGE…]

A LANGUAGE (BCP 47: `it`, `pt-PT`) that has no folder yet gets one; then it can be a page's language.
"""

import argparse
import sys
from pathlib import Path

from babel import UnknownLocaleError

from functions.render.locales import FILE, languages
from localisation.catalogs import mo_bytes, mo_file, po_file, po_text, read, unfit, untranslated, updated
from localisation.cldr import encode, formats_of
from localisation.extraction import TEMPLATES, extract

SOURCE_LANGUAGE = "en"
REGION = 2
"""Letters of a region's code; a script has four."""


def main() -> None:
    """Write the files and say what is left to translate."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("languages", nargs="*", metavar="LANGUAGE")
    parser.add_argument("--locales", type=Path, default=TEMPLATES / "locales", help="the folder (default: %(default)s)")
    chosen = parser.parse_args()
    for language in chosen.languages:
        if language != (meant := as_a_tag(language)):
            parser.error(f"{language} is not how a page names a language; write {meant}")
    wrong: list[str] = []
    for language in dict.fromkeys((*languages(chosen.locales), *chosen.languages)):
        try:
            left = bring_up_to_date(chosen.locales, language)
        except (UnknownLocaleError, ValueError) as error:
            parser.error(f"{language} is no language of the CLDR: {error}")
        print(f"{language:8} {'complete' if not left else f'{left} to translate'}")  # noqa: T201 (a command's answer)
        file = po_file(chosen.locales, language)
        wrong += [f"{file}: cannot be filled in: {said}" for said in unfit(read(file, language))]
    if wrong:
        sys.exit("\n".join(wrong))


def as_a_tag(language: str) -> str:
    """Return the name as pages have it: `pt-BR` for `pt_BR`, `it` for `IT` (BCP 47, section 2.1.1)."""
    first, *rest = language.replace("_", "-").split("-")
    return "-".join((first.lower(), *(part.upper() if len(part) == REGION else part.title() for part in rest)))


def bring_up_to_date(locales: Path, language: str) -> int:
    """Write one language's files; return how many messages have no translation. The source language needs none."""
    folder = locales / language
    formats = encode(formats_of(language))
    folder.mkdir(parents=True, exist_ok=True)
    (folder / FILE).write_text(formats, encoding="utf-8")
    if language == SOURCE_LANGUAGE:
        return 0
    catalog = updated(read(po_file(locales, language), language), extract())
    po_file(locales, language).parent.mkdir(exist_ok=True)
    po_file(locales, language).write_bytes(po_text(catalog))
    mo_file(locales, language).write_bytes(mo_bytes(catalog))
    return sum(1 for _ in untranslated(catalog))


if __name__ == "__main__":
    main()
