"""How a change becomes an incident's entry and an event."""

from dataclasses import replace
from datetime import timedelta

import pytest

from functions.domain import public_wording
from functions.domain.announcement import announce
from functions.domain.change import Change
from functions.domain.event import EventKind
from functions.domain.finding import Attribution, Certainty, Finding
from functions.domain.result import Failure
from functions.domain.timeline import TIMELINE_LIMIT
from functions.domain.verdict import FailureKind, Phase, Verdict
from tests.fakes.samples import FAILURE, NOON, incident, minute


def _change(kind: EventKind, verdict: Verdict, at: float = 5, *, removed: bool = False) -> Change:
    return Change(
        kind=kind,
        monitor="api",
        incident="20261122T120000Z-api",
        previous=Verdict.UP,
        verdict=verdict,
        at=minute(at),
        changed_at=minute(at - 1),
        failure=FAILURE if verdict.failing else None,
        status_code=503 if verdict.failing else None,
        removed=removed,
    )


def test_a_very_long_timeline_keeps_its_first_and_its_newest_entries() -> None:
    """An item holds 400 KB; how it began and how it stands is what people look for."""
    current = incident()
    for n in range(300):
        current, event = announce(_change(EventKind.UPDATED, Verdict.DOWN, n), current)
    assert len(current.updates) == TIMELINE_LIMIT
    assert current.updates[0] == incident().updates[0]
    assert current.updates[-1].at == minute(299)
    assert event.id.endswith("-301-updated")


def test_the_end_is_never_before_the_start() -> None:
    """Even where regions disagree on the order of things."""
    early = _change(EventKind.RESOLVED, Verdict.UP, at=-30)
    resolved, event = announce(early, incident())
    assert resolved.resolved_at == NOON == event.resolved_at


def test_a_monitor_that_was_removed_ends_with_a_note() -> None:
    """The timeline does not claim that it recovered."""
    resolved, event = announce(_change(EventKind.RESOLVED, Verdict.NO_DATA, removed=True), incident())
    assert not resolved.open
    assert resolved.updates[-1].body == event.summary == "This monitor is no longer watched."


def test_an_incident_that_is_not_stored_is_written_anew() -> None:
    """Better one that begins late than a judge that stops."""
    written, event = announce(_change(EventKind.RESOLVED, Verdict.UP), None)
    assert written.id == event.incident == "20261122T120000Z-api"
    assert written.resolved_at is not None
    assert written.resolved_at - written.started_at == timedelta(0)


@pytest.mark.parametrize("kind", FailureKind)
@pytest.mark.parametrize("phase", [None, *Phase])
@pytest.mark.parametrize("status_code", [None, 503])
def test_every_cause_has_a_public_sentence(kind: FailureKind, phase: Phase | None, status_code: int | None) -> None:
    """One sentence that begins with a capital and ends with a full stop."""
    sentence = public_wording.describe(kind, status_code=status_code, phase=phase)
    assert sentence[0].isupper()
    assert sentence.endswith(".")
    assert sentence.count(".") == 1


@pytest.mark.parametrize(
    ("kind", "status_code", "phase", "expected"),
    [
        (FailureKind.STATUS, 503, None, "The health check answers with HTTP 503."),
        (FailureKind.STATUS, None, None, "The health check answers with an unexpected status."),
        (
            FailureKind.TIMEOUT,
            None,
            Phase.FIRST_BYTE,
            "It does not answer in time: it was connected to, and nothing came.",
        ),
        (FailureKind.TIMEOUT, None, "connect", "It does not answer in time: connecting to it takes too long."),
        (FailureKind.LATENCY, 200, None, "It answers too slowly."),
        (
            FailureKind.LATENCY,
            200,
            Phase.DNS,
            "It answers too slowly: most of the time goes into looking up its address.",
        ),
    ],
)
def test_the_sentence_names_what_helps(
    kind: FailureKind, status_code: int | None, phase: Phase | str | None, expected: str
) -> None:
    """The status where that is the cause, the phase where it is a timeout."""
    assert public_wording.describe(kind, status_code=status_code, phase=phase) == expected


def test_from_where_alone_it_was_down_stays_with_the_incident() -> None:
    """History tells it, unless it got worse: then it was not from there alone."""
    alone = replace(_change(EventKind.OPENED, Verdict.DEGRADED), only_from=("eu-west-1",))
    opened, _ = announce(alone, None)
    resolved, _ = announce(_change(EventKind.RESOLVED, Verdict.UP, at=9), opened)
    assert opened.only_from == resolved.only_from == ("eu-west-1",)
    worse, _ = announce(_change(EventKind.UPDATED, Verdict.DOWN, at=7), opened)
    eased, _ = announce(replace(alone, kind=EventKind.UPDATED, previous=Verdict.DOWN), worse)
    assert worse.only_from == eased.only_from == ()


def test_the_layer_that_answered_is_told_in_public_as_likely_and_without_its_name() -> None:
    """What a gateway is made of is nobody's business."""
    found = Attribution(finding=Finding.ALB_TIMEOUT, certainty=Certainty.CERTAIN)
    change = replace(_change(EventKind.OPENED, Verdict.DOWN), failure=replace(FAILURE, attribution=found))
    written, event = announce(change, None)
    assert event.summary == written.updates[0].body
    assert event.summary == (
        "The health check answers with HTTP 503. "
        "The gateway in front of the application likely got no good answer from it."
    )
    assert event.failure is not None
    assert written.failure is not None
    assert event.failure.attribution == written.failure.attribution == found


@pytest.mark.parametrize(
    ("verdict", "expected"),
    [
        (Verdict.DEGRADED, "Stripe has a problem, as its own status page says."),
        (Verdict.DOWN, "Stripe has a major outage, as its own status page says."),
    ],
)
def test_an_upstream_is_named(verdict: Verdict, expected: str) -> None:
    """In public, since it is the likely cause of what else is wrong; its own words stay inside."""
    failure = Failure(kind=FailureKind.UPSTREAM, reason="Stripe reports: PRIVATE", subject="Stripe")
    written, event = announce(replace(_change(EventKind.OPENED, verdict), failure=failure), None)
    assert [update.body for update in written.updates] == [event.summary] == [expected]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (FailureKind.STATUS, "The step “Log in” answers with HTTP 500."),
        (FailureKind.SCHEMA, "The step “Log in” fails. Its answer does not have the expected form."),
    ],
)
def test_a_step_is_named(kind: FailureKind, expected: str) -> None:
    """Its name is public; what it saw is not."""
    failure = Failure(kind=kind, reason="step 1 “Log in”: PRIVATE", step="Log in")
    written, event = announce(replace(_change(EventKind.OPENED, Verdict.DOWN), failure=failure, status_code=500), None)
    assert [update.body for update in written.updates] == [event.summary] == [expected]
