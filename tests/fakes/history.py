"""Builders of monitors, states, hours and days, for tests of what is made of them."""

from datetime import UTC, date, datetime

from functions.domain.checks.http import HttpRequest
from functions.domain.expectation import Expectations
from functions.domain.histogram import Histogram
from functions.domain.history import DayHistory, HourHistory, Span
from functions.domain.incident import Incident, IncidentStatus, Update
from functions.domain.monitor import Monitor
from functions.domain.result import Attempt, Failure, Result
from functions.domain.run import Run
from functions.domain.state import RegionView, ShardState, State
from functions.domain.verdict import FailureKind, Verdict

PRIVATE = "PRIVATE-never-to-be-published"
"""Stands in every place that must not reach the public."""

REFUSED = Failure(kind=FailureKind.STATUS, reason=f"expected 200, got 500 ({PRIVATE})")


def monitor(monitor_id: str = "api", *, group: str | None = None, interval: int = 60) -> Monitor:
    """Return a monitor whose request is full of what is private."""
    request = HttpRequest(url=f"https://{PRIVATE}.example/", headers={"authorization": PRIVATE})
    return Monitor(
        id=monitor_id,
        name=monitor_id.upper(),
        group=group,
        interval=interval,
        check=request,
        expectations=Expectations.decode(None, None),
    )


def result(verdict: Verdict, monitor_id: str = "api", latency_ms: float | None = 120.0) -> Result:
    """Return the outcome of a check with one attempt."""
    failure = None if verdict is Verdict.UP else REFUSED
    attempt = Attempt(verdict=verdict, latency_ms=latency_ms, status_code=500 if failure else 200, failure=failure)
    return Result(monitor=monitor_id, attempts=(attempt,))


def run(at: datetime, *verdicts: Verdict, shard: str = "60s-0", region: str = "eu", monitor_id: str = "api") -> Run:
    """Return a run with one result, by default `up`."""
    verdict = verdicts[0] if verdicts else Verdict.UP
    return Run(shard=shard, at=at, region=region, results={monitor_id: result(verdict, monitor_id)})


def span(up: int = 0, degraded: int = 0, down: int = 0, *, latency_ms: float = 120.0) -> Span:
    """Return a span whose checks, one a minute, all took `latency_ms`."""
    return Span(up=up, degraded=degraded, down=down, latency=Histogram.of([latency_ms] * ((up + degraded) // 60)))


def hour(start: datetime, monitor_id: str = "api", *, shard: str = "60s-0", of: Span | None = None) -> HourHistory:
    """Return an hour; all of it up unless `of` gives a span."""
    return HourHistory(shard=shard, hour=start, spans={monitor_id: of or span(up=3600)})


def day(of_day: date, monitor_id: str = "api", *, shard: str = "60s-0", of: Span | None = None) -> DayHistory:
    """Return a day; all of it up unless `of` gives a span."""
    return DayHistory(shard=shard, day=of_day, spans={monitor_id: of or span(up=86_400)})


def state(verdict: Verdict, judged_at: datetime, *, since: datetime | None = None, monitor_id: str = "api") -> State:
    """Return a state that one region agrees with."""
    begun = since or judged_at
    failure = REFUSED if verdict.failing else None
    view = RegionView(at=judged_at, verdict=verdict, failure=failure, status_code=500 if failure else None)
    return State(
        monitor=monitor_id,
        verdict=verdict,
        since=begun,
        judged_at=judged_at,
        reporting_since=begun,
        regions={"eu": view},
        incident="20261122T120000Z-00000000" if failure else None,
    )


def shard_state(*states: State, shard: str = "60s-0") -> ShardState:
    """Return a shard's states."""
    return ShardState(shard=shard, version=1, states={s.monitor: s for s in states})


def incident(started_at: datetime, *monitors: str, resolved_at: datetime | None = None) -> Incident:
    """Return an incident of `monitors`, by default `api`, whose inner view is private."""
    affected = monitors or ("api",)
    update = Update(at=started_at, status=IncidentStatus.INVESTIGATING, verdict=Verdict.DOWN, body="It fails.")
    return Incident(
        id=f"{started_at:%Y%m%dT%H%M%SZ}-{affected[0]}",
        monitors=affected,
        verdict=Verdict.DOWN,
        started_at=started_at,
        resolved_at=resolved_at,
        failure=REFUSED,
        status_code=500,
        updates=(update,),
    )


def utc(year: int, month: int, day_of_month: int, hours: int = 0, minutes: int = 0, seconds: int = 0) -> datetime:  # noqa: PLR0917 - as datetime takes them
    """Return a moment in UTC."""
    return datetime(year, month, day_of_month, hours, minutes, seconds, tzinfo=UTC)
