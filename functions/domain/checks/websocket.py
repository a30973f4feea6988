"""A WebSocket, and one message each way."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from functions.domain.checks.check import Check


@dataclass(frozen=True, slots=True, kw_only=True)
class WebsocketCheck(Check):
    """Upgrade, say something where there is something to say, and take one message where one is asked for (`read`).

    `url` begins with ws, wss, http or https; `client_certificate` is a reference to a PEM certificate and its key.
    """

    kind: ClassVar[str] = "websocket"

    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    subprotocol: str | None = None
    send: str | None = None
    read: bool = False
    verify: bool = True
    client_certificate: str | None = None
