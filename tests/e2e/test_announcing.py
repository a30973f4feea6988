"""The way to SNS is barred, and opened again."""

import json
from http import HTTPStatus

import pytest

from tests.e2e.deployment import Deployment, wait_until
from tests.e2e.monitors import ANNOUNCED, TOUCHED
from tests.e2e.subscriber import Subscriber
from tests.e2e.target import Target

pytestmark = pytest.mark.usefixtures("alone")

_POLICY = "test-bars-sns"


def test_nothing_is_lost_while_sns_cannot_be_reached(
    deployment: Deployment, subscriber: Subscriber, target: Target
) -> None:
    """Opened and resolved while notify may not publish: both are told when it may again, in their order."""
    iam = deployment.clients.iam()
    role = deployment.role("notify")
    barred = {"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Action": "sns:Publish", "Resource": "*"}]}
    iam.put_role_policy(RoleName=role, PolicyName=_POLICY, PolicyDocument=json.dumps(barred))
    try:
        target.status["/announced"] = HTTPStatus.INTERNAL_SERVER_ERROR
        deployment.run(ANNOUNCED)
        wait_until(lambda: _recorded(deployment, "opened"), within=20, what="the opening to be recorded")
        target.status["/announced"] = HTTPStatus.OK
        deployment.run(ANNOUNCED)
        wait_until(lambda: _recorded(deployment, "resolved"), within=20, what="the resolution to be recorded")
        wait_until(lambda: deployment.last_batch("notify") == "FAILED", within=20, what="notify to fail")

        assert subscriber.told("announced", "opened") == []
    finally:
        iam.delete_role_policy(RoleName=role, PolicyName=_POLICY)

    opened = subscriber.wait_for("announced", "opened", within=60)
    resolved = subscriber.wait_for("announced", "resolved", within=60)
    assert subscriber.seen.index(opened) < subscriber.seen.index(resolved)


def test_an_event_that_is_touched_is_announced_again(
    deployment: Deployment, subscriber: Subscriber, target: Target
) -> None:
    """What docs/operating.md says to do for an event that was given up."""
    target.status["/touched"] = HTTPStatus.INTERNAL_SERVER_ERROR
    deployment.run(TOUCHED)
    first = subscriber.wait_for("touched", "opened")
    target.status["/touched"] = HTTPStatus.OK
    deployment.run(TOUCHED)
    subscriber.wait_for("touched", "resolved")
    [event] = [item for item in deployment.items("EVENT#") if item["sk"]["S"] == first["Message"]["id"]]

    deployment.clients.dynamodb().update_item(
        TableName=deployment.stack.table,
        Key={"pk": event["pk"], "sk": event["sk"]},
        UpdateExpression="SET touched = :now",
        ExpressionAttributeValues={":now": {"S": "2026-11-23"}},
    )

    again = wait_until(lambda: subscriber.told("touched", "opened")[1:], within=20, what="the event to be told again")
    assert again[0]["Message"] == first["Message"]


def _recorded(deployment: Deployment, kind: str) -> bool:
    return any(
        json.loads(item["data"]["S"]).get("monitor") == "announced" and item["sk"]["S"].endswith(kind)
        for item in deployment.items("EVENT#")
    )
