"""HTTP/2 by h2, for one request on one connection."""

import re

import h2.config
import h2.connection
import h2.errors
import h2.events
import h2.exceptions
import h2.settings

from functions.adapters.http.codec import (
    MAX_HEADER_BYTES,
    MAX_IDLE_FRAMES,
    MAX_INTERIM_ANSWERS,
    Event,
    Head,
    Mark,
    Outgoing,
)
from functions.adapters.http.errors import ProtocolError
from functions.domain.verdict import Phase

# RFC 9113, 8.2.2: they belong to a connection, which HTTP/2 manages otherwise.
_CONNECTION_HEADERS = {b"connection", b"host", b"keep-alive", b"proxy-connection", b"transfer-encoding", b"upgrade"}

_STATUS = re.compile(rb"[2-9][0-9]{2}")
_SHOWN = 40

_SETTINGS = {
    h2.settings.SettingCodes.ENABLE_PUSH: 0,
    h2.settings.SettingCodes.MAX_CONCURRENT_STREAMS: 1,
    h2.settings.SettingCodes.MAX_HEADER_LIST_SIZE: MAX_HEADER_BYTES,
}

_FRAME_HEADER = 9
"""Bytes before each frame's content, of which the first three are its length (RFC 9113, 4.1)."""


class Http2:
    """One request and its answer in HTTP/2."""

    first_byte_is_answer = False

    def __init__(self, request: Outgoing) -> None:
        self._connection = h2.connection.H2Connection(h2.config.H2Configuration(client_side=True))
        # Nothing but the answer is wanted: h2 takes a push for what it then is, a breach of the protocol.
        self._connection.local_settings = h2.settings.Settings(client=True, initial_values=_SETTINGS)
        self._pending = request.body
        self._unread = b""
        self._answering = False
        self._interim = self._idle = 0
        hosts = [value for name, value in request.headers if name.lower() == b"host"]
        headers = [
            (b":method", request.method),
            (b":scheme", request.scheme),
            (b":authority", hosts[0] if hosts else request.authority),
            (b":path", request.target),
            *((name.lower(), value) for name, value in request.headers if name.lower() not in _CONNECTION_HEADERS),
        ]
        try:
            self._connection.initiate_connection()
            self._stream = self._connection.get_next_available_stream_id()
            self._connection.send_headers(self._stream, headers, end_stream=not self._pending)
        except h2.exceptions.ProtocolError as error:
            raise ProtocolError(f"the request cannot be written as HTTP/2: {error}") from error
        self._send_body()

    @property
    def request_complete(self) -> bool:
        """Tell whether the body is out; the peer's window may hold it back."""
        return not self._pending

    def outgoing(self) -> bytes:
        """Return frames to send."""
        return self._connection.data_to_send()

    def end_of_stream(self) -> list[Event]:
        """Return an error: HTTP/2 says itself when an answer is complete."""
        if self._answering:
            return [ProtocolError("the connection was closed in the middle of the body", Phase.TRANSFER)]
        return [ProtocolError("the connection was closed without an answer", Phase.FIRST_BYTE)]

    def receive(self, data: bytes) -> list[Event]:
        """Return what `data` brought."""
        events: list[Event] = []
        self._unread += data
        try:
            # Frame by frame: h2 drops what stood before a bad frame in the same bytes.
            while frame := self._next_frame():
                known = len(events)
                for event in self._connection.receive_data(frame):
                    events.extend(self._translate(event))
                self._idle += len(events) == known
                if self._idle > MAX_IDLE_FRAMES:
                    return [*events, ProtocolError(f"{MAX_IDLE_FRAMES} HTTP/2 frames brought no answer", self._phase)]
            self._send_body()
        except h2.exceptions.ProtocolError as error:
            events.append(ProtocolError(f"the answer is not valid HTTP/2: {error}", self._phase))
        return events

    def _next_frame(self) -> bytes:
        """Return the next whole frame, nothing where there is none yet."""
        if len(self._unread) < _FRAME_HEADER:
            return b""
        length = int.from_bytes(self._unread[:3], "big")
        if length > self._connection.max_inbound_frame_size:
            raise h2.exceptions.FrameTooLargeError(f"a frame of {length} bytes")
        end = _FRAME_HEADER + length
        if len(self._unread) < end:
            return b""
        frame, self._unread = self._unread[:end], self._unread[end:]
        return frame

    @property
    def _phase(self) -> Phase:
        return Phase.TRANSFER if self._answering else Phase.FIRST_BYTE

    def _translate(self, event: h2.events.Event) -> list[Event]:
        if isinstance(event, h2.events.ResponseReceived):
            self._answering = True
            return [_head(event)]
        if isinstance(event, h2.events.DataReceived):
            self._connection.acknowledge_received_data(event.flow_controlled_length, self._stream)
            return [event.data] if event.data else []
        if isinstance(event, h2.events.StreamEnded):
            return [Mark.END]
        if isinstance(event, h2.events.InformationalResponseReceived):
            self._interim += 1
            if self._interim > MAX_INTERIM_ANSWERS:
                return [ProtocolError(f"more than {MAX_INTERIM_ANSWERS} 1xx answers", Phase.FIRST_BYTE)]
            return [Mark.INTERIM]
        broken = _broken(event)
        return [ProtocolError(broken, self._phase)] if broken else []

    def _send_body(self) -> None:
        while self._pending:
            room = min(
                self._connection.local_flow_control_window(self._stream), self._connection.max_outbound_frame_size
            )
            if room <= 0:
                return
            piece, self._pending = self._pending[:room], self._pending[room:]
            self._connection.send_data(self._stream, piece, end_stream=not self._pending)


def _head(event: h2.events.ResponseReceived) -> Head:
    headers = [(bytes(name), bytes(value)) for name, value in event.headers or ()]
    status = _status(headers)
    return Head(status=status, headers=[h for h in headers if not h[0].startswith(b":")], version=b"HTTP/2")


def _status(headers: list[tuple[bytes, bytes]]) -> int:
    """Return the status; raises ProtocolError for one that is none, at which h2 does not look."""
    said = next((value for name, value in headers if name == b":status"), b"")
    if not _STATUS.fullmatch(said):
        shown = ascii(said[:_SHOWN].decode("latin-1"))
        raise ProtocolError(f"the answer is not valid HTTP/2: its status is {shown}", Phase.FIRST_BYTE)
    return int(said)


def _broken(event: h2.events.Event) -> str | None:
    if isinstance(event, h2.events.StreamReset):
        return f"the HTTP/2 stream was reset: {_code(event.error_code)}"
    if isinstance(event, h2.events.ConnectionTerminated) and event.error_code != h2.errors.ErrorCodes.NO_ERROR:
        return f"the HTTP/2 connection was ended: {_code(event.error_code)}"
    return None


def _code(code: h2.errors.ErrorCodes | int | None) -> str:
    return code.name if isinstance(code, h2.errors.ErrorCodes) else str(code)
