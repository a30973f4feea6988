"""The alert topic."""

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING

import boto3
from botocore.config import Config

from functions.topic import Message

if TYPE_CHECKING:
    from mypy_boto3_sns import SNSClient


class SnsTopic:
    """Publishes to one SNS topic."""

    def __init__(self, client: "SNSClient", arn: str) -> None:
        self._client = client
        self._arn = arn

    def publish(self, message: Message) -> None:
        """Publish `message`; raises botocore's ClientError or BotoCoreError where SNS did not take it."""
        self._client.publish(
            TopicArn=self._arn,
            Subject=message.subject,
            Message=message.body,
            MessageStructure="json",
            MessageAttributes={
                name: {"DataType": "String", "StringValue": value} for name, value in message.attributes.items()
            },
        )


def connect(environ: Mapping[str, str] = os.environ) -> SnsTopic:
    """Return the topic that TOPIC_ARN names; short time limits, since the stream tries again."""
    config = Config(connect_timeout=2, read_timeout=5, retries={"mode": "standard", "total_max_attempts": 3})
    return SnsTopic(boto3.client("sns", config=config), environ["TOPIC_ARN"])
