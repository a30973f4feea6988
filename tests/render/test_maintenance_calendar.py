"""The calendar as other programs read it: the right moments, events that stay, and text that stays text."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest

from functions.domain.maintenance import Calendar, MaintenancePlan
from functions.domain.page import Page
from functions.domain.settling import settle
from functions.domain.snapshot import MaintenanceView, Snapshot
from functions.domain.summary import Record, summarise
from functions.render.maintenance_calendar import maintenance_calendar, window_calendar
from functions.render.templates import Templates
from tests.fakes import snapshots, views
from tests.fakes.history import monitor
from tests.render.test_hostile_text import HOSTILE

WORDS = Templates(language="en").words
WINDOW = MaintenanceView(
    id="20261122T110000Z-5a6b7c8d",
    title="Upgrade",
    description="A new version.",
    monitors=("shop-api",),
    start=views.NOW,
    end=views.NOW + timedelta(hours=2),
    under_way=True,
)


def events(snapshot: Snapshot) -> list[Any]:
    """Return what icalendar reads; its types do not say what a property holds."""
    body = maintenance_calendar(snapshot, WORDS).body
    found = icalendar.Calendar.from_ical(body.decode())
    assert not found.errors
    for event in found.walk("VEVENT"):
        assert not event.errors
    return list(found.walk("VEVENT"))


def page(*windows: MaintenanceView) -> Snapshot:
    """Return a page with planned windows."""
    return replace(snapshots.snapshot([views.monitor_view()]), planned=windows)


def test_each_window_is_an_event() -> None:
    """With its times, its title, its description and whom it concerns."""
    [event] = events(page(WINDOW))
    assert (event["SUMMARY"], event["URL"]) == ("Upgrade", f"https://status.acme.example/maintenance/{WINDOW.id}")
    assert event["DESCRIPTION"] == "A new version.\n\nAffected: Shop API"
    assert (event.start, event.end) == (WINDOW.start, WINDOW.end)
    assert event["TRANSP"] == "TRANSPARENT"
    assert not event.walk("VALARM")


def test_a_window_alone_is_the_event_of_the_calendar() -> None:
    """Whoever adds it and subscribes as well has it once."""
    snapshot = page(WINDOW)
    alone = window_calendar(WINDOW, {"shop-api": "Shop API"}, snapshot, WORDS)
    found = icalendar.Calendar.from_ical(alone.body.decode())
    assert not found.errors
    assert found.walk("VEVENT") == events(snapshot)


def test_an_event_stays_itself() -> None:
    """Its id and stamp are the same at each rendering, whatever else there is; the stamp is over."""
    other = replace(WINDOW, id="other", start=WINDOW.start - timedelta(days=1), under_way=False)
    later = replace(page(other, WINDOW), generated_at=views.NOW + timedelta(days=3))
    [first] = events(page(WINDOW))
    _, second = events(later)
    assert (first["UID"], first["DTSTAMP"].dt) == (second["UID"], second["DTSTAMP"].dt)
    assert first["DTSTAMP"].dt < views.NOW


def test_pages_of_one_deployment_can_be_subscribed_to_together() -> None:
    """The same window has an id of its own on each."""
    one = page(WINDOW)
    other = replace(one, page=replace(one.page, id="other"))
    assert events(one)[0]["UID"] != events(other)[0]["UID"]


def test_a_recurring_window_keeps_its_wall_clock_time_when_the_clocks_change() -> None:
    """Three in the morning in Berlin, in winter and in summer, for as far as the calendar goes."""
    plan = MaintenancePlan(
        title="Patching",
        start="2026-01-04T03:30",
        time_zone="Europe/Berlin",
        seconds=3600,
        monitors=("api",),
        rule="FREQ=WEEKLY;BYDAY=SU",
    )
    at = datetime(2027, 2, 1, 12, tzinfo=UTC)
    made = summarise(
        Page(id="acme", title="Acme", monitors=("api",)),
        {"api": monitor("api")},
        Record(states=[], incidents=[], past=settle([], [], hour=at), live=[]),
        url="https://status.acme.example",
        at=at,
        calendar=Calendar((plan,)),
    )
    starts = [event.start for event in events(made)]
    assert len(starts) == len(set(starts)) == 38
    assert {start.astimezone(ZoneInfo("Europe/Berlin")).strftime("%a %H:%M") for start in starts} == {"Sun 03:30"}
    assert {start.strftime("%H:%M") for start in starts} == {"02:30", "01:30"}
    assert (min(starts), max(starts)) == (
        datetime(2026, 11, 8, 2, 30, tzinfo=UTC),
        datetime(2027, 7, 25, 1, 30, tzinfo=UTC),
    )


@pytest.mark.parametrize("text", [*HOSTILE.values(), "a\r\nEND:VEVENT\r\nX:y", "a;b,c\\n\\;d", "ü" * 200, "a\u2028b"])
def test_no_text_leaves_its_line(text: str) -> None:
    """Lines are folded within 75 octets and between characters; reading gives back the text."""
    window = replace(WINDOW, title=text, description=text)
    made = replace(page(window), monitors=(views.monitor_view(name=text),))
    body = maintenance_calendar(replace(made, page=replace(made.page, title=text)), WORDS).body
    assert all(len(line) <= 75 for line in body.split(b"\r\n"))
    assert b"\n" not in body.replace(b"\r\n", b"")
    names = [line.partition(b":")[0] for line in body.split(b"\r\n") if line and not line.startswith(b" ")]
    assert names.count(b"END") == 2, "of the event and of the calendar"
    [event] = events(made)
    assert len(event.keys()) == 9
    if text.isprintable() and len(text) < 200 and "\u202e" not in text:
        assert event["SUMMARY"] == " ".join(text.split())
        assert event["DESCRIPTION"].startswith(text)


def test_a_calendar_without_windows_is_a_calendar() -> None:
    """The format demands a component."""
    body = maintenance_calendar(page(), WORDS).body
    found = icalendar.Calendar.from_ical(body.decode())
    assert found["X-WR-CALNAME"] == "Acme API Status: maintenance"
    assert len(found.subcomponents) == 1
    assert found.walk("VEVENT") == []
