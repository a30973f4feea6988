"""What languages make of dates, numbers and lists: known forms of each."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from functions.render.formats import clock, load_formats
from functions.render.words import load_words
from localisation.extraction import TEMPLATES

LOCALES = TEMPLATES / "locales"
DAY = date(2026, 11, 2)


@pytest.mark.parametrize(
    ("language", "said", "month", "percent", "response", "names"),
    [
        ("en", "2 November 2026", "November 2026", "99.98\u00a0%", "1.27\u00a0s", "A, B and C"),
        ("de", "2. November 2026", "November 2026", "99,98\u00a0%", "1,27\u00a0s", "A, B und C"),
        ("fr", "2 novembre 2026", "novembre 2026", "99,98\u00a0%", "1,27\u00a0s", "A, B et C"),
        ("es", "2 de noviembre de 2026", "noviembre de 2026", "99,98\u00a0%", "1,27\u00a0s", "A, B y C"),
        ("pt-BR", "2 de novembro de 2026", "novembro de 2026", "99,98%", "1,27\u00a0s", "A, B e C"),
        ("ru", "2 ноября 2026\u202fг.", "ноябрь 2026\u202fг.", "99,98\u00a0%", "1,27\u00a0с", "A, B и C"),  # noqa: RUF001 (Russian)
        ("hi", "2 नवंबर 2026", "नवंबर 2026", "99.98%", "1.27\u00a0से॰", "A, B, और C"),
        ("ja", "2026年11月2日", "2026年11月", "99.98%", "1.27\u00a0秒", "A、B、C"),
        ("ko", "2026년 11월 2일", "2026년 11월", "99.98%", "1.27\u00a0초", "A, B 및 C"),
        ("zh-CN", "2026年11月2日", "2026年11月", "99.98%", "1.27\u00a0秒", "A、B和C"),
        ("zh-TW", "2026年11月2日", "2026年11月", "99.98%", "1.27\u00a0秒", "A、B和C"),
    ],
)
def test_each_language_has_its_forms(  # noqa: PLR0917 (a row of the table)
    language: str, said: str, month: str, percent: str, response: str, names: str
) -> None:
    """The forms of the CLDR, and in English the house's."""
    formats = load_formats(language, LOCALES)

    assert formats.say_date(DAY) == said
    assert formats.say_month(DAY) == month
    assert formats.in_percent(99.989) == percent, "floored"
    assert formats.response(1270) == response
    assert formats.names("ABC").striptags() == names


@pytest.mark.parametrize(
    ("language", "hours", "minutes", "said"),
    [
        ("en", "2 hours", "5 minutes", "2 hours 5 minutes"),
        ("ja", "2 時間", "5 分", "2 時間 5 分"),
        ("zh-TW", "2 小時", "5 分鐘", "2 小時 5 分鐘"),
        ("zh-CN", "2小时", "5分钟", "2小时5分钟"),
        ("ko", "2시간", "5분", "2시간 5분"),
    ],
)
def test_a_duration_has_no_space_that_its_units_lack(language: str, hours: str, minutes: str, said: str) -> None:
    """Units are as browsers write them, so that the script and the file say the same."""
    assert load_formats(language, LOCALES).duration([hours, minutes]) == said


@pytest.mark.parametrize(
    ("language", "heading"),
    [("fr", "Novembre 2026"), ("ru", "Ноябрь 2026\u202fг."), ("de", "November 2026"), ("ja", "2026年11月")],  # noqa: RUF001 (Russian)
)
def test_a_month_that_stands_alone_begins_with_a_capital(language: str, heading: str) -> None:
    """As headings do, though many languages write months small."""
    words, _ = load_words(language, LOCALES)
    assert words.month_alone(DAY) == heading


def test_a_language_without_formats_is_english() -> None:
    """Whatever config.json says, a page is rendered."""
    assert load_formats("xx", LOCALES) == load_formats("en", LOCALES)


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        ("UTC", "12:04 UTC"),
        ("Europe/Berlin", "13:04 CET"),
        ("Asia/Tokyo", "21:04 JST"),
        ("America/Sao_Paulo", "09:04 UTC−3"),  # noqa: RUF001 (a minus sign)
        ("Asia/Kathmandu", "17:49 UTC+5:45"),
    ],
)
def test_a_time_names_its_zone(zone: str, said: str) -> None:
    """By its letters, or by its distance from UTC."""
    assert clock(datetime(2026, 11, 22, 12, 4, tzinfo=UTC).astimezone(ZoneInfo(zone))) == said
