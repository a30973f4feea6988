"""How the public sees an incident, and what people report that checks do not see."""

from dataclasses import replace

import pytest

from functions.domain.announcement import announce
from functions.domain.change import Change
from functions.domain.event import EventKind
from functions.domain.incident import Incident, IncidentStatus, Origin
from functions.domain.incident_view import view_incident
from functions.domain.part import Part
from functions.domain.people import acknowledge, add_update, write_postmortem
from functions.domain.public_incident import Affected, IncidentView, Stretch
from functions.domain.reported import reports, with_report
from functions.domain.verdict import FailureKind, Verdict
from tests.fakes.samples import FAILURE, NOON, incident, minute, opened
from tests.fakes.views import monitor_view

NAMES = {"api": "Shop API", "search": "Search"}
UP, DEGRADED, DOWN = Verdict.UP, Verdict.DEGRADED, Verdict.DOWN


def _shown(of: Incident) -> IncidentView:
    view = view_incident(of, NAMES)
    assert view is not None
    return view


def _eventful() -> Incident:
    """Return what a person opened, another monitor joined, got better and ended."""
    found = opened()[0]
    for n, status, affected in (
        (5, IncidentStatus.IDENTIFIED, {"search": DEGRADED, "secret": DOWN}),
        (8, IncidentStatus.MONITORING, {"api": DEGRADED}),
        (9, IncidentStatus.MONITORING, {}),
        (12, IncidentStatus.RESOLVED, {}),
    ):
        found = add_update(found, status=status, body="Words.", at=minute(n), affected=affected)[0]
    return found


def test_lanes_tell_how_each_monitor_fared() -> None:
    """From when it was affected to the end, without gaps; of the page's own monitors alone."""
    lanes = {lane.monitor: lane.stretches for lane in _shown(_eventful()).lanes}
    assert lanes == {
        "api": (
            Stretch(start=NOON, end=minute(8), verdict=DOWN),
            Stretch(start=minute(8), end=minute(12), verdict=DEGRADED),
        ),
        "search": (Stretch(start=minute(5), end=minute(12), verdict=DEGRADED),),
    }


def test_updates_say_what_they_change() -> None:
    """Before and after, and nothing of a monitor that the page does not show."""
    view = _shown(_eventful())
    assert [update.affected for update in view.updates] == [
        (Affected(monitor="api", before=UP, after=DOWN),),
        (Affected(monitor="search", before=UP, after=DEGRADED),),
        (Affected(monitor="api", before=DOWN, after=DEGRADED),),
        (),
        (Affected(monitor="api", before=DEGRADED, after=UP), Affected(monitor="search", before=DEGRADED, after=UP)),
    ]
    assert [update.id for update in view.updates] == [f"{view.id}-{n}" for n in range(1, 6)]
    assert (view.monitoring_at, view.updated_at, view.cause) == (minute(8), minute(12), None)


def _shown_to(page: dict[str, str], of: Incident) -> IncidentView:
    view = view_incident(of, page)
    assert view is not None
    return view


def test_how_bad_it_is_elsewhere_is_not_told() -> None:
    """A page says how its own monitors are, in title, impact and each entry; others may be private."""
    found, _ = add_update(
        opened(api=DEGRADED, secret=DOWN)[0], status=None, body="x", at=minute(1), affected={"api": UP}
    )
    view = _shown_to(NAMES, found)
    assert (view.verdict, [update.verdict for update in view.updates]) == (DEGRADED, [DEGRADED, UP])
    everywhere = _shown_to({**NAMES, "secret": "Secret"}, found)
    assert (everywhere.verdict, [update.verdict for update in everywhere.updates]) == (DOWN, [DOWN, DOWN])


def test_what_checks_saw_of_a_monitor_stays_on_pages_that_show_it() -> None:
    """A person adds a public monitor to the incident of a private one: what people say is public, no cause, no part."""
    secret = Part(name="Ledger", verdict=DOWN)
    change = Change(
        kind=EventKind.OPENED,
        monitor="secret",
        incident="20261122T120000Z-x",
        previous=UP,
        verdict=DOWN,
        at=minute(1),
        changed_at=NOON,
        failure=replace(FAILURE, parts=(secret,)),
        only_from=("eu-west-1",),
    )
    begun, _ = announce(change, None)
    joined, _ = add_update(begun, status=None, body="Slow, too.", at=minute(2), affected={"api": DEGRADED})
    recovered = replace(change, kind=EventKind.RESOLVED, previous=DOWN, verdict=UP, failure=None, at=minute(9))
    ended, _ = announce(replace(recovered, changed_at=minute(8)), joined)

    view = _shown_to(NAMES, ended)
    assert (view.title, view.cause, view.down_from, view.verdict) == ("Shop API degraded", None, (), DEGRADED)
    assert [(update.body, update.verdict) for update in view.updates] == [
        ("Slow, too.", DEGRADED),
        ("The health check passes again.", UP),
    ]
    assert "Ledger" not in repr(view)
    own = _shown_to({"secret": "Secret"}, ended)
    assert (own.verdict, len(own.updates), own.down_from) == (DOWN, 3, ("eu-west-1",))
    assert "Ledger" in repr(own)


def test_the_lane_of_what_checks_opened_begins_at_the_first_failing_check_and_ends_at_the_first_good_one() -> None:
    """Not at those that confirmed it."""
    change = Change(
        kind=EventKind.OPENED,
        monitor="api",
        incident="20261122T120000Z-x",
        previous=UP,
        verdict=DOWN,
        at=minute(3),
        changed_at=NOON,
        failure=FAILURE,
    )
    begun, _ = announce(change, None)
    over = replace(change, kind=EventKind.RESOLVED, previous=DOWN, verdict=UP, failure=None)
    ended, _ = announce(replace(over, at=minute(9), changed_at=minute(7)), begun)
    (lane,) = _shown(ended).lanes
    assert lane.stretches == (Stretch(start=NOON, end=minute(7), verdict=DOWN),)
    (running,) = _shown(begun).lanes
    assert running.stretches == (Stretch(start=NOON, end=None, verdict=DOWN),)


def test_who_is_on_it_and_what_was_learnt_are_shown() -> None:
    """Both count as the newest word."""
    taken = acknowledge(opened()[0], by="Payments", at=minute(2))
    assert taken is not None
    assert _shown(taken[0]).acknowledged == taken[0].acknowledged
    assert _shown(taken[0]).updated_at == minute(2)
    learnt = write_postmortem(_eventful(), body="# Why", at=minute(99))
    assert learnt is not None
    assert _shown(learnt[0]).postmortem == learnt[0].postmortem
    assert _shown(learnt[0]).updated_at == minute(99)


@pytest.mark.parametrize(
    ("checks", "people", "shown"),
    [
        (UP, DEGRADED, DEGRADED),
        (UP, DOWN, DOWN),
        (Verdict.NO_DATA, DOWN, DOWN),
        (Verdict.MAINTENANCE, DEGRADED, DEGRADED),
        (DEGRADED, DOWN, DOWN),
        (DOWN, DEGRADED, DOWN),
    ],
)
def test_people_can_make_it_look_worse_and_never_better(checks: Verdict, people: Verdict, shown: Verdict) -> None:
    """And whatever they say, there is a way to the incident; uptime stays what checks saw."""
    found, _ = opened(api=people)
    before = monitor_view("api", verdict=checks)
    after = with_report(before, reports([found])["api"])
    assert (after.verdict, after.incident) == (shown, found.id)
    assert after.since == (NOON if shown is not checks else before.since)
    assert (after.uptime, after.days) == (before.uptime, before.days)


def test_an_incident_that_is_over_or_that_checks_opened_reports_nothing() -> None:
    """How a checked monitor is, checks say; others that a person added to it count."""
    assert reports([_eventful(), incident()]) == {}
    annotated, _ = add_update(incident(), status=None, body="x", at=minute(1), affected={"search": DOWN})
    assert {monitor: report.verdict for monitor, report in reports([annotated]).items()} == {"search": DOWN}
    assert annotated.origin is Origin.JUDGE


def test_a_monitor_that_people_call_well_again_is_as_checks_see_it() -> None:
    """While the incident goes on for others."""
    found, _ = opened(api=DOWN, search=DOWN)
    eased, _ = add_update(found, status=None, body="x", at=minute(1), affected={"api": UP})
    assert set(reports([eased])) == {"search"}
    assert with_report(monitor_view("api"), None) == monitor_view("api")


def _by_checks(**other: object) -> Incident:
    return replace(incident(), **other)  # type: ignore[arg-type]  # fields of an incident


def _acknowledged() -> Incident:
    told = acknowledge(incident(), by="Kim", at=minute(1))
    assert told is not None
    return told[0]


@pytest.mark.parametrize(
    ("found", "unclaimed"),
    [
        (_by_checks(), True),
        (_acknowledged(), False),
        (add_update(_by_checks(), status=None, body="We look.", at=minute(2))[0], False),
        (_by_checks(resolved_at=minute(3)), False),
        (opened()[0], False),
        (_by_checks(failure=replace(FAILURE, kind=FailureKind.UPSTREAM, subject="Stripe")), False),
    ],
)
def test_what_checks_found_is_unclaimed_until_a_person_says_something(found: Incident, *, unclaimed: bool) -> None:
    """Not what is over, what a person opened, or what somebody else has to mend."""
    assert _shown(found).unclaimed is unclaimed
