"""Incidents of a page, built by hand: what checks opened, what people said, and what is over."""

from datetime import datetime, timedelta

from functions.domain.incident import Acknowledgement, IncidentStatus, Origin, Postmortem
from functions.domain.public_cause import PublicCause
from functions.domain.public_incident import Affected, IncidentView, Lane, Stretch, UpdateView
from functions.domain.public_wording import RECOVERED, describe, who_answered
from functions.domain.verdict import FailureKind, Verdict
from tests.fakes.views import NOW

LEARNT = Postmortem(
    at=NOW - timedelta(days=5),
    body="# What happened\n\nA deploy took the queue's lock and *never gave it back*.\n\n"
    "| time | what |\n|---|---|\n| 12:04 | deploy |\n| 12:45 | rolled back |\n\n"
    "## What we change\n\n1. Locks expire.\n2. An alert on the queue's age.\n\n```\nSET lock_timeout = '5s';\n```",
)


def incident_view(
    monitor: str = "checkout",
    *,
    title: str = "Checkout down",
    verdict: Verdict = Verdict.DOWN,
    started_at: datetime = NOW - timedelta(minutes=24),
    resolved_at: datetime | None = None,
    cause: PublicCause | None = None,
    body: str | None = None,
) -> IncidentView:
    """Return an incident; resolved where `resolved_at` says when.

    Title and `body` are in the judge's own words, by default.
    """
    cause = cause or PublicCause(kind=FailureKind.STATUS, status_code=503)
    updates = [
        UpdateView(
            id=f"{started_at:%Y%m%dT%H%M%SZ}-1f2e3d4c-1",
            at=started_at + timedelta(minutes=1),
            status=IncidentStatus.INVESTIGATING,
            verdict=verdict,
            body=body or _told(cause),
            affected=(Affected(monitor=monitor, before=Verdict.UP, after=verdict),),
        )
    ]
    if resolved_at:
        done = UpdateView(
            id=f"{started_at:%Y%m%dT%H%M%SZ}-1f2e3d4c-2",
            at=resolved_at,
            status=IncidentStatus.RESOLVED,
            verdict=Verdict.UP,
            body=RECOVERED,
            affected=(Affected(monitor=monitor, before=verdict, after=Verdict.UP),),
        )
        updates.append(done)
    return IncidentView(
        id=f"{started_at:%Y%m%dT%H%M%SZ}-1f2e3d4c",
        title=title,
        status=updates[-1].status,
        verdict=verdict,
        monitors=(monitor,),
        started_at=started_at,
        resolved_at=resolved_at,
        cause=cause,
        updates=tuple(updates),
        lanes=(Lane(monitor=monitor, stretches=(Stretch(start=started_at, end=resolved_at, verdict=verdict),)),),
    )


def _told(cause: PublicCause) -> str:
    """Return what the judge writes down of a cause."""
    why = describe(cause.kind, status_code=cause.status_code, parts=cause.parts)
    who = who_answered(cause.layer) if cause.layer else None
    return f"{why} {who}" if who else why


def past_incidents() -> list[IncidentView]:
    """Return two incidents that are over, newest first."""
    spans = (
        ("webhooks", "Webhook delivery degraded", Verdict.DEGRADED, 6, 41),
        ("shop-api", "Shop API down", Verdict.DOWN, 37, 12),
    )
    return [
        incident_view(
            monitor,
            title=title,
            verdict=verdict,
            started_at=NOW - timedelta(days=age),
            resolved_at=NOW - timedelta(days=age) + timedelta(minutes=minutes),
            cause=PublicCause(kind=FailureKind.LATENCY if verdict is Verdict.DEGRADED else FailureKind.TIMEOUT),
        )
        for monitor, title, verdict, age, minutes in spans
    ]


def told_by_people() -> IncidentView:
    """Return an incident of two monitors that people opened, explained step by step and acknowledged."""
    start = NOW - timedelta(minutes=48)
    number = f"{start:%Y%m%dT%H%M%SZ}-0badcafe"
    said = (
        (2, "investigating", "Cards of **one bank** are refused; all others work. We are asking them.", "Kim"),
        (
            19,
            "identified",
            "The bank's certificate has expired. [Their status page](https://bank.example) says so.",
            None,
        ),
        (33, "monitoring", "- The bank has a new certificate.\n- We watch the payments of the next half hour.", "Kim"),
    )
    changes = {2: ("checkout", Verdict.UP, Verdict.DOWN), 19: ("webhooks", Verdict.UP, Verdict.DEGRADED)}
    changes[33] = ("checkout", Verdict.DOWN, Verdict.DEGRADED)
    updates = tuple(
        UpdateView(
            id=f"{number}-{place}",
            at=start + timedelta(minutes=minutes),
            status=IncidentStatus(status),
            verdict=Verdict.DEGRADED if minutes == 33 else Verdict.DOWN,
            body=body,
            origin=Origin.PERSON,
            by=by,
            affected=(Affected(monitor=changes[minutes][0], before=changes[minutes][1], after=changes[minutes][2]),),
        )
        for place, (minutes, status, body, by) in enumerate(said, start=1)
    )
    mended = start + timedelta(minutes=33)
    return IncidentView(
        id=number,
        title="Payments with cards of one bank are refused",
        status=IncidentStatus.MONITORING,
        verdict=Verdict.DOWN,
        monitors=("checkout", "webhooks"),
        started_at=start,
        resolved_at=None,
        cause=None,
        updates=updates,
        origin=Origin.PERSON,
        monitoring_at=mended,
        acknowledged=Acknowledgement(at=start + timedelta(minutes=3), by="Payments team"),
        lanes=(
            Lane(
                monitor="checkout",
                stretches=(
                    Stretch(start=start, end=mended, verdict=Verdict.DOWN),
                    Stretch(start=mended, end=None, verdict=Verdict.DEGRADED),
                ),
            ),
            Lane(
                monitor="webhooks",
                stretches=(Stretch(start=start + timedelta(minutes=19), end=None, verdict=Verdict.DEGRADED),),
            ),
        ),
    )
