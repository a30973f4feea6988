"""Executes WebSocket checks: wsproto reads and writes frames, over our own connection layer."""

from functools import partial
from urllib.parse import SplitResult, urlsplit

from wsproto import ConnectionType, WSConnection
from wsproto.events import (
    AcceptConnection,
    BytesMessage,
    CloseConnection,
    Ping,
    RejectConnection,
    Request,
    TextMessage,
)
from wsproto.utilities import LocalProtocolError, RemoteProtocolError

from functions.adapters.http.codec import MAX_HEADER_BYTES, MAX_IDLE_FRAMES, Event, Head, Mark
from functions.adapters.http.dial import Call, Dial
from functions.adapters.http.errors import ExchangeError, ProtocolError
from functions.adapters.http.seeing import Reply, seeing
from functions.adapters.http.tls import TlsTerms
from functions.adapters.http.trace import Trace
from functions.adapters.network import Network
from functions.domain.checks.websocket import WebsocketCheck
from functions.domain.verdict import FailureKind, Phase
from functions.domain.wording import show
from functions.execution import Execute, Sighting, UnmadeError

MESSAGE_LIMIT = 1024 * 1024
_PORTS = {"ws": 80, "http": 80, "wss": 443, "https": 443}
_SWITCHING = 101
_NORMAL = 1000
_HTTP = b"HTTP/"
_SHOWN = 40


def websocket_executor(network: Network) -> Execute:
    """Return what executes a `WebsocketCheck`."""
    return _Websocket(network)


class _Websocket:
    def __init__(self, network: Network) -> None:
        self._dial = Dial(network)

    async def __call__(self, check: WebsocketCheck, /, *, timeout: float) -> Sighting:  # noqa: ASYNC109 - see Execute
        return await seeing(partial(self._reply, check), timeout=timeout)

    async def _reply(self, check: WebsocketCheck, trace: Trace, deadline: float) -> Reply:
        url = urlsplit(check.url)
        if url.scheme not in _PORTS or not url.hostname:
            raise UnmadeError("the address is not that of a WebSocket")
        encrypted = _PORTS[url.scheme] == _PORTS["wss"]
        try:
            frames = Frames(check, url, trace)
        except (LocalProtocolError, UnicodeError) as error:
            raise UnmadeError("the request cannot be written as HTTP") from error
        call = Call(
            host=url.hostname,
            port=url.port or _PORTS[url.scheme],
            trace=trace,
            deadline=deadline,
            tls=TlsTerms(verify=check.verify, client_certificate=check.client_certificate) if encrypted else None,
        )
        _, exchange = await self._dial.open(call, lambda _: frames)
        try:
            body = b"".join([piece async for piece in exchange.pieces()])
        finally:
            exchange.close()
        return Reply(body=body[:MESSAGE_LIMIT], body_complete=len(body) <= MESSAGE_LIMIT)


class Frames:
    """The upgrade, what is said after it, and one message that comes back; a `Codec`."""

    first_byte_is_answer = True
    request_complete = True

    def __init__(self, check: WebsocketCheck, url: SplitResult, trace: Trace) -> None:
        self._check = check
        self._trace = trace
        self._connection = WSConnection(ConnectionType.CLIENT)
        self._upgraded = False
        self._beginning = b""
        self._size = self._idle = 0
        self._outgoing = self._connection.send(
            Request(
                host=url.netloc.rpartition("@")[2],
                target=(url.path or "/") + (f"?{url.query}" if url.query else ""),
                subprotocols=[check.subprotocol] if check.subprotocol else [],
                extra_headers=[(name.encode(), value.encode()) for name, value in check.headers.items()],
            )
        )

    def outgoing(self) -> bytes:
        """Return what there is to send, at first the upgrade."""
        data, self._outgoing = self._outgoing, b""
        return data

    def receive(self, data: bytes) -> list[Event]:
        """Return what `data` brought; raises ExchangeError where the server does not upgrade."""
        if not self._upgraded:
            self._beginning += data
            if not self._beginning.startswith(_HTTP[: len(self._beginning)]):
                raise ProtocolError(f"the answer is not HTTP: it begins with {self._begins()}", Phase.FIRST_BYTE)
            if len(self._beginning) > MAX_HEADER_BYTES:
                raise ProtocolError(f"the answer's headers are larger than {MAX_HEADER_BYTES // 1024} KiB")
        events: list[Event] = []
        try:
            self._connection.receive_data(data)
            for event in self._connection.events():
                known = len(events)
                events += self._event(event)
                self._idle += len(events) == known
                if self._idle > MAX_IDLE_FRAMES:
                    return [*events, ProtocolError(f"{MAX_IDLE_FRAMES} frames brought no message", self._phase)]
                if events and events[-1] is Mark.END:
                    break
        except RemoteProtocolError as error:
            what = "what comes is no WebSocket frame" if self._upgraded else "the answer is no upgrade to a WebSocket"
            return [*events, ProtocolError(f"{what}: {error}", self._phase)]
        return events

    def end_of_stream(self) -> list[Event]:
        """Return the error that an end without a message is."""
        where = "before a message came" if self._upgraded else "without an answer"
        return [ProtocolError(f"the connection was closed {where}", self._phase)]

    def _begins(self) -> str:
        return ascii(self._beginning[:_SHOWN].decode("latin-1"))

    @property
    def _phase(self) -> Phase:
        return Phase.TRANSFER if self._upgraded else Phase.FIRST_BYTE

    def _event(self, event: object) -> list[Event]:
        if isinstance(event, RejectConnection):
            self._trace.status_code = event.status_code
            reason = f"the server does not upgrade, but answers HTTP {event.status_code}"
            raise ExchangeError(FailureKind.STATUS, reason)
        if isinstance(event, AcceptConnection):
            return self._accepted(event.subprotocol)
        if isinstance(event, Ping):
            self._outgoing += self._connection.send(event.response())
        elif isinstance(event, CloseConnection):
            why = f" {show(event.reason)}" if event.reason else ""
            # Of frames that are none, wsproto says with which code it ends the connection itself.
            reason = f"the WebSocket was closed ({int(event.code)}{why}) before a message came"
            raise ProtocolError(reason, self._phase)
        elif isinstance(event, TextMessage | BytesMessage):
            piece = event.data.encode() if isinstance(event, TextMessage) else bytes(event.data)
            self._size += len(piece)
            if event.message_finished or self._size > MESSAGE_LIMIT:
                return [piece, *self._goodbye()]
            return [piece] if piece else []
        return []

    def _accepted(self, subprotocol: str | None) -> list[Event]:
        wanted = self._check.subprotocol
        if wanted and subprotocol != wanted:
            raise ProtocolError(f"the server does not speak the subprotocol {show(wanted)}", Phase.FIRST_BYTE)
        self._upgraded = True
        head = Head(status=_SWITCHING, headers=(), version=b"")
        if self._check.send is not None:
            self._outgoing += self._connection.send(TextMessage(data=self._check.send))
        return [head] if self._check.read else [head, *self._goodbye()]

    def _goodbye(self) -> list[Event]:
        self._outgoing += self._connection.send(CloseConnection(code=_NORMAL))
        return [Mark.END]
