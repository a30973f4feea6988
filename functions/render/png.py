"""Writing a PNG: rows of palette indices and the palette."""

import struct
import zlib
from collections.abc import Sequence


def png(rows: Sequence[bytes | bytearray], palette: Sequence[tuple[int, ...]]) -> bytes:
    """Return a PNG with a palette (https://www.w3.org/TR/png-3/): colour type 3, 8 bits, no filters.

    `rows` are of one length and have a byte for each pixel: the place of its colour in `palette`, which has the red,
    green and blue (0 to 255) of at most 256.
    """
    header = struct.pack(">IIBBBBB", len(rows[0]), len(rows), 8, 3, 0, 0, 0)
    chunks = (
        (b"IHDR", header),
        (b"PLTE", bytes(channel for colour in palette for channel in colour)),
        (b"IDAT", zlib.compress(b"".join(b"\0" + row for row in rows), 9)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)) for name, body in chunks
    )


def size_of(picture: bytes) -> tuple[int, int]:
    """Return width and height of a PNG in pixels, as its first chunk has them."""
    width, height = struct.unpack(">II", picture[16:24])
    return width, height
