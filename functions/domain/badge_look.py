"""How a page's badges look: what pulseboard.yaml may say of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class BadgeStyle(StrEnum):
    """Shapes with the names and the metrics that shields.io gives them."""

    FLAT = "flat"
    FLAT_SQUARE = "flat-square"
    PLASTIC = "plastic"
    FOR_THE_BADGE = "for-the-badge"


class BadgeName(StrEnum):
    """What badges tell, by the name of their file; `uptime` is that over 30 days."""

    STATUS = "status"
    UPTIME = "uptime"
    UPTIME_DAY = "uptime-24h"
    UPTIME_WEEK = "uptime-7d"
    UPTIME_MONTH = "uptime-30d"
    UPTIME_QUARTER = "uptime-90d"
    RESPONSE_TIME = "response-time"
    RESPONSE_TIME_P50 = "response-time-p50"
    RESPONSE_TIME_P95 = "response-time-p95"
    CERTIFICATE = "certificate"


Labels = Mapping[str, str]
"""What stands on the left, by the badge's name."""

Thresholds = tuple[float, float, float]
"""Where bright green, green and yellow end; what is worse is red."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BadgeLook:
    """`style` is that of `{badge}.svg`, `styles` are those that there are beside it as `{badge}.{style}.svg`.

    `labels` are the page's own, for its groups and monitors as well; of `status` for the page alone, since theirs is a
    name. `monitors` has labels by monitor's id, which come first. `uptime` is in percent, at least; `certificate` in
    days, at least; `response_time` in ms, at most, None for no colours.
    """

    style: BadgeStyle = BadgeStyle.FLAT
    styles: tuple[BadgeStyle, ...] = tuple(BadgeStyle)
    labels: Labels = field(default_factory=dict)
    monitors: Mapping[str, Labels] = field(default_factory=dict)
    uptime: Thresholds = (99.9, 99.0, 95.0)
    certificate: Thresholds = (30, 14, 7)
    response_time: Thresholds | None = None


def decode_look(document: Mapping[str, Any]) -> BadgeLook:
    """Return what config.json says of a page's badges."""
    said: dict[str, Any] = {key: tuple(said) if isinstance(said, list) else said for key, said in document.items()}
    if "style" in said:
        said["style"] = BadgeStyle(said["style"])
    if "styles" in said:
        said["styles"] = tuple(map(BadgeStyle, said["styles"]))
    return BadgeLook(**said)
