"""A job that reports in: from its ping, through CloudFront and the API, to the verdict, the page and the alert."""

import secrets
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Any

from cli.heartbeat_table import Listing, listings
from cli.heartbeats import SECRET_BYTES
from cli.local.deployed_config import deployed_config
from cli.local.web import fetch
from functions.adapters.ping_table import PingTable
from tests.e2e.deployment import Deployment, wait_until
from tests.e2e.monitors import PINGED
from tests.e2e.subscriber import Subscriber

_LATER = timedelta(hours=30)
"""From a ping: its period and the grace time are over by then."""


def test_a_job_is_judged_by_its_pings(deployment: Deployment, subscriber: Subscriber) -> None:
    """Waiting, well, failed, well again, and late: each is seen by the next run, shown and told."""
    job = _job(deployment)
    deployment.run(PINGED)
    deployment.invoke("render", {"reason": "test"})
    waiting = deployment.monitor("pinged")
    assert (waiting["status"], waiting["awaitsPing"]) == ("unknown", True)
    assert "Waiting for its first ping" in deployment.page("/monitors/pinged").text

    done = fetch(job.url)
    assert (done.status, done.text) == (HTTPStatus.OK, "OK")
    minute = deployment.run(PINGED)
    wait_until(lambda: _status(deployment) == "operational", within=20, what="the job to be well")
    assert deployment.monitor("pinged")["awaitsPing"] is False

    assert fetch(f"{job.url}/fail").status == HTTPStatus.OK
    deployment.run(PINGED)
    failed = subscriber.wait_for("pinged", "opened")["Message"]
    assert failed["failure"]["kind"] == "heartbeat"

    assert fetch(f"{job.api_url}/0").status == HTTPStatus.OK
    deployment.run(PINGED)
    subscriber.wait_for("pinged", "resolved")

    deployment.run(PINGED, at=minute + _LATER)
    late = wait_until(lambda: _late(subscriber), within=20, what="the job to be late")
    assert (late["verdict"], late["summary"].rpartition("It ")[2]) == ("down", "has not reported in on time.")
    assert _status(deployment) == "outage"


def test_a_key_of_nobody_leaves_nothing(deployment: Deployment) -> None:
    """404, from the page's address as from the API's, and no item in the table."""
    job = _job(deployment)
    before = {item["sk"]["S"] for item in deployment.items("PING")}
    for url in (job.url, job.api_url):
        known, _, _ = url.rpartition("/")
        assert fetch(f"{known}/00000000-0000-4000-8000-000000000000").status == HTTPStatus.NOT_FOUND
        assert fetch(f"{known}/nonsense").status in (HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND)
    assert {item["sk"]["S"] for item in deployment.items("PING")} == before


def _job(deployment: Deployment) -> Listing:
    """Return what `pulseboard heartbeats` would list, which is where the deployment's key ring is made."""
    deployed = deployment.deployed
    table = PingTable(deployed.clients.dynamodb(), deployed.outputs["TableName"])
    ring = table.key_ring() or table.make_key_ring(secrets.token_bytes(SECRET_BYTES))
    config = deployed_config(deployed)
    [job] = listings(config, table.pings(), ring, outputs=deployed.outputs, at=datetime.now(UTC))
    return job


def _status(deployment: Deployment) -> str:
    deployment.invoke("render", {"reason": "test"})
    return str(deployment.monitor("pinged")["status"])


def _late(subscriber: Subscriber) -> dict[str, Any]:
    """Return what was told of the job's being late: it fails again soon after it was resolved."""
    told = [message["Message"] for kind in ("opened", "updated") for message in subscriber.told("pinged", kind)]
    return next((dict(message) for message in told if message["failure"]["kind"] == "late"), {})
