"""Alarms and queues of an embedded AWS, in whatever state a check may find them."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

import boto3

from functions.adapters.aws_reader import AwsReader, Clients

if TYPE_CHECKING:
    from mypy_boto3_cloudwatch import CloudWatchClient
    from mypy_boto3_sqs import SQSClient

REGION = "eu-west-1"
_SESSION = boto3.Session(aws_access_key_id="test", aws_secret_access_key="test", region_name=REGION)


@dataclass(frozen=True, slots=True, kw_only=True)
class SomeAws:
    """Makes alarms and queues, and returns their names."""

    endpoint: str

    @property
    def make(self) -> Callable[..., Any]:
        """Return what makes clients of it."""
        return partial(_SESSION.client, endpoint_url=self.endpoint)

    def reader(self) -> AwsReader:
        """Return a reader of it."""
        return AwsReader(Clients(self.make))

    def alarm(self, state: str | None) -> str:
        """Return a metric alarm in `state`; None: that in which it begins."""
        cloudwatch: CloudWatchClient = self.make("cloudwatch")
        name = f"alarm-{uuid.uuid4().hex}"
        cloudwatch.put_metric_alarm(
            AlarmName=name,
            Namespace="Shop",
            MetricName="Errors",
            Statistic="Sum",
            Period=60,
            EvaluationPeriods=1,
            Threshold=1,
            ComparisonOperator="GreaterThanThreshold",
        )
        if state is not None:
            cloudwatch.set_alarm_state(AlarmName=name, StateValue=state, StateReason="7 errors within a minute")  # type: ignore[arg-type]  # a literal
        return name

    def composite(self, state: str) -> str:
        """Return a composite alarm in `state`, over a metric alarm that is well."""
        cloudwatch: CloudWatchClient = self.make("cloudwatch")
        name = f"composite-{uuid.uuid4().hex}"
        cloudwatch.put_composite_alarm(AlarmName=name, AlarmRule=f'ALARM("{self.alarm("OK")}")')
        cloudwatch.set_alarm_state(AlarmName=name, StateValue=state, StateReason="a part of it")  # type: ignore[arg-type]  # a literal
        return name

    def queue(self, waiting: int = 0, *, in_flight: int = 0, delayed: int = 0, fifo: bool = False) -> str:
        """Return a queue with so many messages."""
        sqs: SQSClient = self.make("sqs")
        name = f"queue-{uuid.uuid4().hex}{'.fifo' if fifo else ''}"
        settings = {"FifoQueue": "true", "ContentBasedDeduplication": "true"} if fifo else {}
        url = sqs.create_queue(QueueName=name, Attributes=settings)["QueueUrl"]  # type: ignore[arg-type]  # a literal
        for number in range(in_flight + waiting):
            order: Any = {"MessageGroupId": str(number)} if fifo else {}
            sqs.send_message(QueueUrl=url, MessageBody=str(number), **order)
            if number < in_flight:
                sqs.receive_message(QueueUrl=url, VisibilityTimeout=600)
        for number in range(delayed):
            sqs.send_message(QueueUrl=url, MessageBody=str(number), DelaySeconds=600)
        return name

    def clear(self, queue: str) -> None:
        """Take every message out of a queue."""
        sqs: SQSClient = self.make("sqs")
        sqs.purge_queue(QueueUrl=sqs.get_queue_url(QueueName=queue)["QueueUrl"])

    def send(self, queue: str) -> None:
        """Send a message."""
        sqs: SQSClient = self.make("sqs")
        sqs.send_message(QueueUrl=sqs.get_queue_url(QueueName=queue)["QueueUrl"], MessageBody="work")

    def aged(self, queue: str, seconds: float, *, minutes_ago: float = 1) -> str:
        """Say, as SQS does by itself in AWS, how long the oldest message of `queue` had waited; return the queue."""
        cloudwatch: CloudWatchClient = self.make("cloudwatch")
        cloudwatch.put_metric_data(
            Namespace="AWS/SQS",
            MetricData=[
                {
                    "MetricName": "ApproximateAgeOfOldestMessage",
                    "Dimensions": [{"Name": "QueueName", "Value": queue}],
                    "Timestamp": datetime.now(UTC) - timedelta(minutes=minutes_ago),
                    "Value": seconds,
                    "Unit": "Seconds",
                }
            ],
        )
        return queue
