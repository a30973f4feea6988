"""How wide text is in Verdana, the face that badges are measured in."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

_REGULAR: Final = {
    550: "'",
    562: "il",
    705: "j",
    720: " f\u00a0",
    745: ",.·",
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
    1302: "$*0123456789_`\u2013",
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

_BOLD: Final = {
    332: "'",
    342: " il\u00a0",
    361: ",.·",
    402: "!:;",
    403: "j",
    422: "f",
    456: "t",
    480: "-",
    497: "r",
    543: "()[]|",
    546: "I",
    555: "J",
    587: '"',
    588: "c",
    593: "s",
    597: "z",
    617: "?",
    637: "L",
    650: "Fv",
    651: "y",
    664: "e",
    668: "a",
    669: "x",
    671: "k",
    682: "T",
    683: "E",
    687: "o",
    689: "/\\",
    692: "Z",
    699: "bdgpq",
    710: "S",
    711: "$*0123456789_`{}\u2013",
    712: "hnu",
    724: "C",
    733: "P",
    737: "Y",
    762: "B",
    764: "VX",
    771: "K",
    776: "A",
    782: "R",
    811: "G",
    812: "U",
    830: "D",
    837: "H",
    847: "N",
    850: "OQ",
    862: "&",
    867: "#+<=>^~",
    948: "M",
    964: "@",
    979: "w",
    1049: "…",
    1058: "m",
    1128: "W",
    1272: "%",
}
"""Advance widths of Verdana Bold in units of 1/1000 em (its metrics as published for PDF)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """A face at a size in pixels; `em` is how many units an em has."""

    size: int
    em: int
    advances: Mapping[str, int] = field(hash=False, compare=False)
    bold: bool = False


def _face(size: int, em: int, glyphs_by_advance: Mapping[int, str], *, bold: bool = False) -> Face:
    advances = {glyph: advance for advance, glyphs in glyphs_by_advance.items() for glyph in glyphs}
    return Face(size=size, em=em, advances=advances, bold=bold)


VERDANA_11: Final = _face(11, 2048, _REGULAR)
VERDANA_10: Final = _face(10, 2048, _REGULAR)
VERDANA_BOLD_10: Final = _face(10, 1000, _BOLD, bold=True)


@lru_cache(maxsize=4096)
def _advance(character: str, face: Face) -> float:
    """Return one character's width in pixels; letters with marks are as wide as without.

    Rounded to hundredths, as in the tables that shields.io measures with (https://github.com/metabolize/anafanafo):
    the sum of many is cut to whole pixels there, and here must be cut to the same.
    """
    known = face.advances.get(character)
    if known is None:
        if unicodedata.combining(character) or unicodedata.category(character) in ("Cf", "Mn", "Me"):
            return 0
        if unicodedata.east_asian_width(character) in ("W", "F"):
            return face.size
        # As wide as "m": a badge that is too wide is readable, one that is too narrow is not.
        known = face.advances.get(unicodedata.normalize("NFD", character)[0], face.advances["m"])
    return round(known * face.size / face.em, 2)


def text_width(text: str, face: Face = VERDANA_11) -> float:
    """Return the width of `text` in pixels, without kerning."""
    return sum(_advance(character, face) for character in text)
