"""How one region makes up its mind about a monitor."""

from dataclasses import dataclass
from datetime import datetime

from functions.domain.result import Result
from functions.domain.state import RegionView, Signal
from functions.domain.verdict import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """A region's view after a check; `failing_turned` and `down_turned` are set where the belief changed just now.

    They hold the time of the first check of the streak that changed it.
    """

    view: RegionView
    failing_turned: datetime | None
    down_turned: datetime | None


def observe(
    view: RegionView, result: Result, *, at: datetime, began: datetime, failures: int, recoveries: int
) -> Observation:
    """Return what the region believes after `result`; `began` is when what it shows began, `at` for most.

    Two questions are settled separately: is it failing, and is it down? Each turns to yes after `failures` runs in a
    row that say so and back after `recoveries` that do not. Since down is also failing, "down but not failing" cannot
    come out, and a check that is only degraded ends the one without ending the other.
    """
    verdict = result.verdict
    failing, failing_turned = _turn(view.failing, verdict.failing, began, failures, recoveries)
    down, down_turned = _turn(view.down, verdict is Verdict.DOWN, at, failures, recoveries)
    failure, status_code, attempts = view.failure, view.status_code, view.attempts
    if verdict.failing:
        failure, status_code, attempts = result.failure, result.last.status_code, len(result.attempts)
    elif not failing.on:
        failure, status_code, attempts = None, None, 1
    return Observation(
        view=RegionView(
            at=at,
            verdict=verdict,
            failing=failing,
            down=down,
            failure=failure,
            status_code=status_code,
            attempts=attempts,
            steps=result.last.steps,
            down_since=(down_turned or view.down_since) if down.on else None,
            certificate_expires_at=certificate_seen(view, result),
        ),
        failing_turned=failing_turned,
        down_turned=down_turned,
    )


def certificate_seen(view: RegionView, result: Result) -> datetime | None:
    """Return when the certificate expires: what was known stays while a failing check does not get to see one."""
    expiry = result.last.certificate_expires_at
    if expiry is None:
        return view.certificate_expires_at if result.verdict.failing else None
    return expiry.replace(minute=0, second=0, microsecond=0)


def _turn(
    signal: Signal,
    says: bool,  # noqa: FBT001 - private, and named at the only two calls by what it is
    at: datetime,
    failures: int,
    recoveries: int,
) -> tuple[Signal, datetime | None]:
    if says == signal.on:
        return Signal(on=signal.on), None
    since = signal.since or at
    against = signal.against + 1
    if against >= (failures if says else recoveries):
        return Signal(on=says), since
    return Signal(on=signal.on, against=against, since=since), None
