"""The events that wake functions, as AWS writes them."""

import base64
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from bench.table import Image


def stream_event(images: Iterable[Image], *, at: datetime) -> dict[str, Any]:
    """Return a batch of the table's stream (new images), as Lambda gets it."""
    return {"Records": [_stream_record(image, number, at) for number, image in enumerate(images)]}


def topic_event(message: Mapping[str, Any], *, at: datetime) -> dict[str, Any]:
    """Return what a function that is subscribed to the topic gets for one message."""
    attributes = {
        name: {"Type": each["DataType"], "Value": each.get("StringValue", "")}
        for name, each in message.get("MessageAttributes", {}).items()
    }
    return {
        "Records": [
            {
                "EventSource": "aws:sns",
                "EventVersion": "1.0",
                "EventSubscriptionArn": "arn:aws:sns:us-east-1:000000000000:alerts:1",
                "Sns": {
                    "Type": "Notification",
                    "MessageId": "00000000-0000-4000-8000-000000000000",
                    "TopicArn": "arn:aws:sns:us-east-1:000000000000:alerts",
                    "Subject": message.get("Subject"),
                    "Message": message.get("Message", ""),
                    "Timestamp": f"{at:%Y-%m-%dT%H:%M:%S.000Z}",
                    "MessageAttributes": attributes,
                },
            }
        ]
    }


def api_event(path: str) -> dict[str, Any]:
    """Return a GET as the HTTP API hands it over (payload format 2.0)."""
    return {
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": path,
        "rawQueryString": "",
        "headers": {"accept": "application/json", "host": "api.acme.example"},
        "requestContext": {
            "accountId": "000000000000",
            "apiId": "bench",
            "domainName": "api.acme.example",
            "http": {
                "method": "GET",
                "path": path,
                "protocol": "HTTP/1.1",
                "sourceIp": "192.0.2.1",
                "userAgent": "bench",
            },
            "requestId": "bench",
            "routeKey": "$default",
            "stage": "$default",
            "time": "01/Jan/2026:00:00:00 +0000",
            "timeEpoch": 1767225600000,
        },
        "isBase64Encoded": False,
    }


def _stream_record(image: Image, number: int, at: datetime) -> dict[str, Any]:
    item = {name: _value(value) for name, value in image.item.items()}
    sequence = str(number + 1).zfill(21)
    return {
        "eventID": f"{number:032x}",
        "eventName": image.name,
        "eventVersion": "1.1",
        "eventSource": "aws:dynamodb",
        "awsRegion": "us-east-1",
        "eventSourceARN": "arn:aws:dynamodb:us-east-1:000000000000:table/bench/stream/2026-01-01T00:00:00.000",
        "dynamodb": {
            "ApproximateCreationDateTime": at.timestamp(),
            "Keys": {"pk": item["pk"], "sk": item["sk"]},
            "NewImage": item,
            "SequenceNumber": sequence,
            "SizeBytes": 1000,
            "StreamViewType": "NEW_IMAGE",
        },
    }


def _value(value: Mapping[str, Any]) -> dict[str, Any]:
    ((kind, content),) = value.items()
    return {kind: base64.b64encode(content).decode() if kind == "B" else content}
