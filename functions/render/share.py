"""The picture that messengers and social networks show beside a link: the page's title, and how things are.

1200 by 630 pixels as PNG, which all of them read. Letters come from bitmaps (`localisation/glyphs.py` makes them), so
that no font and no library is needed: Latin and Cyrillic. Words in other scripts are left out, and the state's shape
speaks for itself; the words beside the picture (`og:title`, `og:description`) are in the page's language always.
"""

import json
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from functions.domain.verdict import Verdict
from functions.render.palette import channels
from functions.render.plain_text import one_line
from functions.render.png import png

WIDTH: Final = 1200
HEIGHT: Final = 630
_MARGIN: Final = 90
_LEVELS: Final = 15
_INK, _SOFT, _TONE = 0, 16, 32
"""Where the shades of each colour begin in the palette; the first of each is the ground."""

_FILE: Final = Path(__file__).resolve().parent / "share_glyphs" / "inter.bin"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Glyphs:
    """The header of the file, and its bitmaps: a byte for each pixel, 0 to 15."""

    header: Mapping[str, Any]
    body: bytes


@cache
def _glyphs() -> _Glyphs:
    """Read the file once: 150 kB, 8 ms."""
    content = zlib.decompress(_FILE.read_bytes())
    end = 4 + int.from_bytes(content[:4], "big")
    return _Glyphs(header=json.loads(content[4:end]), body=content[end:])


def share_picture(*, title: str, sentence: str, verdict: Verdict, colours: Mapping[str, str]) -> bytes:
    """Return the PNG; `colours` are those of the light theme by variable (functions/render/palette.py)."""
    rows = [bytearray(WIDTH) for _ in range(HEIGHT)]
    ground = colours.get(f"{_variable(verdict)}-wash", colours["wash"])
    for row in rows[HEIGHT - 14 :]:
        row[:] = bytes([_TONE + _LEVELS]) * WIDTH
    for number, line in enumerate(_lines(one_line(title, limit=90), "title", WIDTH - 2 * _MARGIN)[:2]):
        _write(rows, line, "title", _MARGIN, 80 + 54 * number, shade=_SOFT)
    side = _glyphs().header["shapes"]["side"]
    left = _MARGIN + side + 60
    said = _lines(sentence, "sentence", WIDTH - _MARGIN - left)[:3]
    middle = 350
    at = _glyphs().header["shapes"]["at"][verdict.value]
    place = (_MARGIN if said else (WIDTH - side) // 2, middle - side // 2)
    _paint(rows, (at, side, side), place, shade=_TONE)
    top = middle - len(said) * 100 // 2
    for number, line in enumerate(said):
        _write(rows, line, "sentence", left, top + 100 * number, shade=_INK)
    inks = (colours["ink"], colours["soft"], colours[_variable(verdict)])
    return png(rows, [shade for ink in inks for shade in _shades(ground, ink)])


def _variable(verdict: Verdict) -> str:
    return verdict.value.replace("_", "-")


def _lines(text: str, face: str, room: int) -> list[str]:
    """Return `text` in lines that fit into `room` pixels; none where a letter of it cannot be drawn."""
    letters = _glyphs().header["faces"][face]["letters"]
    if any(letter not in letters for letter in text):
        return []
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and _length(longer, letters) <= room:
            lines[-1] = longer
        else:
            lines.append(_cut(word, letters, room))
    return lines


def _cut(word: str, letters: Mapping[str, Any], room: int) -> str:
    """Return a word that fits, with an ellipsis where it would not."""
    if _length(word, letters) <= room:
        return word
    while word and _length(f"{word}…", letters) > room:
        word = word[:-1]
    return f"{word}…"


def _length(text: str, letters: Mapping[str, Any]) -> float:
    return float(sum(letters[letter][0] for letter in text))


def _write(rows: list[bytearray], text: str, face: str, x: float, y: int, *, shade: int) -> None:
    """Draw a line of text whose box begins at `x` and `y`."""
    found = _glyphs().header["faces"][face]
    for letter in text:
        advance, left, width, at = found["letters"][letter]
        _paint(rows, (at, width, found["height"]), (round(x) + left, y), shade=shade)
        x += advance


def _paint(rows: list[bytearray], bitmap: tuple[int, int, int], place: tuple[int, int], *, shade: int) -> None:
    """Put a bitmap (its offset, width and height) at x and y; where two letters touch, the darker pixel stays."""
    (at, width, height), (x, y) = bitmap, place
    body = _glyphs().body
    table = bytes([0, *range(shade + 1, shade + _LEVELS + 1), *range(_LEVELS + 1, 256)])
    for line in range(height):
        bits = body[at + line * width : at + (line + 1) * width]
        if any(bits):
            row = rows[y + line]
            row[x : x + width] = bytes(map(max, row[x : x + width], bits.translate(table)))


def _shades(ground: str, ink: str) -> Iterator[tuple[int, ...]]:
    """Yield 16 colours from one to the other."""
    pairs = list(zip(channels(ground), channels(ink), strict=True))
    for level in range(_LEVELS + 1):
        yield tuple(round(a + (b - a) * level / _LEVELS) for a, b in pairs)
