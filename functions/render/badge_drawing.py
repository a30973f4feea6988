"""Badges as SVG, in four styles with the metrics of shields.io.

Source of the figures: badge-maker 6.0 (https://www.npmjs.com/package/badge-maker), the library behind shields.io: what
it makes of a table of texts stands in tests/render/badge_figures.py. The drawing itself is ours.
"""

from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape

from functions.domain.badge_look import BadgeStyle
from functions.render.text_width import VERDANA_10, VERDANA_BOLD_10, Face, text_width

_GREY: Final = "#555"
_FONTS: Final = "Verdana,Geneva,DejaVu Sans,sans-serif"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Look:
    """A style: height, the text's base line, the radius of the corners and the stops of the light on it."""

    height: int
    baseline: int
    radius: int
    light: tuple[str, ...]


_FLAT_LIGHT: Final = ('offset="0" stop-color="#bbb" stop-opacity=".1"', 'offset="1" stop-opacity=".1"')
_PLASTIC_LIGHT: Final = (
    'offset="0" stop-color="#fff" stop-opacity=".7"',
    'offset=".1" stop-color="#aaa" stop-opacity=".1"',
    'offset=".9" stop-opacity=".3"',
    'offset="1" stop-opacity=".5"',
)
_LOOKS: Final = {
    BadgeStyle.FLAT: _Look(height=20, baseline=140, radius=3, light=_FLAT_LIGHT),
    BadgeStyle.FLAT_SQUARE: _Look(height=20, baseline=140, radius=0, light=()),
    BadgeStyle.PLASTIC: _Look(height=18, baseline=130, radius=4, light=_PLASTIC_LIGHT),
    BadgeStyle.FOR_THE_BADGE: _Look(height=28, baseline=175, radius=0, light=()),
}
"""Base lines are in tenths of a pixel, as all of the text is: browsers round a font's size more finely then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Half:
    """One of the two boxes: its text, where it begins, how wide it and its text are, in pixels."""

    text: str
    fill: str
    start: float
    width: float
    text_width: float
    middle: float
    bold: bool = False


def draw_badge(label: str, message: str, fill: str, style: BadgeStyle) -> bytes:
    """Return the badge as a well-formed SVG document; `fill` is the colour behind the message."""
    look = _LOOKS[style]
    loud = style is BadgeStyle.FOR_THE_BADGE
    left, right = _loud_halves(label, message, fill) if loud else _halves(label, message, fill)
    said = _escaped(f"{label}: {message}" if label else message)
    width, height = _number(left.width + right.width), look.height
    boxes = "".join(_box(half, height) for half in (left, right) if half.width)
    texts = "".join(_text(half, look) for half in (left, right) if half.text)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" role="img" aria-label="{said}">'
        f"<title>{said}</title>{_defs(look, width)}{_ground(look, boxes, width)}"
        f'<g fill="#fff" text-anchor="middle" font-family="{_FONTS}" font-size="{100 if loud else 110}" '
        f'text-rendering="geometricPrecision" transform="scale(.1)">{texts}</g></svg>'
    ).encode()


def _halves(label: str, message: str, fill: str) -> tuple[_Half, _Half]:
    """Return the boxes of the three quiet styles: five pixels beside each text, moved towards the seam by one."""
    left, right = _odd_width(label) if label else 0, _odd_width(message)
    left_box = left + 10 if label else 0
    middle = left_box + right / 2 + (4 if label else 5)
    return (
        _Half(text=label, fill=_GREY, start=0, width=left_box, text_width=left, middle=left / 2 + 6),
        _Half(text=message, fill=fill, start=left_box, width=right + 10, text_width=right, middle=middle),
    )


def _loud_halves(label: str, message: str, fill: str) -> tuple[_Half, _Half]:
    """Return the boxes of `for-the-badge`: capitals, spaced out, the message in bold, 12 pixels beside each text."""
    label, message = label.upper(), message.upper()
    left, right = _spaced_width(label, VERDANA_10), _spaced_width(message, VERDANA_BOLD_10)
    left_box = left + 24 if label else 0
    return (
        _Half(text=label, fill=_GREY, start=0, width=left_box, text_width=left, middle=12 + left / 2),
        _Half(
            text=message,
            fill=fill,
            start=left_box,
            width=right + 24,
            text_width=right,
            middle=left_box + 12 + right / 2,
            bold=True,
        ),
    )


def _odd_width(text: str) -> int:
    """Return the text's width in whole pixels, made odd so that its middle falls on a pixel."""
    return int(text_width(text)) | 1


def _spaced_width(text: str, face: Face) -> float:
    """Return the width with 1.25 px beside each character, as JavaScript counts them (in UTF-16 units)."""
    return int(text_width(text, face)) + 1.25 * (len(text.encode("utf-16-le", "surrogatepass")) // 2)


def _defs(look: _Look, width: str) -> str:
    if not look.light:
        return ""
    stops = "".join(f"<stop {stop}/>" for stop in look.light)
    return (
        f'<defs><linearGradient id="light" x2="0" y2="100%">{stops}</linearGradient><filter id="soft">'
        '<feGaussianBlur stdDeviation="16"/></filter><clipPath id="edge">'
        f'<rect width="{width}" height="{look.height}" rx="{look.radius}"/></clipPath></defs>'
    )


def _ground(look: _Look, boxes: str, width: str) -> str:
    if not look.light:
        return f'<g shape-rendering="crispEdges">{boxes}</g>'
    return f'<g clip-path="url(#edge)">{boxes}<path fill="url(#light)" d="M0 0h{width}v{look.height}H0z"/></g>'


def _box(half: _Half, height: int) -> str:
    start, width = _number(half.start), _number(half.width)
    return f'<path fill="{half.fill}" d="M{start} 0h{width}v{height}h-{width}z"/>'


def _text(half: _Half, look: _Look) -> str:
    """Return the text, with shadows where light falls on it; `textLength` makes it fit whatever face the reader has."""
    place = f'x="{_number(half.middle * 10)}" textLength="{_number(half.text_width * 10)}"'
    text = _escaped(half.text)
    shadows = (
        f'<g aria-hidden="true" fill="#010101"><text {place} y="{look.baseline + 10}" fill-opacity=".8" '
        f'filter="url(#soft)">{text}</text><text {place} y="{look.baseline + 10}" fill-opacity=".3">{text}</text></g>'
        if look.light
        else ""
    )
    weight = ' font-weight="bold"' if half.bold else ""
    return f'{shadows}<text {place} y="{look.baseline}"{weight}>{text}</text>'


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _escaped(text: str) -> str:
    return escape(text, {'"': "&quot;", "'": "&#39;"})
