"""Targets on loopback: each is a behaviour, given a request and a connection."""

import asyncio
import socket
import ssl
import struct
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

Behaviour = Callable[["Call"], Awaitable[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One connection whose request head was read."""

    head: bytes
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    @property
    def path(self) -> str:
        """Return the request's target."""
        return self.head.split(b" ", 2)[1].decode()

    @property
    def headers(self) -> dict[str, str]:
        """Return the request's headers by lower-case name."""
        lines = self.head.decode("latin-1").split("\r\n")[1:]
        return {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines if line)}

    async def body(self) -> bytes:
        """Return the request's body."""
        return await self.reader.readexactly(int(self.headers.get("content-length", "0")))

    async def send(self, data: bytes) -> None:
        """Send raw bytes."""
        self.writer.write(data)
        await self.writer.drain()

    def reset(self) -> None:
        """Close with RST instead of FIN."""
        reset(self.writer)


def reset(writer: asyncio.StreamWriter) -> None:
    """Close with RST instead of FIN."""
    sock: socket.socket = writer.get_extra_info("socket")
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


def answer(body: bytes = b'{"status":"healthy"}', *, status: str = "200 OK", headers: tuple[str, ...] = ()) -> bytes:
    """Return a whole answer."""
    lines = [f"HTTP/1.1 {status}", "content-type: application/json", f"content-length: {len(body)}", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


@asynccontextmanager
async def serving(
    behaviour: Behaviour, *, tls: ssl.SSLContext | None = None, host: str = "127.0.0.1", port: int = 0
) -> AsyncIterator[int]:
    """Serve HTTP/1.1 requests by `behaviour` and give the port; connections end with the server."""

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(asyncio.IncompleteReadError):
            head = await reader.readuntil(b"\r\n\r\n")
            await behaviour(Call(head=head, reader=reader, writer=writer))

    async with listening(handle, tls=tls, host=host, port=port) as bound:
        yield bound


@asynccontextmanager
async def listening(
    handle: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]],
    *,
    tls: ssl.SSLContext | None = None,
    host: str = "127.0.0.1",
    port: int = 0,
) -> AsyncIterator[int]:
    """Serve connections by `handle` and give the port."""
    tasks: set[asyncio.Task[None]] = set()

    async def tracked(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task:
            tasks.add(task)
        # What the client's leaving does to a server is not what is tested.
        with suppress(ConnectionError, ssl.SSLError, asyncio.CancelledError):
            await handle(reader, writer)
        writer.transport.abort() if writer.transport.is_closing() else writer.close()

    server = await asyncio.start_server(tracked, host, port, ssl=tls, ssl_handshake_timeout=30 if tls else None)
    loop = asyncio.get_running_loop()
    # A client that rejects a certificate makes the server's handshake fail, which asyncio reports.
    loop.set_exception_handler(lambda _loop, _context: None)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
