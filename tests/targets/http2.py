"""A server that speaks HTTP/2 and can do it badly."""

import asyncio
from collections.abc import Awaitable, Callable

import h2.config
import h2.connection
import h2.errors
import h2.events
import h2.settings

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


def floods(frame: Callable[[h2.connection.H2Connection, int], None], frames: int) -> Respond:
    """Return a server that sends so many frames of a kind before it answers."""

    def respond(connection: h2.connection.H2Connection, stream: int, body: bytes) -> None:
        for _ in range(frames):
            frame(connection, stream)
        echoes(connection, stream, body)

    return respond


def pings(connection: h2.connection.H2Connection, _: int) -> None:
    """Ask whether the client is there."""
    connection.ping(b"are you?")


def changes_its_mind(connection: h2.connection.H2Connection, _: int) -> None:
    """Send settings anew."""
    connection.update_settings({})


def opens_the_window(connection: h2.connection.H2Connection, stream: int) -> None:
    """Allow one byte more to be sent."""
    connection.increment_flow_control_window(1, stream_id=None if stream % 2 else stream)


def says_nothing(connection: h2.connection.H2Connection, stream: int, _: bytes) -> None:
    """Begin an answer and send empty pieces of it for ever."""
    connection.send_headers(stream, [(":status", "200")])
    for _piece in range(5000):
        connection.send_data(stream, b"")


def pushes(connection: h2.connection.H2Connection, stream: int, body: bytes) -> None:
    """Push something else, as if it were allowed, before the answer."""
    connection.remote_settings.update({h2.settings.SettingCodes.ENABLE_PUSH: 1})
    connection.remote_settings.acknowledge()
    request = [(":method", "GET"), (":scheme", "https"), (":authority", "shop.test"), (":path", "/other")]
    connection.push_stream(stream, 2, request)
    connection.send_headers(2, [(":status", "500")])
    connection.send_data(2, b"another answer", end_stream=True)
    echoes(connection, stream, body)


def has_no_status(connection: h2.connection.H2Connection, stream: int, _: bytes) -> None:
    """Answer with a status that is a word."""
    connection.send_headers(stream, [(":status", "fine")], end_stream=True)
