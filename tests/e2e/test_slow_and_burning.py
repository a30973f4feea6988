"""What is told by a monitor's own past: a spike against what is usual, and an error budget that burns."""

from datetime import UTC, datetime, timedelta
from http import HTTPStatus

from functions.adapters.dynamo_store import DynamoStore
from functions.domain.histogram import Histogram
from functions.domain.history import HourHistory, Span
from functions.domain.slot import hour_of
from functions.rollup.learn import learn
from tests.e2e.deployment import Deployment
from tests.e2e.monitors import BURNING, SLOWED
from tests.e2e.subscriber import Subscriber
from tests.e2e.target import Target

_USUAL_MS = 20.0
_SLOW = 0.8
_RUNS = 8
"""Three slow runs are a spike; one that the probe was too busy to measure is none of them."""


def test_a_blocked_event_loop_is_told_as_a_spike(
    deployment: Deployment, subscriber: Subscriber, target: Target
) -> None:
    """Two days of history say what is usual; then all answers are good, and slow."""
    _remember(deployment)
    # A judge reads what is usual once an hour, and has judged this monitor since the deployment.
    first = deployment.next_minute() + timedelta(hours=1)
    deployment.run(SLOWED, at=first)
    assert subscriber.told("slowed", "opened") == []

    target.delay["/slowed"] = _SLOW
    try:
        for n in range(1, _RUNS):
            deployment.run(SLOWED, at=first + timedelta(minutes=n))
            if subscriber.told("slowed", "opened"):
                break
        opened = subscriber.wait_for("slowed", "opened")["Message"]
    finally:
        target.delay.clear()

    assert opened["verdict"] == "degraded"
    assert (opened["failure"]["kind"], opened["failure"]["phase"]) == ("latency", "first_byte")
    assert "times its usual" in opened["failure"]["reason"]
    assert "waiting for its answer to begin" in opened["summary"]
    deployment.run(SLOWED, at=first + timedelta(minutes=_RUNS))
    subscriber.wait_for("slowed", "resolved")


def test_a_budget_that_burns_is_told_once(deployment: Deployment, subscriber: Subscriber, target: Target) -> None:
    """Two failing checks of a monitor that is checked every 18 hours are many times what 99.9 % allows."""
    target.status["/burning"] = HTTPStatus.INTERNAL_SERVER_ERROR
    try:
        first = deployment.run(BURNING)
        opened = subscriber.wait_for("burning", "opened")["Message"]
        assert subscriber.told("burning", "budget_burning") == []
        deployment.run(BURNING, at=first + timedelta(hours=18))
        burning = subscriber.wait_for("burning", "budget_burning")["Message"]
        deployment.run(BURNING, at=first + timedelta(hours=36))
    finally:
        target.status.pop("/burning")
    deployment.run(BURNING, at=first + timedelta(hours=54))
    subscriber.wait_for("burning", "resolved")

    assert (burning["severity"], burning["incident"]) == ("warning", opened["incident"])
    assert "its objective of 99.9 % over 30 days" in burning["summary"]
    assert len(subscriber.told("burning", "budget_burning")) == 1


def _remember(deployment: Deployment) -> None:
    """Write two days of quick answers, and learn from them as rollup does every three hours."""
    store = DynamoStore(deployment.clients.dynamodb(), deployment.stack.table)
    until = hour_of(datetime.now(UTC)) - timedelta(hours=3)
    quick = Histogram.of([_USUAL_MS] * 20)
    for age in range(48):
        store.put_hour(
            HourHistory(
                shard=SLOWED,
                hour=until - timedelta(hours=age),
                spans={"slowed": Span(up=1200, latency=quick)},
                evidence={"slowed": {deployment.stack.region: quick}},
            )
        )
    assert learn(store, ["slowed"], at=datetime.now(UTC)) == 1
