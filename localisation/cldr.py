"""A language's forms of dates, numbers and lists, out of the Unicode CLDR as Babel brings it.

Source: Unicode Technical Standard 35, parts 2 (lists, units), 3 (numbers) and 4 (dates); https://cldr.unicode.org.
"""

import json
import re
from collections.abc import Mapping
from typing import Final

from babel import Locale
from babel.units import format_unit

_OWN: Final[Mapping[str, Mapping[str, str]]] = {
    # The house's English is neither American nor British alone; the SI puts a space before every unit's sign.
    "en": {"date": "{day} {month} {year}", "percent": "{number}\u00a0%", "list_end": "{0} and {1}"},
    # The CLDR joins short units without a space, but browsers put one into the long ones: `2 時間 5 分`.
    "ja": {"spans": "{0} {1}"},
    "zh-TW": {"spans": "{0} {1}"},
}
_NO_GAP: Final = frozenset({"ja", "zh"})
"""Languages that have no space after a full stop."""

_LATIN: Final = 0x24F
"""The last code point of the Latin blocks."""

_FIELDS: Final = {"d": "{day}", "M": "{month}", "MMMM": "{month}", "LLLL": "{month}", "y": "{year}"}
_TOKEN: Final = re.compile(r"'([^']*)'|(d+|M+|L+|y+)")


def locale_of(language: str) -> Locale:
    """Return the CLDR's locale of a BCP 47 tag. Raises babel.UnknownLocaleError, ValueError."""
    return Locale.parse(language, sep="-")


def formats_of(language: str) -> dict[str, object]:
    """Return the content of formats.json."""
    locale = locale_of(language)
    date, month = locale.date_formats["long"].pattern, locale.datetime_skeletons["yMMMM"].pattern
    pair, spans = locale.list_patterns["standard"], locale.list_patterns.get("unit-narrow") or {}
    gap = "" if locale.language in _NO_GAP else " "
    return {
        "direction": locale.text_direction,
        "date": _form(date),
        "date_months": _months(locale, date),
        "month": _form(month),
        "month_months": _months(locale, month),
        "moment": locale.datetime_formats["long"].format("{time}", "{date}"),
        "decimal": locale.number_symbols["latn"]["decimal"],
        "percent": re.sub(r"[#,0]+(\.[#0]+)?", "{number}", locale.percent_formats[None].pattern),
        "milliseconds": f"{{number}}\u00a0{_sign(locale, 'millisecond', 'ms')}",
        "seconds": f"{{number}}\u00a0{_sign(locale, 'second', 's')}",
        "list_pair": pair["2"],
        "list_start": pair["start"],
        "list_middle": pair["middle"],
        "list_end": pair["end"],
        "spans": spans.get("2") or f"{{0}}{gap}{{1}}",
        "sentences": gap,
        **_OWN.get(language, {}),
    }


def encode(formats: Mapping[str, object]) -> str:
    """Return the text of formats.json: readable, and the same for the same forms."""
    return json.dumps(formats, ensure_ascii=False, indent=1) + "\n"


def _form(pattern: str) -> str:
    """Return a CLDR date pattern with names in the place of letters; what is quoted stands as it is."""
    return _TOKEN.sub(lambda found: _FIELDS[found[2]] if found[2] else found[1], pattern)


def _months(locale: Locale, pattern: str) -> list[str]:
    """Return what stands for `{month}`: names as in a date or alone, or numbers."""
    if "MMMM" in pattern or "LLLL" in pattern:
        names = locale.months["format" if "MMMM" in pattern else "stand-alone"]["wide"]
        return [names[number] for number in range(1, 13)]
    return [str(number) for number in range(1, 13)]


def _sign(locale: Locale, unit: str, international: str) -> str:
    """Return the sign of a unit of time: the SI's, unless the language writes another in its own script."""
    sign = format_unit(5, f"duration-{unit}", length="short", locale=locale).replace("5", "").strip()
    return sign if any(ord(letter) > _LATIN for letter in sign) and unit not in sign else international
