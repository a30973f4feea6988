"""A server that speaks HTTP/2 and can do it badly."""

import asyncio
from collections.abc import Awaitable, Callable

import h2.config
import h2.connection
import h2.errors
import h2.events

Respond = Callable[[h2.connection.H2Connection, int, bytes], None]


Handle = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


def speaking_http2(respond: Respond) -> Handle:
    """Return what handles a connection; `respond` answers once a request is complete."""

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connection = h2.connection.H2Connection(h2.config.H2Configuration(client_side=False))
        connection.initiate_connection()
        writer.write(connection.data_to_send())
        body = b""
        while data := await reader.read(65536):
            for event in connection.receive_data(data):
                if isinstance(event, h2.events.DataReceived):
                    body += event.data
                    connection.acknowledge_received_data(event.flow_controlled_length, event.stream_id)
                elif isinstance(event, h2.events.StreamEnded):
                    respond(connection, event.stream_id, body)
            writer.write(connection.data_to_send())
            await writer.drain()

    return handle


def echoes(connection: h2.connection.H2Connection, stream: int, body: bytes) -> None:
    """Answer with the length of the body."""
    content = b'{"status":"healthy","got":%d}' % len(body)
    headers = [(":status", "200"), ("content-type", "application/json"), ("content-length", str(len(content)))]
    connection.send_headers(stream, headers)
    connection.send_data(stream, content, end_stream=True)


def hints_first(connection: h2.connection.H2Connection, stream: int, body: bytes) -> None:
    """Send an early hint, then answer."""
    connection.send_headers(stream, [(":status", "103"), ("link", "</x>")])
    echoes(connection, stream, body)


def resets(connection: h2.connection.H2Connection, stream: int, _: bytes) -> None:
    """Reset the stream in place of an answer."""
    connection.reset_stream(stream, h2.errors.ErrorCodes.ENHANCE_YOUR_CALM)


def resets_in_body(connection: h2.connection.H2Connection, stream: int, _: bytes) -> None:
    """Reset the stream in the middle of the body."""
    connection.send_headers(stream, [(":status", "200")])
    connection.send_data(stream, b"hello")
    connection.reset_stream(stream, h2.errors.ErrorCodes.INTERNAL_ERROR)


def goes_away(connection: h2.connection.H2Connection, _: int, __: bytes) -> None:
    """End the connection in place of an answer."""
    connection.close_connection(h2.errors.ErrorCodes.INADEQUATE_SECURITY)


def lies_about_length(connection: h2.connection.H2Connection, stream: int, _: bytes) -> None:
    """Announce more than is sent."""
    connection.send_headers(stream, [(":status", "200"), ("content-length", "500")])
    connection.send_data(stream, b"hello", end_stream=True)
