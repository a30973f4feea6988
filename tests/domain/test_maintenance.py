"""When planned maintenance is under way: once or recurring, in summer and in winter."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.domain.maintenance import Calendar, MaintenancePlan

BERLIN = "Europe/Berlin"


def plan(start: str, *, rule: str | None = None, zone: str = "UTC", minutes: int = 60) -> MaintenancePlan:
    """Return a plan for the monitor `api`."""
    return MaintenancePlan(
        title="Patching", start=start, time_zone=zone, seconds=minutes * 60, monitors=("api",), rule=rule
    )


def at(text: str) -> datetime:
    """Return a moment in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def starts(planned: MaintenancePlan, since: str, until: str) -> list[str]:
    """Return when the windows between two moments begin, in UTC."""
    return [f"{w.start:%m-%d %H:%M}" for w in planned.occurrences(at(since), at(until))]


@pytest.mark.parametrize(
    ("planned", "since", "until", "expected"),
    [
        pytest.param(plan("2026-11-22T12:00"), "2026-11-01", "2026-12-01", ["11-22 12:00"], id="once"),
        pytest.param(plan("2026-11-22T12:00"), "2026-11-22T13:00", "2026-12-01", [], id="over when its end is reached"),
        pytest.param(
            plan("2026-11-22T12:00"), "2026-11-22T12:59", "2026-11-22T13:00", ["11-22 12:00"], id="seen from inside"
        ),
        pytest.param(plan("2026-11-22T12:00"), "2026-11-01", "2026-11-22T12:00", [], id="not before it begins"),
        pytest.param(
            plan("2026-11-01T03:00", rule="FREQ=WEEKLY;BYDAY=SU"),
            "2026-11-14",
            "2026-11-30",
            ["11-15 03:00", "11-22 03:00", "11-29 03:00"],
            id="every Sunday",
        ),
        pytest.param(
            plan("2026-01-30T03:00", rule="FREQ=MONTHLY;BYDAY=1SU;COUNT=2"),
            "2026-01-01",
            "2026-12-31",
            ["02-01 03:00", "03-01 03:00"],
            id="twice on the first Sunday of a month",
        ),
        pytest.param(
            plan("2026-01-01T03:00", rule="FREQ=DAILY;UNTIL=20260103T030000Z"),
            "2026-01-01",
            "2026-12-31",
            ["01-01 03:00", "01-02 03:00", "01-03 03:00"],
            id="until its last time, included",
        ),
        pytest.param(
            plan("2026-03-22T02:30", rule="FREQ=WEEKLY", zone=BERLIN),
            "2026-03-20",
            "2026-04-10",
            ["03-22 01:30", "03-29 01:30", "04-05 00:30"],
            id="at half past two, which the clocks jump over on the 29th, and an hour earlier in UTC from then on",
        ),
        pytest.param(
            plan("2026-10-18T02:30", rule="FREQ=WEEKLY", zone=BERLIN),
            "2026-10-15",
            "2026-11-05",
            ["10-18 00:30", "10-25 00:30", "11-01 01:30"],
            id="at the first of the two half past twos of the 25th",
        ),
        pytest.param(
            plan("2026-11-22T23:30", rule="FREQ=DAILY", zone="Pacific/Auckland"),
            "2026-11-23",
            "2026-11-24",
            ["11-23 10:30"],
            id="on the other side of the world",
        ),
        pytest.param(
            plan("2026-01-01T00:00", rule="FREQ=DAILY", minutes=60 * 36),
            "2026-01-10T06:00",
            "2026-01-10T07:00",
            ["01-09 00:00", "01-10 00:00"],
            id="longer than its period, so that two are under way",
        ),
    ],
)
def test_windows(planned: MaintenancePlan, since: str, until: str, expected: list[str]) -> None:
    """A plan, a span, and the starts of what lies in it."""
    assert starts(planned, since, until) == expected


def test_a_window_lasts_for_exact_seconds_also_over_a_change_of_the_clocks() -> None:
    """Two hours from half past one on the night that loses one end at half past four."""
    (window,) = plan("2026-03-29T01:30", zone=BERLIN, minutes=120).occurrences(at("2026-03-01"), at("2026-04-01"))
    assert (window.start, window.end) == (at("2026-03-29T00:30"), at("2026-03-29T02:30"))


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-11-22T11:59:59", False),
        ("2026-11-22T12:00:00", True),
        ("2026-11-22T12:59:59", True),
        ("2026-11-22T13:00:00", False),
    ],
)
def test_the_start_belongs_to_it_and_the_end_does_not(moment: str, expected: bool) -> None:  # noqa: FBT001 - a table
    """So that a run at the end's minute is an ordinary one."""
    assert Calendar((plan("2026-11-22T12:00"),)).covers("api", at(moment)) is expected


def test_it_concerns_its_own_monitors_only() -> None:
    """Whoever is not named is not in maintenance."""
    assert not Calendar((plan("2026-11-22T12:00"),)).covers("shop", at("2026-11-22T12:30"))


def test_the_same_window_always_has_the_same_id() -> None:
    """It is part of addresses; whoever asks from where does not matter."""
    weekly = plan("2026-11-01T03:00", rule="FREQ=WEEKLY")
    (early,) = weekly.occurrences(at("2026-11-21"), at("2026-11-22T04:00"))
    (late,) = weekly.occurrences(at("2026-11-22T03:30"), at("2026-11-23"))
    assert early == late


@given(
    st.integers(0, 60 * 24 * 400),
    st.sampled_from(["FREQ=DAILY", "FREQ=WEEKLY;BYDAY=SU,WE", "FREQ=MONTHLY;BYMONTHDAY=-1", "FREQ=DAILY;INTERVAL=3"]),
    st.sampled_from(["UTC", BERLIN, "America/New_York", "Australia/Lord_Howe"]),
    st.integers(1, 60 * 72),
)
def test_a_calendar_says_of_a_moment_what_its_windows_say(offset: int, rule: str, zone: str, minutes: int) -> None:
    """Whatever day it is asked on, and whatever it remembers: covered is what lies in a window."""
    planned = plan("2026-01-01T02:30", rule=rule, zone=zone, minutes=minutes)
    calendar = Calendar((planned,))
    moment = at("2026-01-02") + timedelta(minutes=offset)
    windows = planned.occurrences(moment - timedelta(days=8), moment + timedelta(days=8))
    assert calendar.covers("api", moment) == any(w.start <= moment < w.end for w in windows)
    assert calendar.covers("api", moment) == Calendar((planned,)).covers("api", moment)
