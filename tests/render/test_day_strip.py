"""A strip's days as an attribute."""

from dataclasses import replace

import pytest

from functions.domain.public_figures import DayBar, Uptime
from functions.domain.verdict import Verdict
from functions.render.day_strip import encode_days, encode_incidents
from functions.render.templates import Templates
from tests.fakes.incident_views import incident_view
from tests.fakes.views import NOW, day_bar

TEMPLATES = Templates(language="en")
MAINTAINED = replace(day_bar(0, Verdict.MAINTENANCE), uptime=Uptime(percent=None, coverage=100.0, down_seconds=0))


@pytest.mark.parametrize(
    ("days", "text"),
    [
        ([day_bar(2), day_bar(1), day_bar(0)], "3u"),
        ([day_bar(2), day_bar(1, Verdict.NO_DATA), day_bar(0)], "u n u"),
        ([day_bar(0, Verdict.DOWN, down=720, coverage=50.0)], "x98.33,720,50"),
        ([day_bar(0, Verdict.DEGRADED)], "g"),
        ([day_bar(0, coverage=0.4)], "u,,<1"),
        ([MAINTAINED], "m-"),
    ],
)
def test_ordinary_days_take_no_room(days: list[DayBar], text: str) -> None:
    """What is alike is counted, and what is ordinary left out; uptime is cut, never rounded up."""
    assert encode_days(days) == text


def test_an_incident_says_on_which_days_it_is_linked() -> None:
    """From the day of its beginning to that of its end, or on while there is none."""
    going_on = incident_view(title="Checkout down")
    over = replace(going_on, resolved_at=NOW)
    assert encode_incidents([going_on, over], TEMPLATES.words, {"checkout": "Checkout"}) == [
        [going_on.id, "Checkout down", "2026-11-22", None, ["checkout"]],
        [going_on.id, "Checkout down", "2026-11-22", "2026-11-22", ["checkout"]],
    ]
