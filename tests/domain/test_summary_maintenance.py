"""What a page says of planned windows."""

import json
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from functions.domain.history import Span
from functions.domain.maintenance import Calendar, MaintenancePlan
from functions.domain.page import Page
from functions.domain.public_figures import Window
from functions.domain.settling import settle
from functions.domain.snapshot import Overall, Snapshot
from functions.domain.status_document import encode_status
from functions.domain.summary import MOST_WINDOWS, Record, summarise
from functions.domain.verdict import Verdict
from tests.fakes.history import hour, incident, monitor, shard_state, state, utc

HOUR = utc(2026, 11, 22, 15)
AT = HOUR + timedelta(minutes=20)


def plan(start: datetime, *, minutes: int = 60, monitors: tuple[str, ...] = ("api", "elsewhere")) -> MaintenancePlan:
    """Return a window from `start` on."""
    return MaintenancePlan(
        title="Upgrade",
        description="A new version.",
        start=start.replace(tzinfo=None).isoformat(),
        time_zone="UTC",
        seconds=minutes * 60,
        monitors=monitors,
    )


def shown(*plans: MaintenancePlan, verdict: Verdict = Verdict.DOWN, judged_at: datetime = AT) -> Snapshot:
    """Return a page with the monitors `api`, in some verdict, and `other`, which is up."""
    spans = [hour(HOUR - timedelta(hours=1), of=Span(up=1200, maintenance=2400))]
    record = Record(
        states=[shard_state(state(verdict, judged_at), state(Verdict.UP, AT, monitor_id="other"))],
        incidents=[incident(AT - timedelta(minutes=5))] if verdict.failing else [],
        past=settle([], spans, hour=HOUR),
        live=[],
    )
    monitors = {"api": monitor("api"), "other": monitor("other")}
    page = Page(id="acme", title="Acme", monitors=("api", "other"))
    return summarise(page, monitors, record, url="https://x.example", at=AT, calendar=Calendar(plans))


@pytest.mark.parametrize("verdict", [Verdict.UP, Verdict.DEGRADED, Verdict.DOWN])
def test_while_it_is_under_way_the_verdict_is_maintenance(verdict: Verdict) -> None:
    """Whatever the checks see, since the window began, and without an accusation."""
    api, other = shown(plan(HOUR), verdict=verdict).monitors
    assert (api.verdict, api.since, api.cause) == (Verdict.MAINTENANCE, HOUR, None)
    assert other.verdict is Verdict.UP


def test_a_monitor_that_is_silent_in_its_window_is_in_maintenance() -> None:
    """It was announced; nobody need wonder."""
    found = shown(plan(HOUR), judged_at=AT - timedelta(hours=1))
    assert found.monitors[0].verdict is Verdict.MAINTENANCE
    assert found.overall is Overall.MAINTENANCE


def test_an_incident_that_goes_on_is_still_there() -> None:
    """A window hides no incident that was announced."""
    assert shown(plan(HOUR)).open_incidents


@pytest.mark.parametrize(
    ("begins", "listed"),
    [
        pytest.param(-timedelta(hours=1), [], id="over now"),
        pytest.param(-timedelta(minutes=59), [True], id="under way"),
        pytest.param(timedelta(), [True], id="from this moment on"),
        pytest.param(timedelta(minutes=1), [False], id="near"),
        pytest.param(timedelta(days=6, hours=23), [False], id="in a week"),
        pytest.param(timedelta(days=7), [], id="later"),
    ],
)
def test_what_is_under_way_or_near_is_listed(begins: timedelta, listed: list[bool]) -> None:
    """With whether it is under way."""
    assert [window.under_way for window in shown(plan(AT + begins)).maintenance] == listed


def test_only_the_pages_own_monitors_are_named() -> None:
    """And a window of others is not listed at all."""
    near = AT + timedelta(hours=1)
    (window,) = shown(plan(near), plan(near, monitors=("elsewhere",))).maintenance
    assert window.monitors == ("api",)


def test_the_document_lists_it() -> None:
    """As docs/api.md says."""
    (window,) = json.loads(encode_status(shown(plan(HOUR))))["maintenance"]
    assert window.pop("id").startswith("20261122T150000Z-")
    assert window == {
        "title": "Upgrade",
        "description": "A new version.",
        "status": "in_progress",
        "scheduledFor": "2026-11-22T15:00:00Z",
        "scheduledUntil": "2026-11-22T16:00:00Z",
        "endpoints": ["api"],
    }


def test_a_day_that_had_a_window_shows_it_and_misses_nothing() -> None:
    """20 minutes up, 40 in maintenance: 100 % of what counts, and the bar says why."""
    api = shown().monitors[0]
    assert api.days[-1].verdict is Verdict.MAINTENANCE
    assert api.uptime[Window.DAY].percent == 100.0


def test_the_published_calendar_reaches_from_90_days_back_to_180_ahead() -> None:
    """Also what is over and what is not announced yet; windows of other pages' monitors are not in it."""
    days = (-91, -90, -1, 6, 8, 179, 181)
    plans = [plan(AT + timedelta(days=day)) for day in days]
    page = shown(*plans, plan(AT + timedelta(days=2), monitors=("elsewhere",)))
    assert [round((window.start - AT) / timedelta(days=1)) for window in page.planned] == [-90, -1, 6, 8, 179]
    assert [round((window.start - AT) / timedelta(days=1)) for window in page.maintenance] == [6]


def test_of_very_many_windows_the_nearest_are_published() -> None:
    """So many of those that are over, and so many of the others."""
    hourly = replace(plan(utc(2026, 1, 1), minutes=30), rule="FREQ=HOURLY")
    page = shown(hourly)
    over = [window for window in page.planned if window.end <= AT]
    assert (len(over), len(page.planned)) == (MOST_WINDOWS, 2 * MOST_WINDOWS)
    assert [window.start for window in page.planned if window.under_way] == [HOUR]


def test_two_windows_of_one_title_that_begin_together_have_ids_of_their_own() -> None:
    """And keep them: calendars and clients know them by these."""
    page = shown(plan(AT, monitors=("api",)), plan(AT, monitors=("other",)))
    first, second = (window.id for window in page.planned)
    assert second == f"{first}-2"
    assert [window.id for window in page.maintenance] == [first, second]
