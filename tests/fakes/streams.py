"""What Lambda hands to a function that follows the table's stream."""

import base64
from typing import Any

from functions.domain.event import Event
from functions.domain.event_codec import encode_event
from functions.domain.run import Run
from functions.domain.run_codec import encode_run


def stream(*images: dict[str, Any]) -> dict[str, Any]:
    """Return the event for new images, in order; their sequence numbers are 1, 2, 3 …."""
    return {
        "Records": [
            {
                "eventID": str(n),
                "eventName": "INSERT",
                "eventSource": "aws:dynamodb",
                "dynamodb": {
                    "Keys": {"pk": image["pk"], "sk": image["sk"]},
                    "NewImage": image,
                    "SequenceNumber": str(n),
                    "StreamViewType": "NEW_IMAGE",
                },
            }
            for n, image in enumerate(images, start=1)
        ]
    }


def run_image(run: Run) -> dict[str, Any]:
    """Return a run's item as the stream shows it: binary in base64."""
    return {
        "pk": {"S": f"RUN#{run.at:%Y-%m-%dT%H}"},
        "sk": {"S": f"{run.at:%M}#{run.shard}#{run.region}"},
        "data": {"B": base64.b64encode(encode_run(run)).decode()},
    }


def event_image(event: Event) -> dict[str, Any]:
    """Return an event's item as the stream shows it."""
    return {
        "pk": {"S": f"EVENT#{event.at:%Y-%m-%d}"},
        "sk": {"S": event.id},
        "data": {"S": encode_event(event)},
    }


UNREADABLE = {"pk": {"S": "RUN#2026-11-22T12"}, "sk": {"S": "00#60s-0#eu-west-1"}, "data": {"B": "AAAA"}}
"""An image that is neither a run nor an event."""


class Context:
    """The Lambda context, as far as the logger looks at it."""

    function_name = "under-test"
    memory_limit_in_mb = 256
    invoked_function_arn = "arn:aws:lambda:eu-west-1:000000000000:function:under-test"
    aws_request_id = "00000000-0000-0000-0000-000000000000"
