"""What shields.io makes of some texts, to hold our badges against.

Made with badge-maker 6.0.0 from npm, `makeBadge({label, message, style})`, by reading the attributes of the SVG. Widths
and places of texts are in tenths of a pixel, those of the whole in pixels.
"""

from typing import NamedTuple


class Figures(NamedTuple):
    """The width of the badge; middle and length of the label's and of the message's text."""

    label: str
    message: str
    width: float
    label_x: float
    label_length: float
    message_x: float
    message_length: float


HEIGHTS = {"flat": (20, 140), "flat-square": (20, 140), "plastic": (18, 130), "for-the-badge": (28, 175)}
"""Height, and the base line of the text."""

QUIET = (
    Figures("uptime 30d", "99.98%", 126, 375, 630, 985, 430),
    Figures("status", "up", 66, 225, 330, 535, 130),
    Figures("Shop API", "degraded", 122, 315, 510, 905, 510),
    Figures("response time", "no data", 140, 455, 790, 1135, 410),
    Figures("certificate", "34 days", 118, 335, 550, 905, 430),
    Figures("Checkout & Co.", "partial outage", 182, 485, 850, 1375, 770),
    Figures("WMm@%", "iIl1", 90, 325, 530, 755, 170),
    Figures("uptime 90d", "100%", 116, 375, 630, 935, 330),
    Figures("response time p95", "1.2 s", 150, 575, 1030, 1305, 270),
    Figures("build", "passing", 88, 195, 270, 615, 410),
    Figures("cactus", "grown", 90, 235, 350, 665, 350),
    Figures("Ünïcödé", "up", 76, 275, 430, 635, 130),
)
"""In `flat`, `flat-square` and `plastic`."""

LOUD = (
    Figures("uptime 30d", "99.98%", 174, 492.5, 745, 1362.5, 515),
    Figures("status", "up", 113, 357.5, 475, 922.5, 175),
    Figures("Shop API", "degraded", 178, 410, 580, 1300, 720),
    Figures("response time", "no data", 207, 616.25, 992.5, 1651.25, 597.5),
    Figures("certificate", "34 days", 184.5, 518.75, 797.5, 1441.25, 567.5),
    Figures("Checkout & Co.", "partial outage", 269, 647.5, 1055, 1992.5, 1155),
    Figures("WMm@%", "iIl1", 130.25, 386.25, 532.5, 1037.5, 290),
    Figures("uptime 90d", "100%", 161.5, 492.5, 745, 1300, 390),
    Figures("response time p95", "1.2 s", 208.5, 751.25, 1262.5, 1793.75, 342.5),
    Figures("build", "passing", 145, 306.25, 372.5, 1031.25, 597.5),
    Figures("cactus", "grown", 146.75, 362.5, 485, 1096.25, 502.5),
    Figures("Ünïcödé", "up", 121.25, 398.75, 557.5, 1005, 175),
)
"""In `for-the-badge`."""
