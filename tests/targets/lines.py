"""Servers of line-based and of binary protocols, right and wrong, over plain TCP."""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from tests.targets.server import listening, reset

Handle = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
Target = Callable[[], AbstractAsyncContextManager[int]]


def served(handle: Handle) -> Target:
    """Return a target on which `handle` serves each connection."""
    return lambda: listening(handle)


def greets(greeting: bytes, *, stays: bool = True) -> Target:
    """Return a target that speaks first, and stays or leaves."""

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(greeting)
        await writer.drain()
        if stays:
            await reader.read()

    return served(handle)


def replies(wanted: bytes, answer: bytes, *, otherwise: bytes = b"-ERR unknown command\r\n") -> Target:
    """Return a target that gives one answer to what is `wanted` and another to all else, and stays."""

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        received = await reader.read(1000)
        writer.write(answer if received == wanted else otherwise)
        await writer.drain()
        await reader.read()

    return served(handle)


async def drips(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Send a byte now and then, and never a line's end."""
    while True:
        writer.write(b"x")
        await writer.drain()
        await asyncio.sleep(0.02)


async def floods(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Send as much as is taken, without a line's end."""
    block = b"x" * 65536
    while True:
        writer.write(block)
        await writer.drain()


async def resets_after_a_word(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Begin a line, then reset."""
    writer.write(b"220 mail")
    await writer.drain()
    await asyncio.sleep(0.05)
    reset(writer)


async def resets(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Reset when something comes."""
    await reader.read(100)
    reset(writer)


@asynccontextmanager
async def nobody() -> AsyncIterator[int]:
    """Give a port that nobody listens on."""
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        yield unused.getsockname()[1]


@asynccontextmanager
async def swallows() -> AsyncIterator[int]:
    """Give a port whose queue is full, so that what comes is dropped: a black hole on loopback."""
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        port = full.getsockname()[1]
        fillers = [socket.socket() for _ in range(3)]
        for filler in fillers:
            filler.setblocking(False)
            filler.connect_ex(("127.0.0.1", port))
        await asyncio.sleep(0.05)
        try:
            yield port
        finally:
            for filler in fillers:
                filler.close()
