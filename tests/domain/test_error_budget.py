"""Objectives: what may fail, what is left of it, how fast it burns; and what the uptime policy makes of degraded."""

import json
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.domain.error_budget import view_slo
from functions.domain.history import Span
from functions.domain.page import Page
from functions.domain.settling import settle
from functions.domain.slo import Slo
from functions.domain.snapshot import Snapshot
from functions.domain.status_document import encode_status
from functions.domain.summary import Record, summarise
from functions.domain.uptime import failed_seconds, uptime
from functions.domain.uptime_policy import STRICT_POLICY, UPTIME_POLICY, UptimePolicy, uptime_policy
from functions.domain.verdict import Verdict
from functions.render.site import draw_site
from functions.render.templates import Templates
from tests.fakes.history import day, hour, monitor, span, utc

AT = utc(2026, 11, 22, 15, 20, 40)
HOUR = utc(2026, 11, 22, 15)
TODAY = date(2026, 11, 22)
THREE_NINES = Slo(target=99.9)


@pytest.mark.parametrize(
    ("slo", "budget"),
    [
        pytest.param(THREE_NINES, 2592, id="99.9 over 30 days: 43.2 minutes"),
        pytest.param(Slo(target=99.99), 259, id="99.99: 4 minutes 19 seconds, cut"),
        pytest.param(Slo(target=99.95, days=90), 3888, id="99.95 over 90 days"),
        pytest.param(Slo(target=99.0, days=7), 6048, id="99 over a week"),
    ],
)
def test_the_budget_is_what_the_target_leaves_of_the_window(slo: Slo, budget: int) -> None:
    """In whole seconds, without the rounding of binary fractions."""
    assert view_slo(slo, Span(), Span(), UPTIME_POLICY).budget_seconds == budget


@pytest.mark.parametrize(
    ("window", "policy", "left", "used"),
    [
        pytest.param(Span(up=86_400), UPTIME_POLICY, 2592, 0.0, id="nothing failed"),
        pytest.param(Span(up=86_400, down=648), UPTIME_POLICY, 1944, 25.0, id="a quarter is used"),
        pytest.param(Span(up=86_400, down=1), UPTIME_POLICY, 2591, 0.04, id="a second shows: rounded up"),
        pytest.param(Span(up=86_400, down=5184), UPTIME_POLICY, -2592, 200.0, id="overspent"),
        pytest.param(Span(up=86_400, degraded=648), UPTIME_POLICY, 2592, 0.0, id="degraded counts as up"),
        pytest.param(Span(up=86_400, degraded=648), STRICT_POLICY, 1944, 25.0, id="unless it counts as down"),
        pytest.param(Span(up=86_400, maintenance=9_999), STRICT_POLICY, 2592, 0.0, id="maintenance uses nothing up"),
    ],
)
def test_what_is_left_and_what_is_used(window: Span, policy: UptimePolicy, left: int, used: float) -> None:
    """Of 43.2 minutes."""
    found = view_slo(THREE_NINES, window, Span(), policy)
    assert (found.left_seconds, found.used_percent) == (left, used)


@pytest.mark.parametrize(
    ("day_span", "rate"),
    [
        pytest.param(Span(), None, id="no data"),
        pytest.param(Span(up=86_400), 0.0, id="nothing fails"),
        pytest.param(Span(up=999, down=1), 1.0, id="just as much as may"),
        pytest.param(Span(up=9, down=1), 100.0, id="of what is known"),
        pytest.param(Span(down=60), 1000.0, id="all of it"),
        pytest.param(Span(up=86_399, down=1), 0.02, id="rounded up"),
    ],
)
def test_the_burn_rate_is_in_proportion_to_what_may_fail(day_span: Span, rate: float | None) -> None:
    """Over the last 24 hours."""
    assert view_slo(THREE_NINES, Span(), day_span, UPTIME_POLICY).burn_rate == rate


@given(
    st.integers(50_000, 99_999), st.integers(1, 90), st.integers(0, 10**7), st.integers(0, 10**7), st.integers(0, 10**7)
)
def test_the_numbers_agree_with_each_other(thousandths: int, days: int, up: int, degraded: int, down: int) -> None:
    """Used and left are two views of one budget, and neither flatters."""
    slo = Slo(target=thousandths / 1000, days=days)
    window = Span(up=up, degraded=degraded, down=down)
    for policy in (UPTIME_POLICY, STRICT_POLICY):
        found = view_slo(slo, window, window, policy)
        failed = failed_seconds(window, policy)
        assert found.left_seconds == found.budget_seconds - failed
        assert (found.used_percent == 0) == (failed == 0)
        assert (found.used_percent > 100) == (found.left_seconds < 0) or found.budget_seconds == 0
        if window.covered and found.burn_rate is not None:
            assert Fraction(str(found.burn_rate)) >= Fraction(failed, window.covered) / slo.allowed


@pytest.mark.parametrize(
    ("policy", "percent", "down"),
    [(UPTIME_POLICY, 98.33, 60), (STRICT_POLICY, 50.0, 1800)],
    ids=["degraded is up", "degraded is down"],
)
def test_uptime_follows_the_policy(policy: UptimePolicy, percent: float, down: int) -> None:
    """And so does the time down beside it."""
    found = uptime(Span(up=1800, degraded=1740, down=60), 3600, policy)
    assert (found.percent, found.down_seconds) == (percent, down)


def test_a_policy_puts_every_verdict_in_one_place() -> None:
    """Up, down or left out."""
    for policy in (uptime_policy("up"), uptime_policy("down")):
        placed = (*policy.counts_as_up, *policy.counts_as_down, *policy.left_out)
        assert sorted(placed) == sorted(Verdict)


def shown(slo: Slo | None, policy: UptimePolicy = UPTIME_POLICY) -> Snapshot:
    """Return a page of one monitor: 40 days ago an outage of an hour, 10 days ago one of 10 minutes, today a minute."""
    failing = {40: span(up=82_800, down=3600), 10: span(up=85_800, down=600)}
    days = [day(TODAY - timedelta(days=age), of=failing.get(age)) for age in range(2, 91)]
    hours = [hour(HOUR - timedelta(hours=age)) for age in range(1, 40)]
    live = [hour(HOUR, of=span(up=20 * 60 - 120, degraded=60, down=60))]
    record = Record(states=[], incidents=[], past=settle(days, hours, hour=HOUR, policy=policy), live=live)
    monitors = {"api": replace(monitor(), slo=slo)}
    page = Page(id="acme", title="Acme", monitors=("api",))
    return summarise(page, monitors, record, url="https://status.example", at=AT, policy=policy)


@pytest.mark.parametrize(
    ("slo", "policy", "left"),
    [
        (Slo(target=99.9, days=30), UPTIME_POLICY, 2592 - 660),
        (Slo(target=99.9, days=30), STRICT_POLICY, 2592 - 720),
        (Slo(target=99.9, days=90), UPTIME_POLICY, 7776 - 4260),
        (Slo(target=99.9, days=10), UPTIME_POLICY, 864 - 60),
        (Slo(target=99.9, days=11), UPTIME_POLICY, 950 - 660),
    ],
)
def test_a_page_counts_the_days_of_the_window(slo: Slo, policy: UptimePolicy, left: int) -> None:
    """Today included, the running hour too."""
    (view,) = shown(slo, policy).monitors
    assert view.slo is not None
    assert view.slo.left_seconds == left


def test_the_status_json_has_the_objective_and_the_policy() -> None:
    """As docs/api.md says."""
    document = json.loads(encode_status(shown(THREE_NINES, STRICT_POLICY)))
    (endpoint,) = document["endpoints"]
    assert endpoint["slo"] == {
        "target": 99.9,
        "windowDays": 30,
        "budgetMinutes": 43.2,
        "leftMinutes": 31.2,
        "usedPercent": 27.78,
        "burnRate24h": endpoint["slo"]["burnRate24h"],
    }
    policy = document["uptimePolicy"]
    assert (policy["countsAsUp"], policy["countsAsDown"]) == (["operational"], ["degraded", "outage"])
    (without,) = json.loads(encode_status(shown(None)))["endpoints"]
    assert without["slo"] is None


@pytest.mark.parametrize(
    ("policy", "sentence"),
    [
        (UPTIME_POLICY, "Uptime is the time up or degraded as a share"),
        (STRICT_POLICY, "degraded counts as down"),
    ],
)
def test_the_page_says_which_policy_holds_and_shows_the_budget(policy: UptimePolicy, sentence: str) -> None:
    """On the index and on the monitor's own page."""
    site = draw_site(shown(THREE_NINES, policy), Templates(language="en"))
    for key in ("index.html", "monitors/api"):
        assert sentence in site[key].body.decode()
    page = site["monitors/api"].body.decode()
    assert "99.9\u00a0%" in page
    assert "43 minutes" in page
    assert ("32 minutes" if policy is UPTIME_POLICY else "31 minutes") in page
