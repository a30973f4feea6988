"""WebSocket servers, right and wrong: wsproto's own server side on asyncio."""

import asyncio
import ssl
from collections.abc import Callable
from contextlib import suppress

from wsproto import ConnectionType, WSConnection
from wsproto.events import (
    AcceptConnection,
    CloseConnection,
    Event,
    RejectConnection,
    Request,
    TextMessage,
)
from wsproto.utilities import RemoteProtocolError

from tests.targets.lines import Handle, Target
from tests.targets.server import listening

Said = Callable[[str], list[Event | bytes]]
"""What a server says to a message; "" is the upgrade itself. Bytes go out as they are."""


def serving_websockets(
    said: Said, *, subprotocol: str | None = None, rejects: int | None = None, seen: list[object] | None = None
) -> Handle:
    """Return what handles a connection; `seen` gets every event that came."""

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connection = WSConnection(ConnectionType.SERVER)

        def react(event: object) -> list[Event | bytes]:
            if isinstance(event, Request):
                if rejects:
                    return [RejectConnection(status_code=rejects)]
                return [AcceptConnection(subprotocol=subprotocol), *said("")]
            if isinstance(event, CloseConnection):
                return [event.response()]
            return said(event.data) if isinstance(event, TextMessage) else []

        with suppress(RemoteProtocolError):
            while data := await reader.read(65536):
                connection.receive_data(data)
                for event in connection.events():
                    if seen is not None:
                        seen.append(event)
                    for reaction in react(event):
                        writer.write(reaction if isinstance(reaction, bytes) else connection.send(reaction))
                await writer.drain()

    return handle


def speaks(
    said: Said, *, subprotocol: str | None = None, rejects: int | None = None, tls: ssl.SSLContext | None = None
) -> Target:
    """Return such a server as a target."""
    return lambda: listening(serving_websockets(said, subprotocol=subprotocol, rejects=rejects), tls=tls)


def is_silent(_: str) -> list[Event | bytes]:
    """Say nothing."""
    return []


def echoes(message: str) -> list[Event | bytes]:
    """Say what was said."""
    return [TextMessage(data=message)] if message else []
