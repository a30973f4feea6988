"""What is remembered of certificates, and what is said of them."""

from datetime import datetime, timedelta

import pytest

from functions.domain.certificate_view import certificate_days
from functions.domain.observation import observe
from functions.domain.result import Attempt, Failure, Result
from functions.domain.state import RegionView, State
from functions.domain.verdict import FailureKind, Verdict
from tests.fakes.samples import NOON

SEEN = NOON + timedelta(days=34, minutes=17)


def known(**regions: datetime | None) -> State:
    """Return a state in which each region has seen a certificate with this expiry."""
    views = {
        region: RegionView(at=NOON, verdict=Verdict.UP, certificate_expires_at=expiry)
        for region, expiry in regions.items()
    }
    return State(monitor="shop", verdict=Verdict.UP, since=NOON, judged_at=NOON, reporting_since=NOON, regions=views)


@pytest.mark.parametrize(
    ("left", "days"),
    [
        (timedelta(days=34, hours=23), 34),
        (timedelta(days=1), 1),
        (timedelta(hours=23), 0),
        (timedelta(0), 0),
        (-timedelta(hours=1), -1),
        (-timedelta(days=3), -3),
    ],
)
def test_days_are_cut_and_not_rounded(left: timedelta, days: int) -> None:
    """A day that has begun is not a day that is left."""
    assert certificate_days(known(eu=NOON + left), at=NOON) == days


def test_of_several_regions_the_first_to_expire_counts() -> None:
    """A certificate that has not reached one region yet is still the old one for somebody."""
    state = known(eu=NOON + timedelta(days=80), us=NOON + timedelta(days=4), ap=None)
    assert certificate_days(state, at=NOON) == 4


def test_where_none_was_seen_nothing_is_said() -> None:
    """Of what speaks no TLS, and of what was never looked at."""
    assert certificate_days(None, at=NOON) is None
    assert certificate_days(known(eu=None), at=NOON) is None


def test_a_failing_check_that_sees_no_certificate_forgets_none() -> None:
    """A connection that is refused says nothing of it; a good answer without TLS does."""
    view = _after(None, verdict=Verdict.UP, expiry=SEEN)
    assert view.certificate_expires_at == NOON + timedelta(days=34)
    assert _after(view, verdict=Verdict.DOWN, expiry=None).certificate_expires_at == NOON + timedelta(days=34)
    renewed = _after(view, verdict=Verdict.DOWN, expiry=SEEN + timedelta(days=90))
    assert renewed.certificate_expires_at == NOON + timedelta(days=124)
    assert _after(view, verdict=Verdict.UP, expiry=None).certificate_expires_at is None


def _after(view: RegionView | None, *, verdict: Verdict, expiry: datetime | None) -> RegionView:
    failure = Failure(kind=FailureKind.CONNECT, reason="refused") if verdict.failing else None
    attempt = Attempt(verdict=verdict, latency_ms=None, failure=failure, certificate_expires_at=expiry)
    seen = observe(
        view or RegionView(at=NOON, verdict=Verdict.UP),
        Result(monitor="shop", attempts=(attempt,)),
        at=NOON,
        began=NOON,
        failures=1,
        recoveries=2,
    )
    return seen.view
