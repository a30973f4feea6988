"""Notify as Lambda starts it: records of the stream in, messages of a real topic out at a subscriber's."""

import importlib
import json
import sys
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError

from functions.domain.event import EventKind
from tests.fakes.configs import document
from tests.fakes.samples import event, minute
from tests.fakes.streams import UNREADABLE, Context, event_image, stream


@dataclass(frozen=True)
class Subscription:
    """A topic and what its subscriber, a queue, has got."""

    topic_arn: str
    received: Callable[[], list[dict[str, Any]]]


@pytest.fixture
def subscription(aws_environment: pytest.MonkeyPatch) -> Subscription:
    """Give a topic with a queue that is subscribed to it."""
    assert aws_environment
    sns, sqs = boto3.client("sns"), boto3.client("sqs")
    name = f"alerts-{uuid.uuid4().hex}"
    topic_arn = sns.create_topic(Name=name)["TopicArn"]
    queue = sqs.create_queue(QueueName=name)["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    sns.subscribe(TopicArn=topic_arn, Protocol="sqs", Endpoint=arn)

    def received() -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        while messages := sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10).get("Messages"):
            for message in messages:
                found.append(json.loads(message["Body"]))
                sqs.delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])
        return found

    return Subscription(topic_arn=topic_arn, received=received)


Start = Callable[[str], ModuleType]


@pytest.fixture
def start(aws_environment: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Start]:
    """Give a way to start the function afresh for a topic."""

    def _start(topic_arn: str) -> ModuleType:
        path = tmp_path / "config.json"
        path.write_text(json.dumps(document({"60s-0": ["api"]})))
        aws_environment.setenv("TOPIC_ARN", topic_arn)
        aws_environment.setenv("PAGE_URL", "https://status.acme.example")
        aws_environment.setenv("PULSEBOARD_CONFIG", str(path))
        aws_environment.setenv("POWERTOOLS_METRICS_NAMESPACE", "Pulseboard")
        aws_environment.setenv("POWERTOOLS_SERVICE_NAME", "notify")
        sys.modules.pop("functions.notify.handler", None)
        return importlib.import_module("functions.notify.handler")

    yield _start
    sys.modules.pop("functions.notify.handler", None)


def test_events_reach_a_subscriber_with_their_ids_and_attributes(start: Start, subscription: Subscription) -> None:
    """In order, as the document of docs/alerts.md."""
    batch = stream(event_image(event()), event_image(event(2, kind=EventKind.UPDATED, at=minute(5))))
    assert start(subscription.topic_arn).lambda_handler(batch, Context()) == {"batchItemFailures": []}
    first, second = subscription.received()
    assert json.loads(first["Message"])["id"] == event().id
    assert json.loads(second["Message"])["event"] == "updated"
    assert first["Subject"] == "[DOWN] Api since 12:00 UTC - Acme API Status"
    assert {name: value["Value"] for name, value in first["MessageAttributes"].items()} == {
        "event": "opened",
        "monitor": "api",
        "page": "acme",
        "severity": "critical",
        "verdict": "down",
    }


def test_while_the_topic_is_away_the_function_fails_and_nothing_is_lost(
    start: Start, subscription: Subscription
) -> None:
    """The stream delivers the same batch again until it succeeds."""
    batch = stream(event_image(event()), event_image(event(2, kind=EventKind.UPDATED, at=minute(5))))
    with pytest.raises(ClientError):
        start(f"{subscription.topic_arn}-gone").lambda_handler(batch, Context())
    assert subscription.received() == []
    start(subscription.topic_arn).lambda_handler(batch, Context())
    assert [json.loads(m["Message"])["id"] for m in subscription.received()] == [
        event().id,
        event(2, kind=EventKind.UPDATED).id,
    ]


def test_an_event_that_cannot_be_read_is_pointed_at_and_holds_up_nobody(
    start: Start, subscription: Subscription, capsys: pytest.CaptureFixture[str]
) -> None:
    """Retrying for a day would keep everything behind it from being told, or tell it over and over."""
    broken = {"pk": {"S": "EVENT#2026-11-22"}, "sk": {"S": "odd-1-opened"}, "data": {"S": "{}"}}
    batch = stream(broken, UNREADABLE, event_image(event()))
    assert start(subscription.topic_arn).lambda_handler(batch, Context()) == {"batchItemFailures": []}
    documents = [json.loads(m["Message"]) for m in subscription.received()]
    assert [(d["id"], d["event"]) for d in documents] == [
        ("odd-1-opened", "unreadable"),
        ("00#60s-0#eu-west-1", "unreadable"),
        (event().id, "opened"),
    ]
    assert '"UnreadableEvents":[2.0]' in capsys.readouterr().out.replace(" ", "")


def test_the_log_names_the_events_and_nothing_that_a_target_said(
    start: Start, subscription: Subscription, caplog: pytest.LogCaptureFixture
) -> None:
    """One line an invocation."""
    start(subscription.topic_arn).lambda_handler(stream(event_image(event())), Context())
    (line,) = [vars(record) for record in caplog.records]
    assert line["events"] == [event().id]
    assert "expected status" not in str(line)
