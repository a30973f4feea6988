"""A target that takes its time, and knows exactly how much: in the TLS handshake, before the first byte, in the body.

    python -m bench.probe.delaying CERTIFICATE      prints the ports of http and https, then serves until stdin ends

`/{tls ms}/{first byte ms}/{transfer ms}/{name}`; the first is what the server was told last, since a handshake comes
before a path. What a delay really was is measured here, from the kernel's stamp of the packet that began it to the
moment before the one that ended it is sent: a server that is late itself must not be taken for a prober that errs. Each
line on stdin is {"tls": ms}, answered with {name: [tls, first byte, transfer]} of what was served since, in ms.
"""

import asyncio
import json
import socket
import ssl
import sys
import time
from contextlib import suppress
from pathlib import Path

from functions.adapters.http import kernel

BODY = json.dumps({"status": "healthy", "checks": {"database": "ok"}, "pad": "x" * 233}).encode()
HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %d\r\nconnection: close\r\n\r\n" % len(
    BODY
)
SENT_AT_FIRST = 20
"""Bytes of the body that come with the head; the others come after the delay of the transfer."""


class Truth:
    """What was served, by name."""

    def __init__(self) -> None:
        self.tls_ms = 0.0
        self.served: dict[str, list[float]] = {}


class Connection:
    """One connection, from its first packet to its last."""

    def __init__(self, sock: socket.socket, truth: Truth, context: ssl.SSLContext | None) -> None:
        self._loop = asyncio.get_running_loop()
        self._sock = sock
        self._truth = truth
        self._incoming, self._outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        self._tls = context.wrap_bio(self._incoming, self._outgoing, server_side=True) if context else None
        self._request = b""
        self._hello: float | None = None
        self._spent: list[float] = []
        sock.setblocking(False)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        kernel.stamp_arrivals(sock)
        self._loop.add_reader(sock.fileno(), self._readable)

    def _readable(self) -> None:
        try:
            data, at = kernel.receive(self._sock, 64 * 1024, not_before=0.0)
        except BlockingIOError:
            return
        except OSError:
            data, at = b"", 0.0
        if not data:
            self._close()
        elif self._tls is None:
            self._requested(data, at)
        else:
            self._incoming.write(data)
            if self._hello is None:
                self._hello = at
                self._loop.call_later(self._truth.tls_ms / 1000, self._shake)
            else:
                self._decrypt(self._tls, at)

    def _shake(self) -> None:
        assert self._tls is not None  # noqa: S101 -- only a connection with TLS shakes hands
        assert self._hello is not None  # noqa: S101 -- and only after the hello
        with suppress(ssl.SSLWantReadError):
            self._tls.do_handshake()
        flight = self._outgoing.read()
        self._spent.append(self._send(flight, since=self._hello))

    def _decrypt(self, tls: ssl.SSLObject, at: float) -> None:
        try:
            tls.do_handshake()
            if tickets := self._outgoing.read():
                self._sock.send(tickets)
            while data := tls.read(64 * 1024):
                self._requested(data, at)
        except ssl.SSLWantReadError:
            pass
        except (ssl.SSLError, OSError):
            self._close()

    def _requested(self, data: bytes, at: float) -> None:
        self._request += data
        if b"\r\n\r\n" not in self._request:
            return
        self._spent = self._spent or [0.0]
        _, _, first_byte, transfer, name = self._request.split(b" ", 2)[1].decode().split("/")
        self._loop.call_later(float(first_byte) / 1000, self._begin, at, float(transfer), name)

    def _begin(self, at: float, transfer: float, name: str) -> None:
        sent = time.perf_counter()
        self._spent.append(self._send(self._encrypted(HEAD + BODY[:SENT_AT_FIRST]), since=at))
        self._loop.call_later(transfer / 1000, self._finish, sent, name)

    def _finish(self, at: float, name: str) -> None:
        self._spent.append(self._send(self._encrypted(BODY[SENT_AT_FIRST:]), since=at))
        self._truth.served[name] = self._spent

    def _encrypted(self, data: bytes) -> bytes:
        if self._tls is None:
            return data
        self._tls.write(data)
        return self._outgoing.read()

    def _send(self, data: bytes, *, since: float) -> float:
        """Send and return the milliseconds since `since`, as they were just before."""
        at = time.perf_counter()
        try:
            self._sock.send(data)
        except OSError:
            self._close()
        return (at - since) * 1000

    def _close(self) -> None:
        if self._sock.fileno() >= 0:
            self._loop.remove_reader(self._sock.fileno())
            self._sock.close()


async def serve(certificate: Path) -> None:
    """Serve until stdin ends; `certificate` holds the key as well."""
    truth = Truth()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    loop = asyncio.get_running_loop()
    ports = []
    for tls in (None, context):
        listener = socket.create_server(("127.0.0.1", 0), backlog=2048)
        listener.setblocking(False)
        ports.append(listener.getsockname()[1])
        loop.add_reader(listener.fileno(), _accept, listener, truth, tls)
    print(json.dumps(ports), flush=True)
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        served, truth.served = truth.served, {}
        truth.tls_ms = json.loads(line)["tls"]
        print(json.dumps(served), flush=True)


def _accept(listener: socket.socket, truth: Truth, context: ssl.SSLContext | None) -> None:
    while True:
        try:
            sock, _ = listener.accept()
        except BlockingIOError:
            return
        Connection(sock, truth, context)


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1])))
