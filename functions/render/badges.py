"""Badges: what each says, as SVG in the flat style and as a document for shields.io's endpoint."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from xml.sax.saxutils import escape

from functions.domain.snapshot import MonitorView, Overall, Snapshot, Window
from functions.domain.verdict import Verdict
from functions.render.figures import floored, rough_milliseconds
from functions.render.plain_text import one_line
from functions.render.text_width import text_width

CACHE_SECONDS: Final = 300
NAME_LIMIT: Final = 48
"""Characters of a name that a badge shows."""

COLOURS: Final[Mapping[str, str]] = {
    "brightgreen": "#4c1",
    "green": "#97ca00",
    "yellow": "#dfb317",
    "orange": "#fe7d37",
    "red": "#e05d44",
    "blue": "#007ec6",
    "lightgrey": "#9f9f9f",
}
"""The names and values of shields.io's palette (https://shields.io/badges, "Color")."""

_UPTIME_COLOURS: Final = ((99.9, "brightgreen"), (99.0, "green"), (95.0, "yellow"))
_NO_DATA: Final = "no data"

RESTLESS: Final = frozenset({"response-time", "uptime-24h"})
"""Badges whose number moves a little all the time: two objects each, and a PUT for each is what a badge costs."""


@dataclass(frozen=True, slots=True)
class Badge:
    """Two short texts; `color` is a key of `COLOURS`. `is_error` keeps embedders from painting it over."""

    label: str
    message: str
    color: str
    is_error: bool = False


_VERDICTS: Final[Mapping[Verdict, tuple[str, str, bool]]] = {
    Verdict.UP: ("up", "brightgreen", False),
    Verdict.DEGRADED: ("degraded", "orange", False),
    Verdict.DOWN: ("down", "red", True),
    Verdict.MAINTENANCE: ("maintenance", "blue", False),
    Verdict.NO_DATA: (_NO_DATA, "lightgrey", False),
}
_OVERALL: Final[Mapping[Overall, tuple[str, str, bool]]] = {
    Overall.OPERATIONAL: ("up", "brightgreen", False),
    Overall.DEGRADED: ("degraded", "orange", False),
    Overall.PARTIAL_OUTAGE: ("partial outage", "red", True),
    Overall.MAJOR_OUTAGE: ("major outage", "red", True),
    Overall.MAINTENANCE: ("maintenance", "blue", False),
    Overall.UNKNOWN: (_NO_DATA, "lightgrey", False),
}


def page_badges(snapshot: Snapshot) -> dict[str, Badge]:
    """Return the page's badges by name. Its numbers are the plain mean over the monitors that have data."""
    monitors = snapshot.monitors
    return {
        "status": Badge(_label(snapshot.page.title), *_OVERALL[snapshot.overall]),
        **_uptimes(lambda window: _mean([m.uptime[window].percent for m in monitors if window in m.uptime])),
        "response-time": _response_time(_mean([_average(m) for m in monitors])),
    }


def monitor_badges(monitor: MonitorView) -> dict[str, Badge]:
    """Return one monitor's badges by name."""
    return {
        "status": Badge(_label(monitor.name), *_VERDICTS[monitor.verdict]),
        **_uptimes(lambda window: monitor.uptime[window].percent if window in monitor.uptime else None),
        "response-time": _response_time(_average(monitor)),
    }


def shields(badge: Badge) -> bytes:
    """Return the endpoint document (https://shields.io/badges/endpoint-badge): exactly its keys, as UTF-8 JSON."""
    document = {
        "schemaVersion": 1,
        "label": badge.label,
        "message": badge.message,
        "color": badge.color,
        "isError": badge.is_error,
        "cacheSeconds": CACHE_SECONDS,
    }
    return json.dumps(document, ensure_ascii=False).encode()


@lru_cache(maxsize=2048)
def svg(badge: Badge) -> bytes:
    """Return the badge as a well-formed SVG document, 20 px high; most monitors share most of their badges."""
    left, right = _odd_width(badge.label), _odd_width(badge.message)
    left_box, right_box = left + 10, right + 10
    width = left_box + right_box
    label, message = _escaped(badge.label), _escaped(badge.message)
    texts = _text(label, 10 * (left / 2 + 6), left) + _text(message, 10 * (left_box + right / 2 + 4), right)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="20" role="img" '
        f'aria-label="{label}: {message}"><title>{label}: {message}</title>'
        '<defs><linearGradient id="light" x2="0" y2="1"><stop offset="0" stop-color="#bbb" stop-opacity=".1"/>'
        f'<stop offset="1" stop-opacity=".1"/></linearGradient><clipPath id="edge"><rect width="{width}" height="20" '
        'rx="3"/></clipPath></defs><g clip-path="url(#edge)">'
        f'<path fill="#555" d="M0 0h{left_box}v20H0z"/><path fill="{COLOURS[badge.color]}" d="M{left_box} 0h{right_box}'
        f'v20H{left_box}z"/><path fill="url(#light)" d="M0 0h{width}v20H0z"/></g>'
        '<g fill="#fff" text-anchor="middle" font-family="Verdana,Geneva,DejaVu Sans,sans-serif" font-size="110" '
        f'text-rendering="geometricPrecision" transform="scale(.1)">{texts}</g></svg>'
    ).encode()


def _text(escaped: str, middle: float, width: int) -> str:
    """Return the text with its shadow; `textLength` makes it fit whatever face the reader has."""
    place = f'x="{middle:g}" textLength="{width * 10}"'
    shadow = f'<text aria-hidden="true" {place} y="150" fill="#010101" fill-opacity=".3">{escaped}</text>'
    return f'{shadow}<text {place} y="140">{escaped}</text>'


def _odd_width(text: str) -> int:
    """Return the text's width in whole pixels, made odd so that its middle falls on a pixel, as shields.io does."""
    return int(text_width(text)) | 1


def _escaped(text: str) -> str:
    return escape(text, {'"': "&quot;", "'": "&#39;"})


def _label(name: str) -> str:
    return one_line(name, limit=NAME_LIMIT) or "status"


def _uptimes(percent: Callable[[Window], float | None]) -> dict[str, Badge]:
    named = {f"uptime-{window}": _uptime(window, percent(window)) for window in Window}
    return {"uptime": named[f"uptime-{Window.MONTH}"], **named}


def _uptime(window: Window, percent: float | None) -> Badge:
    label = f"uptime {window}"
    if percent is None:
        return Badge(label, _NO_DATA, "lightgrey")
    cut = floored(percent)
    colour = next((name for least, name in _UPTIME_COLOURS if cut >= least), "red")
    return Badge(label, f"{cut:.2f}".rstrip("0").rstrip(".") + "%", colour)


def _response_time(average: float | None) -> Badge:
    if average is None:
        return Badge("response time", _NO_DATA, "lightgrey")
    return Badge("response time", rough_milliseconds(average), "blue")


def _average(monitor: MonitorView) -> float | None:
    summary = monitor.latency.get(Window.DAY)
    return summary.average if summary else None


def _mean(values: list[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None
