"""Requests as API Gateway's HTTP API hands them to a function (payload format 2.0).

Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
"""

import json
from base64 import b64encode
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

REQUEST_ID = "JKJaXmPLvHcESHA="


@dataclass(frozen=True, slots=True)
class Context:
    """What Lambda tells a function about its invocation."""

    function_name: str = "api"
    memory_limit_in_mb: int = 256
    invoked_function_arn: str = "arn:aws:lambda:eu-west-1:123456789012:function:api"
    aws_request_id: str = "da658bd3-2d6f-4e7b-8ec2-937234644fdc"

    def get_remaining_time_in_millis(self) -> int:
        """Return enough."""
        return 10_000


def request(
    path: str,
    method: str = "GET",
    *,
    query: str = "",
    headers: dict[str, str] | None = None,
    body: bytes = b"",
    at: datetime = datetime(2026, 11, 22, 15, 20, 40, tzinfo=UTC),
) -> dict[str, Any]:
    """Return the event of one request that came in `at`; a body that is no text comes in base64."""
    sent: dict[str, Any] = {"isBase64Encoded": False}
    if body:
        try:
            sent["body"] = body.decode()
        except UnicodeDecodeError:
            sent = {"isBase64Encoded": True, "body": b64encode(body).decode()}
    return {
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": path,
        "rawQueryString": query,
        "cookies": ["session=1"],
        "headers": {"host": "id.execute-api.eu-west-1.amazonaws.com", "accept": "*/*"} | (headers or {}),
        "queryStringParameters": dict(pair.split("=") for pair in query.split("&") if pair),
        "requestContext": {
            "accountId": "123456789012",
            "apiId": "id",
            "domainName": "id.execute-api.eu-west-1.amazonaws.com",
            "domainPrefix": "id",
            "http": {
                "method": method,
                "path": path,
                "protocol": "HTTP/1.1",
                "sourceIp": "192.0.2.1",
                "userAgent": "agent",
            },
            "requestId": REQUEST_ID,
            "routeKey": "$default",
            "stage": "$default",
            "time": "22/Nov/2026:15:20:40 +0000",
            "timeEpoch": round(at.timestamp() * 1000),
        },
        **sent,
    }


@dataclass(frozen=True, slots=True)
class Answer:
    """What API Gateway makes of a function's return value; header names in lower case."""

    status: int
    headers: dict[str, str]
    body: str

    @classmethod
    def of(cls, returned: dict[str, Any]) -> "Answer":
        """Read the returned value the way the runtime does: through JSON."""
        document = json.loads(json.dumps(returned))
        assert document["isBase64Encoded"] is False
        headers = {name.lower(): value for name, value in document["headers"].items()}
        return cls(document["statusCode"], headers, document["body"])

    @property
    def json(self) -> Any:  # noqa: ANN401 - whatever the body holds
        """Return the decoded body."""
        return json.loads(self.body)
