"""Executes TCP checks."""

from functools import partial

from functions.adapters.http.codec import Event, Head, Mark
from functions.adapters.http.dial import Call, Dial
from functions.adapters.http.errors import ProtocolError
from functions.adapters.http.seeing import Reply, seeing
from functions.adapters.http.trace import Trace
from functions.adapters.network import Network
from functions.domain.checks.tcp import TcpCheck
from functions.domain.verdict import Phase
from functions.domain.wording import show
from functions.execution import Execute, Sighting, UnmadeError

ANSWER_LIMIT = 64 * 1024
"""Bytes of an answer that are read: a banner or a line is far shorter."""


def tcp_executor(network: Network) -> Execute:
    """Return what executes a `TcpCheck`."""
    return _Tcp(network)


class _Tcp:
    def __init__(self, network: Network) -> None:
        self._dial = Dial(network)

    async def __call__(self, check: TcpCheck, /, *, timeout: float) -> Sighting:  # noqa: ASYNC109 - see Execute
        return await seeing(partial(self._reply, check), timeout=timeout)

    async def _reply(self, check: TcpCheck, trace: Trace, deadline: float) -> Reply:
        try:
            payload = check.payload
        except ValueError as error:
            raise UnmadeError(f"what is to be sent is not {check.encoding}") from error
        talk = Talk(payload, until=check.until, length=check.length) if payload or check.read else None
        call = Call(host=check.host, port=check.port, trace=trace, deadline=deadline)
        _, exchange = await self._dial.open(call, lambda _: talk)
        try:
            body = b"".join([piece async for piece in exchange.pieces()])
        finally:
            exchange.close()
        return Reply(body=body[:ANSWER_LIMIT], body_complete=len(body) < ANSWER_LIMIT)


class Talk:
    """Bytes to send, and an answer that ends where `until` or `length` says; a `Codec`."""

    first_byte_is_answer = True
    request_complete = True

    def __init__(self, payload: bytes, *, until: str | None, length: int | None) -> None:
        self._payload = payload
        self._until = until
        self._length = length
        self._received = b""

    def outgoing(self) -> bytes:
        """Return the payload, once."""
        data, self._payload = self._payload, b""
        return data

    def receive(self, data: bytes) -> list[Event]:
        """Return the piece, up to where the answer ends, and END where that is in it.

        What comes along behind the end is no part of the answer: else it would depend on how the peer's bytes happen
        to be cut into packets.
        """
        before = len(self._received)
        self._received += data
        head: list[Event] = [] if before else [Head(status=0, headers=(), version=b"")]
        end = self._end()
        return [*head, data] if end is None else [*head, data[: end - before], Mark.END]

    def end_of_stream(self) -> list[Event]:
        """Return END where that may be the end, an error where more was asked for."""
        if not self._received:
            return [ProtocolError("the connection was closed without an answer", Phase.FIRST_BYTE)]
        if self._until is None and self._length is None:
            return [Mark.END]
        wanted = f"{self._length} were wanted" if self._length is not None else f"before {show(self._until)} came"
        received = f"the connection was closed after {len(self._received)} bytes of the answer"
        return [ProtocolError(f"{received}; {wanted}", Phase.TRANSFER)]

    def _end(self) -> int | None:
        """Return how many bytes the answer has; None where it goes on."""
        if self._length is not None:
            end = self._length if len(self._received) >= self._length else None
        else:
            text = (self._until or "\n").encode()
            at = self._received.find(text)
            end = at + len(text) if at >= 0 else None
        if end is None and len(self._received) >= ANSWER_LIMIT:
            return len(self._received)
        return end
