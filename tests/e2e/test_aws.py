"""Alarms and queues, asked of an AWS that holds the probe to the rights of its role."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import pytest

from functions.adapters.dynamo_store import DynamoStore
from functions.domain.run import Run
from functions.domain.verdict import FailureKind, Verdict
from tests.e2e.deployment import Deployment
from tests.e2e.monitors import ALARM, AWS, FAILED, JOBS


@pytest.fixture(scope="module")
def queues(deployment: Deployment) -> dict[str, str]:
    """Give the addresses of the queues, and an alarm."""
    deployment.clients.cloudwatch().put_metric_alarm(
        AlarmName=ALARM,
        Namespace="Shop",
        MetricName="Errors",
        Statistic="Sum",
        Period=60,
        EvaluationPeriods=1,
        Threshold=1,
        ComparisonOperator="GreaterThanThreshold",
    )
    sqs = deployment.clients.sqs()
    return {name: sqs.create_queue(QueueName=name)["QueueUrl"] for name in (JOBS, FAILED)}


def run_of(deployment: Deployment) -> Run:
    """Return what one run finds."""
    minute = deployment.run(AWS)
    store = DynamoStore(deployment.clients.dynamodb(), deployment.stack.table)
    [run] = [run for run in store.runs(minute.replace(minute=0)) if run.shard == AWS and run.at == minute]
    return run


def alarm_goes(deployment: Deployment, state: str) -> None:
    """Set the alarm's state."""
    deployment.clients.cloudwatch().set_alarm_state(
        AlarmName=ALARM,
        StateValue=state,  # type: ignore[arg-type]  # the stubs want a literal
        StateReason="a test",
    )


def test_the_role_suffices_for_all_that_is_named(deployment: Deployment, queues: dict[str, str]) -> None:
    """First all is well, then an alarm goes off, work piles up, and a letter is dead."""
    sqs = deployment.clients.sqs()
    alarm_goes(deployment, "OK")

    well = run_of(deployment)
    assert well.unmade == {}
    assert {name: result.verdict for name, result in well.results.items()} == {
        "alarm": Verdict.UP,
        "jobs": Verdict.UP,
        "failed": Verdict.UP,
        "absent": Verdict.DOWN,
    }

    alarm_goes(deployment, "ALARM")
    for queue, messages in ((JOBS, 3), (FAILED, 1)):
        for number in range(messages):
            sqs.send_message(QueueUrl=queues[queue], MessageBody=str(number))
    deployment.clients.cloudwatch().put_metric_data(
        Namespace="AWS/SQS",
        MetricData=[
            {
                "MetricName": "ApproximateAgeOfOldestMessage",
                "Dimensions": [{"Name": "QueueName", "Value": JOBS}],
                "Timestamp": datetime.now(UTC),
                "Value": 725,
            }
        ],
    )

    failing = run_of(deployment)
    reasons = {name: result.failure.reason for name, result in failing.results.items() if result.failure}
    assert reasons == {
        "alarm": f"the alarm {ALARM} is in ALARM: a test",
        "jobs": "depth: expected <= 2, got 3; oldest: expected <= 5 min, got 12 min 5 s",
        "failed": "depth: expected 0, got 1",
        "absent": "the queue e2e-absent does not exist in us-east-1",
    }
    assert {result.failure.kind for result in failing.results.values() if result.failure} == {
        FailureKind.ALARM,
        FailureKind.QUEUE,
    }


@contextmanager
def without(deployment: Deployment, action: str, queue: str) -> Iterator[None]:
    """Take the right to ask about `queue` from the probe's role for a while."""
    iam, role = deployment.clients.iam(), deployment.role("probe")
    [name] = iam.list_role_policies(RoleName=role)["PolicyNames"]
    policy: Any = iam.get_role_policy(RoleName=role, PolicyName=name)["PolicyDocument"]
    less = json.loads(json.dumps(policy))
    for statement in less["Statement"]:
        resources = statement["Resource"] if isinstance(statement["Resource"], list) else [statement["Resource"]]
        if statement["Action"] == action:
            statement["Resource"] = [resource for resource in resources if not resource.endswith(f":{queue}")]
    assert less != policy
    iam.put_role_policy(RoleName=role, PolicyName=name, PolicyDocument=json.dumps(less))
    try:
        yield
    finally:
        iam.put_role_policy(RoleName=role, PolicyName=name, PolicyDocument=json.dumps(policy))


def test_a_queue_that_the_role_does_not_name_is_refused_and_is_no_data(
    deployment: Deployment, queues: dict[str, str]
) -> None:
    """What we may not see is no outage; the others are seen all the same."""
    assert queues
    with without(deployment, "sqs:GetQueueAttributes", FAILED):
        run = run_of(deployment)

    assert run.unmade == {"failed": f"the queue {FAILED} in us-east-1: not allowed (AccessDenied)"}
    assert {"alarm", "jobs", "absent"} == set(run.results)
