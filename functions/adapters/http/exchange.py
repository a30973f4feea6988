"""One request and its answer over one fresh connection.

No coroutine runs between the connection and the answer: each step happens in the callback that makes it possible, and
carries the time of that. The coroutine that waits only collects.
"""

import asyncio
import errno
import os
import ssl
import time
from collections import deque
from collections.abc import AsyncGenerator, Callable

from functions.adapters.http.codec import Codec, Event, Head, Mark
from functions.adapters.http.errors import ConnectError, ProtocolError, TlsError
from functions.adapters.http.tls import TlsSession
from functions.adapters.http.trace import TRUE_WITHIN_MS, Trace
from functions.adapters.http.turns import running_turns
from functions.adapters.http.wire import Wire
from functions.domain.verdict import Phase

QUEUED_PIECES = 64
"""Pieces of a body that may wait to be collected before the peer is held back."""

STANDS = Head(status=0, headers=(), version=b"")
"""The head of an answer from which nothing was asked."""

_CONNECT_WORDS = {
    errno.ECONNREFUSED: "connection refused by {to}",
    errno.ECONNRESET: "connection reset by {to}",
    errno.EHOSTUNREACH: "no route to {to}",
    errno.ENETUNREACH: "the network of {to} cannot be reached",
    errno.ETIMEDOUT: "{to} does not answer",
}


class Exchange:
    """Connects, speaks TLS where there is a `tls` session, then the protocol that `choose` picks by ALPN's answer.

    Where it picks none, that the connection stands is the whole answer, whose head is `STANDS`.
    """

    def __init__(self, *, trace: Trace, tls: TlsSession | None, choose: Callable[[str | None], Codec | None]) -> None:
        self._trace = trace
        self._tls = tls
        self._choose = choose
        self._wire = Wire(self)
        self._to = ""
        self._codec: Codec | None = None
        self._requested = self._complete = False
        self._first_byte: float | None = None
        self._late = 0.0
        self._shaken_at: float | None = None
        self._segments = 0
        self._head: Head | None = None
        self._pieces: deque[bytes] = deque()
        self._error: Exception | None = None
        self._waiter: asyncio.Future[None] | None = None

    async def open(self, address: str, port: int, patience: float | None) -> Head:
        """Return the head of the answer; raises ExchangeError or ssl.SSLError.

        Gives up connecting, with ConnectError, after `patience` seconds (None: never).
        """
        self._to = f"[{address}]:{port}" if ":" in address else f"{address}:{port}"
        timer = asyncio.get_running_loop().call_later(patience, self._lose_patience) if patience else None
        try:
            self._trace.begin(Phase.CONNECT, time.perf_counter())
            started = self._wire.connect(address, port)
            if self._trace.phase is Phase.CONNECT:
                self._trace.begin(Phase.CONNECT, started)
            while self._head is None:
                await self._progress()
        finally:
            if timer:
                timer.cancel()
        return self._head

    async def pieces(self) -> AsyncGenerator[bytes, None]:
        """Yield the body piece by piece; raises ExchangeError where it breaks."""
        while True:
            while self._pieces:
                yield self._pieces.popleft()
            if self._complete:
                return
            self._wire.listen(wanted=True)
            await self._progress()

    def whole(self) -> bytes | None:
        """Return the body where all of it is here already, as that of most answers is; None where more is to come."""
        if not self._complete:
            return None
        body = b"".join(self._pieces)
        self._pieces.clear()
        return body

    def close(self) -> None:
        """Drop the connection, in whatever state it is."""
        self._shaken_at = None
        self._wire.close()

    def wire_connected(self, at: float) -> None:
        """Go on to TLS or to the request."""
        self._trace.end(at)
        self._wire.listen(wanted=True)
        if self._tls:
            self._trace.begin(Phase.TLS, at)
            self._shake(self._tls, at)
        else:
            self._request()

    def wire_received(self, data: bytes, at: float) -> None:
        """Go on with what came."""
        self._late = (time.perf_counter() - at) * 1000
        self._trace.late = max(self._trace.late, self._late)
        if self._tls is None:
            self._answer(data, at, closed=not data)
            return
        if self._codec is None:
            if data:
                self._tls.receive(data)
                awaited, self._shaken_at = self._shaken_at is None, at
                if awaited:
                    running_turns().take(lambda: self._wire.guarded(self._catch_up))
                return
            self._catch_up()
            if self._codec is None:
                raise TlsError("the connection was closed during the TLS handshake")
        self._tls.receive(data)
        plain = self._tls.read()
        self._answer(plain, at, closed=self._tls.closed)

    def wire_sent(self, at: float) -> None:
        """Start to wait for the first byte when the whole request is out."""
        # Losing the CPU between looking at the clock and sending would count as the target's.
        self._trace.doubt += (time.perf_counter() - at) * 1000
        if self._codec is not None and not self._requested and self._codec.request_complete:
            self._requested = True
            self._segments = self._wire.segments()
            if self._trace.phase is Phase.FIRST_BYTE:
                self._trace.begin(Phase.FIRST_BYTE, at)

    def wire_lost(self, error: Exception) -> None:
        """Keep why it ended for the coroutine that waits; an answer that is complete stays one."""
        if isinstance(error, OSError):
            self._wire.guarded(self._catch_up)  # what came before may say why
        if self._error is None and not self._complete:
            self._error = self._worded(error) if isinstance(error, OSError) else error
            self._trace.end(time.perf_counter())
        self._wire.close()
        self._wake()

    def _lose_patience(self) -> None:
        if self._trace.phase is Phase.CONNECT:
            self.wire_lost(ConnectError(f"{self._to} does not answer"))

    def _worded(self, error: OSError) -> Exception:
        if isinstance(error, ssl.SSLError) and self._head is None:
            return error  # an OSError by name only; its words need the certificate
        if self._trace.phase is Phase.CONNECT:
            words = _CONNECT_WORDS.get(error.errno or 0, f"no connection to {{to}}: {os.strerror(error.errno or 0)}")
            return ConnectError(words.format(to=self._to))
        verb = "was reset" if error.errno == errno.ECONNRESET else f"broke ({error.strerror or error})"
        if self._trace.phase is Phase.TLS:
            return TlsError(f"the connection {verb} during the TLS handshake")
        where = "in the middle of the answer" if self._trace.phase is Phase.TRANSFER else "before an answer came"
        return ProtocolError(f"the connection {verb} {where}", self._trace.phase)

    async def _progress(self) -> None:
        """Wait until there is more to collect; raises what ended the exchange where there will not be."""
        if self._error is not None:
            raise self._error
        self._waiter = asyncio.get_running_loop().create_future()
        await self._waiter

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    def _catch_up(self) -> None:
        """Go on with the handshake, where something has come for it."""
        at, self._shaken_at = self._shaken_at, None
        if at is not None and self._tls is not None:
            self._trace.late = max(self._trace.late, (time.perf_counter() - at) * 1000)
            self._shake(self._tls, at)

    def _shake(self, tls: TlsSession, at: float) -> None:
        if not tls.handshake():
            if flight := tls.outgoing():
                # What the peer's last flight waited for us, and what our answer to it took, is not the peer's time.
                self._trace.end(at)
                self._trace.begin(Phase.TLS, time.perf_counter())
                self._wire.send(flight)
            return
        self._trace.end(at)
        self._trace.certificate = tls.certificate()
        self._request()
        # The beginning of the answer may have come together with the end of the handshake.
        plain = tls.read()
        if plain or tls.closed:
            self._answer(plain, at, closed=tls.closed)

    def _request(self) -> None:
        codec = self._codec = self._choose(self._tls.protocol() if self._tls else None)
        if codec is None:
            if self._tls:
                self._wire.send(self._tls.goodbye())
            self._head, self._complete = STANDS, True
            self._wire.close()
            self._wake()
            return
        self._trace.begin(Phase.FIRST_BYTE, time.perf_counter())
        self._send_frames(codec)

    def _send_frames(self, codec: Codec) -> None:
        data = codec.outgoing()
        if self._tls:
            self._tls.write(data)
            data = self._tls.outgoing()
        if data:
            self._wire.send(data)

    def _answer(self, data: bytes, at: float, *, closed: bool) -> None:
        codec = self._codec
        if codec is None:
            return
        if data:
            if self._first_byte is None and codec.first_byte_is_answer:
                self._first_byte = at
            self._take(codec.receive(data), at)
            if not self._complete:
                self._send_frames(codec)
        if closed and not self._complete:
            self._take(codec.end_of_stream(), at)
        self._wire.listen(wanted=len(self._pieces) < QUEUED_PIECES)

    def _take(self, events: list[Event], at: float) -> None:
        if events:
            self._wake()
        for event in events:
            if isinstance(event, Head):
                first_byte = at if self._first_byte is None else self._first_byte
                if self._late > TRUE_WITHIN_MS and self._wire.segments() > self._segments + 1:
                    # The kernel joins what lies unread, and keeps the last stamp: the first may be that much older.
                    self._trace.doubt += self._late
                self._trace.end(first_byte)
                self._trace.begin(Phase.TRANSFER, first_byte)
                self._head = event
            elif isinstance(event, bytes):
                self._pieces.append(event)
            elif isinstance(event, ProtocolError):
                raise event
            elif event is Mark.INTERIM:
                # The final answer is what is waited for; its first byte may be here already.
                self._first_byte = at if event is not events[-1] else None
            else:
                self._trace.end(at)
                self._complete = True
                if self._codec:
                    self._send_frames(self._codec)  # a goodbye, where the protocol has one
                self._wire.close()
