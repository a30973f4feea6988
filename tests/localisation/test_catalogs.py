"""Catalogues: what is extracted, kept, compiled and found missing."""

import gettext
import io
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from functions.render.locales import FILE, languages
from localisation.catalogs import mo_bytes, mo_file, po_file, po_text, read, unfit, untranslated, updated
from localisation.cldr import encode, formats_of
from localisation.extraction import ROOT, TEMPLATES, extract

LOCALES = TEMPLATES / "locales"
TRANSLATED = [language for language in languages(LOCALES) if po_file(LOCALES, language).is_file()]


def test_messages_of_templates_code_and_the_judge_are_found() -> None:
    """One of each place, with its plural where it has one."""
    found = {message.id for message in extract()}

    assert "Happening now" in found, "a template"
    assert "All systems are up" in found, "marked by N_"
    assert ("%(n)d hour", "%(n)d hours") in found, "a plural"
    assert "The health check passes again." in found, "the judge's"


@pytest.mark.parametrize("language", TRANSLATED or ["en"])
def test_a_language_that_has_a_catalogue_has_all_of_it(language: str) -> None:
    """A string without a translation, or one that nobody compiled, fails here; English needs none."""
    if language == "en":
        assert not mo_file(LOCALES, language).exists(), "English stands in the code"
        return
    catalog = updated(read(po_file(LOCALES, language), language), extract())

    assert not list(unfit(catalog))
    assert not list(untranslated(catalog)), "run `make locales` and translate what is empty in the .po"
    assert po_file(LOCALES, language).read_bytes() == po_text(catalog), "run `make locales`"
    assert mo_file(LOCALES, language).read_bytes() == mo_bytes(catalog), "run `make locales`"


@pytest.mark.parametrize("language", languages(LOCALES))
def test_the_formats_are_those_of_the_cldr(language: str) -> None:
    """Nobody edits them by hand."""
    assert (LOCALES / language / FILE).read_text(encoding="utf-8") == encode(formats_of(language)), "`make locales`"


def test_what_is_not_translated_is_told(tmp_path: Path) -> None:
    """A missing sentence and a missing plural form; what stays out of the compiled file stays English."""
    catalog = updated(read(po_file(tmp_path, "ru"), "ru"), extract())
    total = len(list(untranslated(catalog)))
    catalog["Happening now"].string = "Сейчас"
    catalog["%(n)d day"].string = ("%(n)d день", "%(n)d дня", "")

    missing = list(untranslated(catalog))
    catalogue = gettext.GNUTranslations(io.BytesIO(mo_bytes(catalog)))

    assert len(missing) == total - 1
    assert "%(n)d day" in missing
    assert catalogue.gettext("Happening now") == "Сейчас"
    assert catalogue.gettext("Affected") == "Affected"


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("Looked at %(time)s", "Gesehen um %(zeit)s"),
        ("Looked at %(time)s", "Gesehen um %(time)"),
        ("Looked at %(time)s", "Zu 100 % um %(time)s"),
        ("Affected", "100 % betroffen"),
        ("%(n)d day", ("%(n)d Tag", "%(m)d Tage")),
    ],
)
def test_a_translation_that_cannot_be_filled_in_is_told(
    tmp_path: Path, message: str, said: str | tuple[str, str]
) -> None:
    """It would break the page on the day on which it is said; the command says which it is."""
    assert _make_locales(tmp_path, "de").returncode == 0
    file = po_file(tmp_path, "de")
    catalog = read(file, "de")
    assert not list(unfit(catalog))
    catalog[message].string = said
    file.write_bytes(po_text(catalog))

    done = _make_locales(tmp_path, "de")

    [wrong] = unfit(catalog)
    assert done.returncode == 1
    assert wrong in done.stderr


def test_a_form_of_a_plural_may_leave_the_number_out(tmp_path: Path) -> None:
    """One day is one day."""
    catalog = updated(read(po_file(tmp_path, "de"), "de"), extract())
    catalog["%(n)d day"].string = ("ein Tag", "%(n)d Tage")
    assert not list(unfit(catalog))


def test_translations_survive_and_what_is_gone_goes(tmp_path: Path) -> None:
    """An update keeps what is still said, drops the rest, and guesses nothing."""
    catalog = updated(read(po_file(tmp_path, "de"), "de"), extract())
    catalog["Affected"].string = "Betroffen"
    catalog.add("Affected by nothing", "Von nichts betroffen")
    file = tmp_path / "de.po"
    file.write_bytes(po_text(catalog))

    again = updated(read(file, "de"), extract())

    assert again["Affected"].string == "Betroffen"
    assert "Affected by nothing" not in again
    assert not any(message.fuzzy for message in again)
    assert po_text(again) == po_text(updated(read(file, "de"), extract())), "no dates, no order by chance"


def test_what_is_compiled_does_not_depend_on_the_time(tmp_path: Path) -> None:
    """Tomorrow's file is today's while no message changes."""
    today, tomorrow = (updated(read(po_file(tmp_path, "de"), "de"), extract()) for _ in range(2))
    tomorrow.creation_date = datetime.now(UTC) + timedelta(days=1)

    assert mo_bytes(today) == mo_bytes(tomorrow)


def test_one_command_adds_a_language(tmp_path: Path) -> None:
    """Formats, a catalogue to translate and its compiled form; a language that there is not is refused."""
    done = _make_locales(tmp_path, "it")

    assert done.returncode == 0, done.stderr
    assert languages(tmp_path) == ("it",)
    assert "to translate" in done.stdout
    begun = po_file(tmp_path, "it").read_text(encoding="utf-8")
    assert begun.startswith("# Italian translations for Pulseboard.\n")
    assert "# incident:\n" in begun, "the glossary"
    assert "FIRST AUTHOR" not in begun
    assert mo_file(tmp_path, "it").is_file()
    assert _make_locales(tmp_path, "tlh-Klingon-1").returncode == 2


@pytest.mark.parametrize(
    ("language", "meant"), [("IT", "it"), ("pt_PT", "pt-PT"), ("sr-latn", "sr-Latn"), ("zh-hk", "zh-HK")]
)
def test_a_language_is_named_as_pages_name_it(tmp_path: Path, language: str, meant: str) -> None:
    """The name of its folder is what stands in `lang` and in pulseboard.yaml."""
    done = _make_locales(tmp_path, language)

    assert done.returncode == 2
    assert f"write {meant}" in done.stderr
    assert languages(tmp_path) == ()


def _make_locales(folder: Path, language: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "localisation", "--locales", str(folder), language],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
