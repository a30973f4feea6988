"""Whether colours can be read on each other, by WCAG 2.2 AA, and the nearest ones that can."""

from collections.abc import Sequence
from colorsys import hls_to_rgb, rgb_to_hls
from typing import Final

from functions.render.palette import channels

TEXT: Final = 4.5
"""For text of any size: https://www.w3.org/TR/WCAG22/#contrast-minimum."""

GRAPHICS: Final = 3.0
"""For shapes that mean something: https://www.w3.org/TR/WCAG22/#non-text-contrast."""

_STEPS: Final = 510
_LINEAR_BELOW: Final = 0.04045


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def readable(colour: str, others: Sequence[str], least: float) -> bool:
    """Tell whether `colour` has at least that contrast to each of `others`."""
    return all(contrast(colour, other) >= least for other in others)


def nearest_readable(colour: str, others: Sequence[str], least: float) -> str | None:
    """Return the colour of the same hue and saturation, nearest in lightness, that is readable; None without any."""
    hue, lightness, saturation = rgb_to_hls(*(channel / 255 for channel in channels(colour)))
    for step in range(_STEPS + 1):
        for towards in (-step, step):
            changed = lightness + towards / _STEPS
            if 0 <= changed <= 1:
                candidate = _hex(hls_to_rgb(hue, changed, saturation)) if step else colour
                if readable(candidate, others, least):
                    return candidate
    return None


def _luminance(colour: str) -> float:
    """Return the relative luminance: https://www.w3.org/TR/WCAG22/#dfn-relative-luminance."""
    shares = [channel / 255 for channel in channels(colour)]
    red, green, blue = (c / 12.92 if c <= _LINEAR_BELOW else ((c + 0.055) / 1.055) ** 2.4 for c in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _hex(shares: tuple[float, float, float]) -> str:
    return "#" + "".join(f"{round(share * 255):02x}" for share in shares)
