"""Fetching from addresses such as http://d123.cloudfront.localhost:4566, which browsers resolve and Python does not."""

import http.client
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from cli.local.ports import LOOPBACK

_TIMEOUT = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """What came back; header names are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """Return the body as text."""
        return self.body.decode()


def fetch(url: str, *, method: str = "GET", headers: Mapping[str, str] | None = None) -> Response:
    """Return the answer to a request, asked of the loopback with the address's host as Host. Raises OSError."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(LOOPBACK, parts.port or 80, timeout=_TIMEOUT)
    try:
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request(method, target, headers={"Host": parts.netloc, **(headers or {})})
        answer = connection.getresponse()
        return Response(
            status=answer.status,
            headers={name.lower(): value for name, value in answer.getheaders()},
            body=answer.read(),
        )
    finally:
        connection.close()
