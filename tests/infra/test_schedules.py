"""From an interval to a schedule."""

import pytest

from infra.schedules import expression


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        (60, "cron(* * * * ? *)"),
        (120, "cron(0/2 * * * ? *)"),
        (300, "cron(0/5 * * * ? *)"),
        (1800, "cron(0/30 * * * ? *)"),
        (3600, "cron(0 * * * ? *)"),
        (7200, "cron(0 0/2 * * ? *)"),
        (86400, "cron(0 0 * * ? *)"),
        (420, "rate(7 minutes)"),
        (5400, "rate(90 minutes)"),
    ],
)
def test_regions_mean_the_same_minute_where_the_clock_allows_it(seconds: int, expected: str) -> None:
    """Seven minutes do not divide an hour: then the schedule counts from when it was made."""
    assert expression(seconds) == expected


@pytest.mark.parametrize("seconds", [0, 30, 59, 90, 61])
def test_what_eventbridge_cannot_schedule_is_refused(seconds: int) -> None:
    """Validation refuses it before; this is the second lock."""
    with pytest.raises(ValueError, match="whole minutes"):
        expression(seconds)
