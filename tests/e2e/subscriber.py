"""Somebody who is told: an SQS queue subscribed to the alert topic."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from tests.e2e.deployment import Deployment, wait_until

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient


@dataclass(slots=True, kw_only=True)
class Subscriber:
    """Collects what arrives; `seen` keeps everything, in the order of arrival, with SNS's envelope taken off."""

    sqs: "SQSClient"
    url: str
    seen: list[dict[str, Any]] = field(default_factory=list)

    @classmethod
    @contextmanager
    def subscribed(cls, deployment: Deployment) -> Iterator["Subscriber"]:
        """Subscribe a new queue, and be gone without a trace."""
        sqs, sns = deployment.clients.sqs(), deployment.clients.sns()
        url = sqs.create_queue(QueueName=f"subscriber-{uuid4().hex[:8]}")["QueueUrl"]
        arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
        policy = {
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Effect": "Allow",
                    "Principal": {"Service": "sns.amazonaws.com"},
                    "Action": "sqs:SendMessage",
                    "Resource": arn,
                    "Condition": {"ArnEquals": {"aws:SourceArn": deployment.stack.topic_arn}},
                }
            ],
        }
        sqs.set_queue_attributes(QueueUrl=url, Attributes={"Policy": json.dumps(policy)})
        subscription = sns.subscribe(
            TopicArn=deployment.stack.topic_arn, Protocol="sqs", Endpoint=arn, ReturnSubscriptionArn=True
        )["SubscriptionArn"]
        try:
            yield cls(sqs=sqs, url=url)
        finally:
            sns.unsubscribe(SubscriptionArn=subscription)
            sqs.delete_queue(QueueUrl=url)

    def messages(self) -> list[dict[str, Any]]:
        """Return everything that has arrived: SNS's envelope with `Message` decoded from JSON."""
        while True:
            batch = self.sqs.receive_message(QueueUrl=self.url, MaxNumberOfMessages=10, WaitTimeSeconds=0).get(
                "Messages", []
            )
            if not batch:
                return self.seen
            for message in batch:
                envelope = json.loads(message["Body"])
                self.seen.append({**envelope, "Message": json.loads(envelope["Message"])})
                self.sqs.delete_message(QueueUrl=self.url, ReceiptHandle=message["ReceiptHandle"])

    def told(self, monitor: str, event: str) -> list[dict[str, Any]]:
        """Return the messages about `monitor` whose attribute `event` is this."""
        return [
            message
            for message in self.messages()
            if _attribute(message, "monitor") == monitor and _attribute(message, "event") == event
        ]

    def wait_for(self, monitor: str, event: str, *, within: float = 20) -> dict[str, Any]:
        """Return the first message about `monitor` of that kind."""
        return wait_until(lambda: self.told(monitor, event), within=within, what=f"{monitor} {event}")[0]


def _attribute(message: dict[str, Any], name: str) -> str | None:
    value = message.get("MessageAttributes", {}).get(name, {}).get("Value")
    return None if value is None else str(value)
