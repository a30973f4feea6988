"""HTTP/1.1, parsed by h11."""

from functools import lru_cache

import h11

from functions.adapters.http.codec import MAX_HEADER_BYTES, MAX_INTERIM_ANSWERS, Event, Head, Mark, Outgoing, RawHeaders
from functions.adapters.http.errors import ProtocolError
from functions.adapters.http.whole_answer import whole_answer
from functions.domain.verdict import Phase

_SWITCHING_PROTOCOLS = 101
_SHOWN = 40


class Http1:
    """One request and its answer in HTTP/1.1."""

    first_byte_is_answer = True
    request_complete = True

    def __init__(self, request: Outgoing) -> None:
        self._request = request
        self._outgoing = _written(request.method, request.target, tuple(request.headers), request.body)
        self._reader: h11.Connection | None = None
        self._beginning = b""
        self._answering = False
        self._interim = 0
        self._length: int | None = None
        self._received = 0

    def outgoing(self) -> bytes:
        """Return the request, once."""
        data, self._outgoing = self._outgoing, b""
        return data

    def receive(self, data: bytes) -> list[Event]:
        """Return what `data` brought."""
        if self._reader is None and (answer := whole_answer(self._request.method, data)):
            return answer
        if not self._answering and len(self._beginning) < _SHOWN:
            self._beginning = (self._beginning + data)[:_SHOWN]
        self._connection.receive_data(data)
        return self._events()

    def end_of_stream(self) -> list[Event]:
        """Return END where the body has no other end, an error where something is missing."""
        if not self._answering:
            return [ProtocolError(self._unfinished_head(), Phase.FIRST_BYTE)]
        self._connection.receive_data(b"")
        return self._events()

    @property
    def _connection(self) -> h11.Connection:
        """The parser; most answers come whole and are so plain that it is not needed."""
        if self._reader is None:
            self._reader, _ = _begun(
                self._request.method, self._request.target, self._request.headers, self._request.body
            )
        return self._reader

    def _events(self) -> list[Event]:
        events: list[Event] = []
        while True:
            try:
                event = self._connection.next_event()
            except h11.RemoteProtocolError as error:
                return [*events, self._broken(error)]
            if event is h11.NEED_DATA or event is h11.PAUSED:
                return events
            if isinstance(event, h11.Data):
                self._received += len(event.data)
                events.append(bytes(event.data))
            elif isinstance(event, h11.EndOfMessage):
                return [*events, Mark.END]
            elif isinstance(event, h11.InformationalResponse):
                events.append(Mark.INTERIM)
                self._interim += 1
                if event.status_code == _SWITCHING_PROTOCOLS:
                    return [*events, self._head(event), Mark.END]
                if self._interim > MAX_INTERIM_ANSWERS:
                    return [*events, ProtocolError(f"more than {MAX_INTERIM_ANSWERS} 1xx answers", Phase.FIRST_BYTE)]
            elif isinstance(event, h11.Response):
                self._answering = True
                events.append(self._head(event))

    def _head(self, event: h11.Response | h11.InformationalResponse) -> Head:
        lengths = [value for name, value in event.headers if name == b"content-length"]
        self._length = int(lengths[0]) if lengths else None
        return Head(
            status=event.status_code, headers=event.headers.raw_items(), version=b"HTTP/" + bytes(event.http_version)
        )

    def _broken(self, error: h11.RemoteProtocolError) -> ProtocolError:
        phase = Phase.TRANSFER if self._answering else Phase.FIRST_BYTE
        text = str(error)
        if "too long" in text:
            what = "chunk or trailer" if self._answering else "headers"
            return ProtocolError(f"the answer's {what} are larger than {MAX_HEADER_BYTES // 1024} KiB", phase)
        if self._answering and "complete message body" in text:
            of = "the last chunk was missing" if self._length is None else f"{self._length} were announced"
            return ProtocolError(f"the connection was closed after {self._received} bytes of the body; {of}", phase)
        if self._answering:
            return ProtocolError(f"the body is broken: {text}", phase)
        if not self._beginning.startswith(b"HTTP/"):
            return ProtocolError(f"the answer is not HTTP: it begins with {self._shown()}", phase)
        return ProtocolError(f"the answer is not valid HTTP: {text}", phase)

    def _unfinished_head(self) -> str:
        if not self._beginning:
            return "the connection was closed without an answer"
        if not self._beginning.startswith(b"HTTP/"):
            return f"the answer is not HTTP: it begins with {self._shown()}"
        return "the connection was closed in the middle of the headers"

    def _shown(self) -> str:
        return ascii(self._beginning.decode("latin-1"))


@lru_cache(maxsize=512)
def _written(method: bytes, target: bytes, headers: tuple[tuple[bytes, bytes], ...], body: bytes) -> bytes:
    """Return the request as it goes over the wire; the same one does so every minute."""
    return _begun(method, target, headers, body)[1]


def _begun(method: bytes, target: bytes, headers: RawHeaders, body: bytes) -> tuple[h11.Connection, bytes]:
    connection = h11.Connection(h11.CLIENT, max_incomplete_event_size=MAX_HEADER_BYTES)
    try:
        parts = [connection.send(h11.Request(method=method, target=target, headers=list(headers)))]
        if body:
            parts.append(connection.send(h11.Data(data=body)))
        parts.append(connection.send(h11.EndOfMessage()))
    except h11.LocalProtocolError as error:
        raise ProtocolError(f"the request cannot be written as HTTP: {error}") from error
    return connection, b"".join(part for part in parts if part)
