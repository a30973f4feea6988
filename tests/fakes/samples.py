"""Small builders of the domain's nouns, for tests that are about something else."""

from datetime import UTC, datetime, timedelta

from functions.domain.event import Event, EventKind
from functions.domain.incident import Incident, IncidentStatus, Update
from functions.domain.people import open_incident
from functions.domain.result import Attempt, Failure, Phases, Result
from functions.domain.run import Run
from functions.domain.verdict import FailureKind, Verdict

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
FAILURE = Failure(kind=FailureKind.STATUS, reason="expected status 200, got 503")


def minute(n: float) -> datetime:
    """Return `n` minutes after noon."""
    return NOON + timedelta(minutes=n)


def result(verdict: Verdict, monitor: str = "api", *, failure: Failure = FAILURE, status: int = 503) -> Result:
    """Return what a check that ended in `verdict` saw: two attempts where it is not up."""
    if verdict is Verdict.UP:
        attempt = Attempt(verdict=verdict, latency_ms=120.0, phases=Phases(first_byte=120.0), status_code=200)
        return Result(monitor=monitor, attempts=(attempt,))
    attempt = Attempt(
        verdict=verdict, latency_ms=80.0, phases=Phases(first_byte=80.0), status_code=status, failure=failure
    )
    return Result(monitor=monitor, attempts=(attempt, attempt))


def run(at: datetime, verdict: Verdict, *monitors: str, shard: str = "60s-0", region: str = "eu-west-1") -> Run:
    """Return a run in which all `monitors` (by default `api`) have one verdict."""
    return Run(shard=shard, at=at, region=region, results={m: result(verdict, m) for m in monitors or ("api",)})


def incident(started_at: datetime = NOON, *, resolved_at: datetime | None = None, monitor: str = "api") -> Incident:
    """Return an incident with one update."""
    return Incident(
        id=f"{started_at:%Y%m%dT%H%M%SZ}-{monitor}",
        monitors=(monitor,),
        verdict=Verdict.DOWN,
        started_at=started_at,
        resolved_at=resolved_at,
        failure=FAILURE,
        status_code=503,
        announced=1,
        updates=(
            Update(
                at=started_at, status=IncidentStatus.INVESTIGATING, verdict=Verdict.DOWN, body="It does not answer."
            ),
        ),
    )


def event(number: int = 1, *, at: datetime = NOON, kind: EventKind = EventKind.OPENED) -> Event:
    """Return an event of that incident."""
    return Event(
        id=f"{NOON:%Y%m%dT%H%M%SZ}-api-{number}-{kind}",
        kind=kind,
        incident=f"{NOON:%Y%m%dT%H%M%SZ}-api",
        monitor="api",
        verdict=Verdict.DOWN,
        previous=Verdict.UP,
        at=at,
        started_at=NOON,
        failure=FAILURE,
        summary="The health check answers with HTTP 503.",
        status_code=503,
        attempts=2,
        regions=("eu-west-1",),
        observers=("eu-west-1", "us-east-1"),
    )


def opened(**affected: Verdict) -> tuple[Incident, Event]:
    """Return an incident that a person opened at noon, by default of `api`, which is down, and its event."""
    return open_incident(
        f"{NOON:%Y%m%dT%H%M%SZ}-0badcafe",
        title="Orders are refused",
        affected=affected or {"api": Verdict.DOWN},
        body="We **know** of it.",
        by="Kim",
        at=NOON,
    )
