"""What a target can do wrong (and right) over HTTP/1.1."""

import asyncio
import gzip
import zlib

from tests.targets.server import Behaviour, Call, answer


async def healthy(call: Call) -> None:
    """Answer at once."""
    await call.send(answer())


def says(data: bytes) -> Behaviour:
    """Return a target that sends these bytes and closes."""

    async def behave(call: Call) -> None:
        await call.send(data)

    return behave


async def hangs(_: Call) -> None:
    """Take the request and never answer."""
    await asyncio.sleep(600)


async def drips_headers(call: Call) -> None:
    """Send a byte of the headers now and then."""
    await call.send(b"HTTP/1.1 200 OK\r\n")
    while True:
        await call.send(b"x")
        await asyncio.sleep(0.02)


async def drips_body(call: Call) -> None:
    """Send a byte of the body now and then."""
    await call.send(b"HTTP/1.1 200 OK\r\ncontent-length: 1000000\r\n\r\n")
    while True:
        await call.send(b"x")
        await asyncio.sleep(0.02)


async def resets_before_answer(call: Call) -> None:
    """Reset once the request is there."""
    call.reset()


async def resets_in_headers(call: Call) -> None:
    """Reset in the middle of the headers."""
    await call.send(b"HTTP/1.1 200 OK\r\ncontent-")
    await asyncio.sleep(0.05)
    call.reset()


async def resets_in_body(call: Call) -> None:
    """Reset in the middle of the body."""
    await call.send(b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhello")
    await asyncio.sleep(0.05)
    call.reset()


async def ten_gigabytes(call: Call) -> None:
    """Send as much as is taken, up to 10 GB."""
    await call.send(b"HTTP/1.1 200 OK\r\ncontent-length: 10000000000\r\n\r\n")
    block = b"x" * 65536
    for _ in range(10_000_000_000 // len(block)):
        await call.send(block)


async def endless_chunks(call: Call) -> None:
    """Send chunks of one byte for ever."""
    await call.send(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n")
    block = b"1\r\nx\r\n" * 4096
    while True:
        await call.send(block)


async def endless_headers(call: Call) -> None:
    """Send headers for ever."""
    await call.send(b"HTTP/1.1 200 OK\r\n")
    while True:
        await call.send(b"x-more: " + b"y" * 4096 + b"\r\n")


async def endless_interim(call: Call) -> None:
    """Send 1xx answers for ever."""
    while True:
        await call.send(b"HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n" * 100)
        await asyncio.sleep(0)


async def circle(call: Call) -> None:
    """Redirect between two addresses."""
    await call.send(answer(b"", status="302 Found", headers=(f"location: {'/b' if call.path == '/a' else '/a'}",)))


async def stairs(call: Call) -> None:
    """Redirect to an ever new address."""
    step = int(call.path.rpartition("/")[2] or 0)
    await call.send(answer(b"", status="302 Found", headers=(f"location: /{step + 1}",)))


def redirects_to(location: str) -> Behaviour:
    """Return a target that redirects there, with a body that has no end."""

    async def behave(call: Call) -> None:
        await call.send(f"HTTP/1.1 302 Found\r\nlocation: {location}\r\ncontent-length: 99999999\r\n\r\n".encode())
        await call.send(b"x" * 100_000)
        await asyncio.sleep(600)

    return behave


def _packed(body: bytes, encoding: str = "gzip") -> Behaviour:
    return says(answer(body, headers=(f"content-encoding: {encoding}",)))


def gzip_bomb() -> Behaviour:
    """Return a target whose 200 KB of gzip hold 200 MB."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    block = bytes(8 * 1024 * 1024)
    packed = b"".join(packer.compress(block) for _ in range(24)) + packer.flush()
    return _packed(packed)


def nested_bomb() -> Behaviour:
    """Return a target whose gzip holds gzip that holds 100 MB."""
    return _packed(gzip.compress(gzip.compress(bytes(100_000_000))), "gzip, gzip")


def good_gzip() -> Behaviour:
    """Return a target that compresses as it should."""
    return _packed(gzip.compress(b'{"status":"healthy"}'))


def broken_gzip() -> Behaviour:
    """Return a target that says gzip and sends something else."""
    return _packed(b"this is not gzip at all")
