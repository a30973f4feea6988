"""Badges: what each says, as SVG and as a document for shields.io's endpoint."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import lru_cache
from typing import Final

from functions.domain.badge_look import BadgeLook, BadgeName, BadgeStyle, Labels, Thresholds
from functions.domain.public_figures import Window
from functions.domain.public_monitor import MonitorView
from functions.domain.snapshot import GroupView, Overall, Snapshot
from functions.domain.verdict import Verdict
from functions.render.badge_drawing import draw_badge
from functions.render.figures import floored, rough_milliseconds
from functions.render.plain_text import one_line

CACHE_SECONDS: Final = 300
NAME_LIMIT: Final = 48
"""Characters of a label that a badge shows."""

COLOURS: Final[Mapping[str, str]] = {
    "brightgreen": "#4b0",
    "green": "#67ac09",
    "yellow": "#d8b800",
    "orange": "#ea7233",
    "red": "#dd4343",
    "blue": "#007ec6",
    "lightgrey": "#939393",
}
"""The names and values of shields.io's palette (badge-maker 6.0: the one on which white text is easier to read)."""

_SCALE: Final = ("brightgreen", "green", "yellow")
_NO_DATA: Final = "no data"
_WEEKS_FROM: Final = 28
"""Days that a certificate must be good for, at the least, to be told of in weeks."""

RESTLESS: Final[Mapping[str, timedelta]] = {
    BadgeName.UPTIME_DAY: timedelta(hours=3),
    BadgeName.RESPONSE_TIME: timedelta(days=1),
    BadgeName.RESPONSE_TIME_P50: timedelta(days=1),
    BadgeName.RESPONSE_TIME_P95: timedelta(days=1),
}
"""Badges whose number moves a little all the time, and how long it waits while all is up.

Two objects each, and a PUT for each is what a badge costs (docs/decisions/badges-and-their-styles.md).
"""

STYLED: Final = frozenset(BadgeName) - RESTLESS.keys() - {BadgeName.CERTIFICATE}
"""Badges that change seldom: there is one in each style."""


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
    """Return the page's badges by name, over all of its monitors."""
    look = snapshot.page.badges
    status = Badge(_label(snapshot.page.title), *_OVERALL[snapshot.overall])
    return _labelled(_of_several(status, snapshot.monitors, look), look.labels)


def group_badges(snapshot: Snapshot, group: GroupView) -> dict[str, Badge]:
    """Return the badges of a group by name, over those of its monitors that are on the page."""
    look = snapshot.page.badges
    members = [monitor for monitor in snapshot.monitors if monitor.id in group.monitors]
    status = Badge(_label(group.name), *_VERDICTS[group.verdict])
    return _labelled(_of_several(status, members, look), _without_status(look.labels))


def monitor_badges(monitor: MonitorView, look: BadgeLook | None = None) -> dict[str, Badge]:
    """Return one monitor's badges by name."""
    look = look or BadgeLook()
    day = monitor.latency.get(Window.DAY)
    found = {
        BadgeName.STATUS: Badge(_label(monitor.name), *_VERDICTS[monitor.verdict]),
        **_uptimes(lambda window: monitor.uptime[window].percent if window in monitor.uptime else None, look.uptime),
        **_response_times((day.average, day.p50, day.p95) if day else (None, None, None), look.response_time),
        BadgeName.CERTIFICATE: _certificate(monitor.certificate_days, look.certificate),
    }
    return _labelled(found, {**_without_status(look.labels), **look.monitors.get(monitor.id, {})})


def _of_several(status: Badge, monitors: Sequence[MonitorView], look: BadgeLook) -> dict[BadgeName, Badge]:
    """Return the badges of several monitors.

    Uptime and the average response time are the plain mean over those that have data. Percentiles cannot be averaged,
    and a chain is as good as its first certificate to go: p50 and p95 are the slowest monitor's, the certificate is the
    one that expires first.
    """
    days = [summary for monitor in monitors if (summary := monitor.latency.get(Window.DAY))]
    times = _mean(d.average for d in days), _worst(d.p50 for d in days), _worst(d.p95 for d in days)
    left = [monitor.certificate_days for monitor in monitors if monitor.certificate_days is not None]
    return {
        BadgeName.STATUS: status,
        **_uptimes(lambda window: _mean(m.uptime[window].percent for m in monitors if window in m.uptime), look.uptime),
        **_response_times(times, look.response_time),
        BadgeName.CERTIFICATE: _certificate(min(left, default=None), look.certificate),
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


@lru_cache(maxsize=8192)
def svg(badge: Badge, style: BadgeStyle = BadgeStyle.FLAT) -> bytes:
    """Return the badge as a well-formed SVG document; most monitors share most of their badges."""
    return draw_badge(badge.label, badge.message, COLOURS[badge.color], style)


def _label(name: str) -> str:
    return one_line(name, limit=NAME_LIMIT) or "status"


def _labelled(found: Mapping[BadgeName, Badge], labels: Labels) -> dict[str, Badge]:
    return {
        name: replace(badge, label=_label(labels[name])) if name in labels else badge for name, badge in found.items()
    }


def _without_status(labels: Labels) -> dict[str, str]:
    """Return what holds for groups and monitors as well: what says how they are says whose name it is."""
    return {name: label for name, label in labels.items() if name != BadgeName.STATUS}


def _uptimes(percent: Callable[[Window], float | None], thresholds: Thresholds) -> dict[BadgeName, Badge]:
    named = {window: _uptime(window, percent(window), thresholds) for window in Window}
    return {
        BadgeName.UPTIME: named[Window.MONTH],
        **{BadgeName(f"uptime-{window}"): badge for window, badge in named.items()},
    }


def _uptime(window: Window, percent: float | None, thresholds: Thresholds) -> Badge:
    label = f"uptime {window}"
    if percent is None:
        return Badge(label, _NO_DATA, "lightgrey")
    cut = floored(percent)
    return Badge(label, f"{cut:.2f}".rstrip("0").rstrip(".") + "%", _at_least(cut, thresholds))


def _response_times(
    times: tuple[float | None, float | None, float | None], thresholds: Thresholds | None
) -> dict[BadgeName, Badge]:
    """Return the badges of the average, the median and the 95th percentile in milliseconds."""
    names = (BadgeName.RESPONSE_TIME, BadgeName.RESPONSE_TIME_P50, BadgeName.RESPONSE_TIME_P95)
    return {name: _response_time(name, time, thresholds) for name, time in zip(names, times, strict=True)}


def _response_time(name: BadgeName, time: float | None, thresholds: Thresholds | None) -> Badge:
    label = name.replace("-", " ")
    if time is None:
        return Badge(label, _NO_DATA, "lightgrey")
    # What is at most so much is at least its negative.
    colour = "blue" if thresholds is None else _at_least(-time, (-thresholds[0], -thresholds[1], -thresholds[2]))
    return Badge(label, rough_milliseconds(time), colour)


def _certificate(days: int | None, thresholds: Thresholds) -> Badge:
    if days is None:
        return Badge("certificate", _NO_DATA, "lightgrey")
    if days < 0:
        return Badge("certificate", "expired", "red", is_error=True)
    # In whole weeks as long as nobody needs to hurry: each change is two PUTs for each monitor.
    unhurried = days >= max(_WEEKS_FROM, thresholds[0])
    left = f"{days // 7} weeks" if unhurried else "1 day" if days == 1 else f"{days} days"
    return Badge("certificate", left, _at_least(days, thresholds))


def _at_least(value: float, thresholds: Thresholds) -> str:
    return next((colour for least, colour in zip(thresholds, _SCALE, strict=True) if value >= least), "red")


def _mean(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None


def _worst(values: Iterable[float | None]) -> float | None:
    return max((value for value in values if value is not None), default=None)
