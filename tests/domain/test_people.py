"""What people do to incidents, and how that goes together with what the judge does."""

from dataclasses import replace
from typing import Any

import pytest

from functions.domain.announcement import announce
from functions.domain.change import Change
from functions.domain.event import Event, EventKind, Severity
from functions.domain.event_codec import decode_event, encode_event
from functions.domain.incident import Incident, IncidentStatus, Origin
from functions.domain.incident_codec import decode_incident, encode_incident
from functions.domain.packing import pack, unpack
from functions.domain.people import (
    ClosedError,
    EndedByChecksError,
    FullError,
    JudgedError,
    StillOpenError,
    acknowledge,
    add_update,
    retitle,
    write_postmortem,
)
from functions.domain.timeline import TIMELINE_LIMIT
from functions.domain.verdict import Verdict
from tests.fakes.samples import FAILURE, NOON, incident, minute, opened

RESOLVED, MONITORING = IncidentStatus.RESOLVED, IncidentStatus.MONITORING


def _said(of: Incident, n: float = 5, status: IncidentStatus | None = None, **affected: Verdict) -> Incident:
    return add_update(of, status=status, body="Words.", at=minute(n), affected=affected)[0]


def _judged(kind: EventKind, verdict: Verdict, previous: Verdict, n: float, of: Incident) -> Incident:
    change = Change(
        kind=kind,
        monitor="api",
        incident=of.id,
        previous=previous,
        verdict=verdict,
        at=minute(n),
        changed_at=minute(n),
        failure=FAILURE if verdict.failing else None,
    )
    return announce(change, of)[0]


def _raw(of: Incident) -> dict[str, Any]:
    document: dict[str, Any] = unpack(encode_incident(of))
    return document


def test_a_person_opens_an_incident_with_a_title_and_how_bad_it_is() -> None:
    """Nothing of a check is in it: checks may see nothing at all."""
    found, event = opened(api=Verdict.DEGRADED, shop=Verdict.DOWN)
    assert (found.origin, found.title, found.verdict) == (Origin.PERSON, "Orders are refused", Verdict.DOWN)
    assert (found.failure, found.started_at, found.open) == (None, NOON, True)
    assert found.affected == {"api": Verdict.DEGRADED, "shop": Verdict.DOWN}
    assert (event.id, event.kind, event.monitor) == (f"{found.id}-1-opened", EventKind.OPENED, "shop")
    assert event.severity is Severity.CRITICAL


@pytest.mark.parametrize("told", [opened(), opened(api=Verdict.DEGRADED, shop=Verdict.DOWN)])
def test_what_people_did_survives_the_round_trip(told: tuple[Incident, Event]) -> None:
    """Incidents and events come back from the table as they were."""
    found, event = told
    done = _said(found, 5, RESOLVED)
    learnt = write_postmortem(done, body="# Why", at=minute(9), by="Kim")
    assert learnt is not None
    for each in (found, done, learnt[0]):
        assert decode_incident(encode_incident(each)) == each
    for one in (event, learnt[1]):
        assert decode_event(encode_event(one)) == one


def test_updates_change_the_status_and_who_is_affected() -> None:
    """Each entry says what it changes, and only that; the incident remembers the worst."""
    found, _ = opened()
    after, event = add_update(
        found,
        status=MONITORING,
        body="A fix is out.",
        at=minute(5),
        affected={"api": Verdict.UP, "b": Verdict.DEGRADED},
    )
    assert after.updates[-1].affected == {"api": Verdict.UP, "b": Verdict.DEGRADED}
    assert (after.verdict, after.updates[-1].verdict) == (Verdict.DOWN, Verdict.DEGRADED)
    assert (event.kind, event.previous, event.verdict, event.severity) == (
        EventKind.UPDATED,
        Verdict.DOWN,
        Verdict.DEGRADED,
        Severity.INFO,
    )
    assert _said(after, 6).updates[-1].affected == {}
    assert _said(after, 6).status is MONITORING


def test_a_person_ends_what_a_person_opened_and_opens_it_again() -> None:
    """With all as bad as it last was, unless the update says otherwise."""
    found = _said(opened()[0], 4, None, b=Verdict.DEGRADED)
    ended, event = add_update(found, status=RESOLVED, body="Done.", at=minute(9))
    assert (ended.resolved_at, ended.affected) == (minute(9), {"api": Verdict.UP, "b": Verdict.UP})
    assert (event.kind, event.verdict, event.previous, event.resolved_at) == (
        EventKind.RESOLVED,
        Verdict.UP,
        Verdict.DOWN,
        minute(9),
    )
    again, event = add_update(ended, status=IncidentStatus.IDENTIFIED, body="No.", at=minute(20))
    assert (again.open, again.reopened, again.affected) == (True, 1, {"api": Verdict.DOWN, "b": Verdict.DEGRADED})
    assert (event.kind, event.severity) == (EventKind.UPDATED, Severity.CRITICAL)


def test_a_note_after_the_end_does_not_move_the_end() -> None:
    """It is told as an update and no second resolution."""
    ended = _said(opened()[0], 9, RESOLVED)
    noted, event = add_update(ended, status=RESOLVED, body="Refunds are on their way.", at=minute(30))
    assert (noted.resolved_at, event.kind) == (minute(9), EventKind.UPDATED)


def test_what_checks_opened_checks_end() -> None:
    """A page that says resolved beside a monitor that is down would be no use to anybody."""
    with pytest.raises(EndedByChecksError):
        _said(incident(), 5, RESOLVED)
    with pytest.raises(JudgedError):
        _said(incident(), 5, None, api=Verdict.UP)
    annotated = _said(incident(), 5, MONITORING, shop=Verdict.DEGRADED)
    ended = _judged(EventKind.RESOLVED, Verdict.UP, Verdict.DOWN, 9, annotated)
    assert (ended.status, ended.resolved_at) == (RESOLVED, minute(9))
    assert ended.affected == {"api": Verdict.UP, "shop": Verdict.UP}
    assert [update.body for update in ended.updates[:2]] == [incident().updates[0].body, "Words."]
    with pytest.raises(ClosedError):
        _said(ended, 20, MONITORING)
    assert _said(ended, 20, RESOLVED).resolved_at == minute(9)


def test_the_judge_keeps_the_status_that_people_gave() -> None:
    """It adds what it sees. Only where it gets worse while a fix is being watched does the search begin anew."""
    identified = _said(incident(), 5, IncidentStatus.IDENTIFIED)
    eased = _judged(EventKind.UPDATED, Verdict.DEGRADED, Verdict.DOWN, 6, identified)
    worse = _judged(EventKind.UPDATED, Verdict.DOWN, Verdict.DEGRADED, 7, eased)
    assert (eased.status, worse.status) == (IncidentStatus.IDENTIFIED, IncidentStatus.IDENTIFIED)
    watched = _said(eased, 7, MONITORING)
    assert _judged(EventKind.UPDATED, Verdict.DOWN, Verdict.DEGRADED, 8, watched).status is (
        IncidentStatus.INVESTIGATING
    )


def test_who_is_on_it_is_said_once_and_can_be_handed_over() -> None:
    """The same name again is no news."""
    taken = acknowledge(incident(), by="Payments", at=minute(2))
    assert taken is not None
    found, event = taken
    assert (event.kind, event.summary, event.severity) == (
        EventKind.ACKNOWLEDGED,
        "Payments is on it.",
        Severity.INFO,
    )
    assert acknowledge(found, by="Payments", at=minute(3)) is None
    handed = acknowledge(found, by="Platform", at=minute(4))
    assert handed is not None
    assert handed[1].id.endswith("-3-acknowledged")
    with pytest.raises(ClosedError):
        acknowledge(incident(resolved_at=minute(9)), by="Payments", at=minute(10))


def test_a_title_can_be_given_to_what_checks_opened() -> None:
    """The judge keeps it; the same again is no news."""
    told = retitle(incident(), title="Orders are refused", at=minute(2))
    assert told is not None
    assert retitle(told[0], title="Orders are refused", at=minute(3)) is None
    assert _judged(EventKind.RESOLVED, Verdict.UP, Verdict.DOWN, 9, told[0]).title == "Orders are refused"


def test_a_postmortem_comes_after_the_end_and_can_be_rewritten() -> None:
    """The newest one stands there; writing the same again is no news."""
    with pytest.raises(StillOpenError):
        write_postmortem(incident(), body="Why.", at=minute(5))
    ended = incident(resolved_at=minute(9))
    told = write_postmortem(ended, body="Why.", at=minute(60))
    assert told is not None
    assert told[1].kind is EventKind.POSTMORTEM
    assert write_postmortem(told[0], body="Why.", at=minute(61)) is None
    again = write_postmortem(told[0], body="Better.", at=minute(70))
    assert again is not None
    assert again[0].postmortem is not None
    assert again[0].postmortem.body == "Better."


def test_what_people_wrote_is_never_left_out_of_a_long_timeline() -> None:
    """Of the judge's entries the first and the newest stay."""
    found = _said(incident(), 1)
    for n in range(2, 300):
        found = _judged(EventKind.UPDATED, Verdict.DOWN, Verdict.DEGRADED, n, found)
    assert len(found.updates) == TIMELINE_LIMIT
    assert [update.body for update in found.updates if update.origin is Origin.PERSON] == ["Words."]
    assert found.updates[-1].number == 300


def test_an_incident_that_is_full_takes_no_more() -> None:
    """Better refused than half written: an item of the table holds 400 KB."""
    found = incident()

    def fill(of: Incident) -> Incident:
        for n in range(1_000):
            noise = "".join(chr(0x4E00 + (n * 7_919 + i * i * 31) % 20_000) for i in range(8_000))
            of = add_update(of, status=None, body=noise, at=minute(n))[0]
        return of

    with pytest.raises(FullError):
        fill(found)


def test_what_was_written_before_people_could_write_is_read() -> None:
    """Four entries to a row, no origin: numbers follow from how many events there were."""
    old = replace(
        incident(),
        announced=120,
        updates=tuple(replace(incident().updates[0], at=minute(n)) for n in range(TIMELINE_LIMIT)),
    )
    document = {**_raw(old), "updates": [row[:4] for row in _raw(old)["updates"]]}
    for name in ("origin", "title", "acknowledged", "postmortem"):
        del document[name]
    found = decode_incident(pack(document))
    assert [update.number for update in found.updates] == [1, *range(22, 121)]
    assert found.updates[0].affected == {"api": Verdict.DOWN}
    assert (found.origin, found.version) == (Origin.JUDGE, 0)
