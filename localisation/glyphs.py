"""Letters and shapes as bitmaps, for pictures that are drawn where no font can be read.

    python -m localisation.glyphs

Writes functions/render/share_glyphs/inter.bin from Inter (SIL Open Font License 1.1, whose text stands beside it), as
Debian's package `fonts-inter` installs it: all of Latin and Cyrillic that the languages of the page need.
"""

import json
import zlib
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw, ImageFont

FONTS: Final = Path("/usr/share/fonts/opentype/inter")
TARGET: Final = Path(__file__).resolve().parents[1] / "functions/render/share_glyphs/inter.bin"
SIZES: Final = {"title": ("InterDisplay-Medium.otf", 42), "sentence": ("InterDisplay-SemiBold.otf", 84)}
LETTERS: Final = (
    "".join(chr(code) for start, end in ((0x20, 0x7F), (0xA1, 0x180), (0x401, 0x460)) for code in range(start, end))
    + "\u2013\u2014\u2018\u2019\u201a\u201c\u201d\u201e\u2026\u2022\u20ac\u2122\u2212"
)
SHAPE: Final = 200
_SHARP: Final = 8
_LEVELS: Final = 15


def main() -> None:
    """Write the file."""
    body = bytearray()
    header: dict[str, object] = {"shapes": {}, "faces": {}}
    shapes: dict[str, int] = {}
    for verdict in ("up", "degraded", "down", "maintenance", "no_data"):
        shapes[verdict] = len(body)
        body += levels(shape(verdict))
    header["shapes"] = {"side": SHAPE, "at": shapes}
    header["faces"] = {name: face(body, *made) for name, made in SIZES.items()}
    head = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode()
    TARGET.write_bytes(zlib.compress(len(head).to_bytes(4, "big") + head + bytes(body), 9))
    print(TARGET, TARGET.stat().st_size)  # noqa: T201 (a tool)


def face(body: bytearray, file: str, size: int) -> dict[str, object]:
    """Append a font's letters to `body`; return its height and, by letter, its advance, left edge, width and place."""
    font = ImageFont.truetype(str(FONTS / file), size, layout_engine=ImageFont.Layout.BASIC)
    ascent, descent = font.getmetrics()
    letters = {}
    for letter in LETTERS:
        left, _, right, _ = font.getbbox(letter)
        width = max(1, round(right) - round(left))
        image = Image.new("L", (width, ascent + descent))
        ImageDraw.Draw(image).text((-round(left), 0), letter, font=font, fill=255)
        letters[letter] = [round(font.getlength(letter), 1), round(left), width, len(body)]
        body += levels(image)
    return {"height": ascent + descent, "letters": letters}


def shape(verdict: str) -> Image.Image:
    """Return the shape of a verdict, as the page's symbols draw it in a box of 24 units."""
    unit = SHAPE * _SHARP / 24
    image = Image.new("L", (SHAPE * _SHARP, SHAPE * _SHARP))
    draw = ImageDraw.Draw(image)

    def points(*pairs: tuple[float, float]) -> list[tuple[float, float]]:
        return [(x * unit, y * unit) for x, y in pairs]

    def cut(*pairs: tuple[float, float]) -> None:
        draw.line(points(*pairs), fill=0, width=round(2.6 * unit), joint="curve")
        for x, y in points(*pairs):
            draw.ellipse((x - 1.3 * unit, y - 1.3 * unit, x + 1.3 * unit, y + 1.3 * unit), fill=0)

    if verdict == "up":
        draw.ellipse(points((1, 1), (23, 23)), fill=255)
        cut((6.8, 12.4), (10.3, 15.9), (17.3, 8.5))
    elif verdict == "degraded":
        draw.polygon(points((12, 3), (22.3, 20.8), (1.7, 20.8)), fill=255)
        draw.line(
            points((12, 3), (22.3, 20.8), (1.7, 20.8), (12, 3), (22.3, 20.8)),
            fill=255,
            width=round(2.6 * unit),
            joint="curve",
        )
        cut((12, 8.4), (12, 14.2))
        cut((12, 17.8), (12, 17.8))
    elif verdict == "down":
        draw.polygon(
            points(
                (7.6, 0.9), (16.4, 0.9), (23.1, 7.6), (23.1, 16.4), (16.4, 23.1), (7.6, 23.1), (0.9, 16.4), (0.9, 7.6)
            ),
            fill=255,
        )
        cut((8, 8), (16, 16))
        cut((16, 8), (8, 16))
    elif verdict == "maintenance":
        draw.rounded_rectangle(points((1, 1), (23, 23)), radius=5 * unit, fill=255)
        cut((9, 7), (9, 17))
        cut((15, 7), (15, 17))
    else:
        for start in range(0, 360, 45):
            draw.arc(points((1, 1), (23, 23)), start, start + 25, fill=255, width=round(3 * unit))
    return image.resize((SHAPE, SHAPE), Image.Resampling.LANCZOS)


def levels(image: Image.Image) -> bytes:
    """Return how much of each pixel is covered, 0 to 15."""
    return bytes(round(value * _LEVELS / 255) for value in image.tobytes())


if __name__ == "__main__":
    main()
