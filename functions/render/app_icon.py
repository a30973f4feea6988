"""The page's sign among the apps of a phone: five bars like a beat, in the page's accent.

It says nothing of how things are: nobody would renew it when they change. A PNG, since iOS reads nothing else there.
"""

from functools import cache
from math import hypot
from typing import Final

from functions.render.palette import channels
from functions.render.png import png

_GRID: Final = 120
_BARS: Final = ((32, 10), (46, 22), (60, 34), (74, 22), (88, 10))
"""The middle of each and half of its height, on a grid of 120 by 120. All within the middle 80 %, which a mask leaves
(https://www.w3.org/TR/appmanifest/#icon-masks)."""
_RADIUS: Final = 5
_LEVELS: Final = 15


@cache
def app_icon(side: int, *, ground: str, ink: str) -> bytes:
    """Return the PNG of `side` by `side` pixels in two colours, `#rrggbb` each, and what is between them at edges."""
    rows = [bytearray(side) for _ in range(side)]
    scale = side / _GRID
    radius = _RADIUS * scale
    for middle, half in _BARS:
        across, down = middle * scale, side / 2
        straight = half * scale - radius
        for y in range(int(down - half * scale) - 1, int(down + half * scale) + 2):
            beyond = max(0.0, abs(y + 0.5 - down) - straight)
            for x in range(int(across - radius) - 1, int(across + radius) + 2):
                inside = radius + 0.5 - hypot(x + 0.5 - across, beyond)
                rows[y][x] = max(rows[y][x], round(min(1.0, max(0.0, inside)) * _LEVELS))
    pairs = list(zip(channels(ground), channels(ink), strict=True))
    return png(rows, [tuple(round(a + (b - a) * n / _LEVELS) for a, b in pairs) for n in range(_LEVELS + 1)])
