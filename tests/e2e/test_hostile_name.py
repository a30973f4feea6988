"""A monitor whose name is markup."""

import json
from http import HTTPStatus

from functions.config import load_config
from functions.domain.event_codec import decode_event
from functions.notify.audience import audience_of
from functions.notify.email import email
from tests.e2e.deployment import Deployment, wait_until
from tests.e2e.monitors import HOSTILE, HOSTILE_SHARD
from tests.e2e.subscriber import Subscriber
from tests.e2e.target import Target


def _email(deployment: Deployment) -> str:
    """Return the text of the e-mail, which the embedded SNS does not keep: from the event that was recorded."""
    recorded = [decode_event(item["data"]["S"]) for item in deployment.items("EVENT#")]
    [event, *_] = [event for event in recorded if event.monitor == "hostile"]
    [asset, *_] = deployment.places.deployment.glob("assembly/asset.*/config.json")
    audience = audience_of("hostile", config=load_config(asset), urls={"e2e": deployment.stack.page_url})
    return email(event, audience)


def test_a_name_that_is_markup_is_text_everywhere(
    deployment: Deployment, subscriber: Subscriber, target: Target
) -> None:
    """Page, monitor's page, incident's page, badge, JSON, announcement: escaped, and never left out."""
    target.status["/hostile"] = HTTPStatus.INTERNAL_SERVER_ERROR
    try:
        deployment.run(HOSTILE_SHARD)
        told = subscriber.wait_for("hostile", "opened")
        wait_until(
            lambda: deployment.monitor("hostile")["status"] == "outage", within=20, what="the outage on the page"
        )
        [incident] = deployment.incidents("hostile")

        for path in ("/", "/monitors/hostile", f"/incidents/{incident['id']}", "/history"):
            text = deployment.page(path).text
            assert HOSTILE not in text, path
            assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text, path
        badge = deployment.page("/badge/e2e/hostile/status.svg")
        assert badge.headers["content-type"].startswith("image/svg+xml")
        assert "<script" not in badge.text
        assert deployment.monitor("hostile")["name"] == HOSTILE
        assert deployment.page("/status.json").headers["content-type"].startswith("application/json")
        assert HOSTILE in json.dumps(told["Message"])
        assert told["Subject"].isascii()
        assert len(told["Subject"]) < 100
        assert HOSTILE in _email(deployment)
    finally:
        target.status["/hostile"] = HTTPStatus.OK
        deployment.run(HOSTILE_SHARD)
        subscriber.wait_for("hostile", "resolved")
