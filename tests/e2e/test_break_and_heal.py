"""The main story, by the clock and the schedule alone: the demo breaks and heals, people are told, history keeps it.

The demo's health body has parts, so all of them say that it is the database that failed, and the cache that did not.
"""

import json
from datetime import UTC, datetime, timedelta

from tests.e2e.deployment import Deployment, wait_until
from tests.e2e.subscriber import Subscriber

# One interval of the schedule, and then what judging, announcing and rendering take.
_IN_TIME = 90.0


def test_a_broken_database_is_seen_told_and_remembered(deployment: Deployment, subscriber: Subscriber) -> None:
    """Page, badge, JSON and an SNS subscriber know within 90 s; healing brings all back, and the incident stays."""
    try:
        broken_at = datetime.now(UTC)
        deployment.demo("break/database")
        opened = subscriber.wait_for("shop", "opened", within=_IN_TIME)
        wait_until(lambda: deployment.monitor("shop")["status"] == "degraded", within=15, what="status.json degraded")
        seconds = (datetime.now(UTC) - broken_at).total_seconds()

        assert seconds <= _IN_TIME
        assert "degraded" in deployment.page("/badge/e2e/shop/status.svg").text
        assert json.loads(deployment.page("/badge/e2e/shop/status.json").body)["message"] == "degraded"
        assert "egraded" in deployment.page("/monitors/shop").text
        assert opened["MessageAttributes"]["verdict"]["Value"] == "degraded"
        told = opened["Message"]
        assert told["failure"]["parts"] == [{"name": "Database", "verdict": "down"}]
        assert told["summary"] == "Database has failed."
        assert deployment.parts("shop") == {"database": "outage", "cache": "operational"}
        assert deployment.monitor("shop")["cause"]["parts"] == [{"name": "Database", "status": "outage"}]
        assert "Database has failed." in deployment.page().text
        assert "<bdi>Cache</bdi>" in deployment.page("/monitors/shop").text
        [incident] = deployment.incidents("shop")
        started = datetime.fromisoformat(incident["startedAt"])
        assert abs(started - broken_at) <= timedelta(seconds=_IN_TIME)
        assert incident["resolvedAt"] is None
    finally:
        deployment.demo("heal")
    healed_at = datetime.now(UTC)

    subscriber.wait_for("shop", "resolved", within=_IN_TIME)
    wait_until(lambda: deployment.monitor("shop")["status"] == "operational", within=15, what="status.json operational")

    assert deployment.parts("shop") == {"database": "operational", "cache": "operational"}
    assert "Shop: up" in deployment.page("/badge/e2e/shop/status.svg").text
    [incident] = deployment.incidents("shop")
    assert datetime.fromisoformat(incident["startedAt"]) == started
    assert abs(datetime.fromisoformat(incident["resolvedAt"]) - healed_at) <= timedelta(seconds=_IN_TIME)
    assert incident["id"] in deployment.page("/history").text
    assert deployment.page(f"/incidents/{incident['id']}").status == 200
