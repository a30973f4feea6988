"""How wide text is in Verdana at 11 px, the face that badges are measured in."""

import unicodedata
from functools import lru_cache
from typing import Final

_UNITS_PER_EM: Final = 2048
_PIXELS: Final = 11
_FULL_WIDTH: Final = 2048
_UNKNOWN: Final = 1992  # as wide as "m": a badge that is too wide is readable, one that is too narrow is not

_GLYPHS_BY_ADVANCE: Final = {
    550: "'",
    562: "il",
    705: "j",
    720: " f\u00a0",
    745: ",.",
    807: "t",
    806: "!",
    862: "I",
    874: "r",
    930: "()-/:;[\\]|",
    931: "J",
    940: '"',
    1067: "cs",
    1076: "z",
    1117: "?",
    1140: "L",
    1177: "F",
    1212: "kvxy",
    1220: "e",
    1230: "a",
    1235: "P",
    1243: "o",
    1260: "Y",
    1262: "T",
    1276: "bdgpq",
    1295: "E",
    1296: "hnu",
    1300: "{}",
    1302: "$*0123456789_`",
    1400: "ASV",
    1403: "XZ",
    1404: "B",
    1419: "K",
    1424: "R",
    1430: "C",
    1488: "&",
    1499: "U",
    1532: "N",
    1539: "H",
    1578: "D",
    1588: "G",
    1612: "OQ",
    1676: "#+<=>^w~…",
    1726: "M",
    1992: "m",
    2025: "W",
    2048: "@",
    2204: "%",
}
"""Advance widths of Verdana in units of 1/2048 em (the font's `hmtx` table)."""

_ADVANCES: Final = {glyph: advance for advance, glyphs in _GLYPHS_BY_ADVANCE.items() for glyph in glyphs}


@lru_cache(maxsize=4096)
def _advance(character: str) -> int:
    """Return one character's advance in font units; letters with marks are as wide as without."""
    known = _ADVANCES.get(character)
    if known is not None:
        return known
    if unicodedata.combining(character) or unicodedata.category(character) in ("Cf", "Mn", "Me"):
        return 0
    if unicodedata.east_asian_width(character) in ("W", "F"):
        return _FULL_WIDTH
    return _ADVANCES.get(unicodedata.normalize("NFD", character)[0], _UNKNOWN)


def text_width(text: str) -> float:
    """Return the width of `text` in pixels, without kerning."""
    return sum(map(_advance, text)) * _PIXELS / _UNITS_PER_EM
