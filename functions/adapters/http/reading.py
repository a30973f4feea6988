"""What is read of an answer: as much as a health check can need, and no more than a bad target may cost."""

from contextlib import aclosing
from typing import TYPE_CHECKING, Final, cast

import httpx

from functions.adapters.http.codec import Head, RawHeaders
from functions.adapters.http.exchange import Exchange
from functions.adapters.http.seeing import Reply

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Mapping

BODY_LIMIT = 1024 * 1024
"""Decoded bytes of a body that are read; what a health check asserts on fits many times."""
PIECE_LIMIT = 16 * 1024
"""Pieces of a body that are read: a body in chunks of one byte would keep a CPU busy for seconds."""

_DECODED = {"", "identity", "gzip", "x-gzip", "deflate"}
_ONWARD: Final = frozenset({b"location", b"content-encoding"})
"""Headers after which there is more to an answer than a status, headers and a body."""


def is_plain(head: Head) -> bool:
    """Tell whether an answer needs nothing of httpx: no redirect to follow, no encoding to undo."""
    return not any(name.lower() in _ONWARD for name, _ in head.headers)


async def read_plain(head: Head, exchange: Exchange) -> Reply:
    """Return a plain answer, and end the exchange; raises ExchangeError.

    It comes to what httpx would make of it, at a third of the CPU: its response, streams and decoders are built to do
    more than pass on what came in one piece.
    """
    try:
        whole = exchange.whole()
        if whole is None:
            body, complete = await _gathered(exchange.pieces())
        else:
            body, complete = whole[:BODY_LIMIT], len(whole) <= BODY_LIMIT
    finally:
        exchange.close()
    return Reply(status_code=head.status, headers=readable(head.headers), body=body, body_complete=complete)


async def read_response(response: httpx.Response) -> Reply:
    """Return any other answer, and end its exchange; raises ExchangeError and httpx.DecodingError."""
    # Of an encoding that was not asked for, or several on top of each other, the raw bytes are shown: unpacking
    # those without bounds is what a bomb waits for.
    decoded = response.headers.get("content-encoding", "").strip().lower() in _DECODED
    try:
        # Generators in truth, and to be ended where they are left early.
        stream = cast("AsyncGenerator[bytes, None]", response.aiter_bytes() if decoded else response.aiter_raw())
        body, complete = await _gathered(stream)
    finally:
        await response.aclose()
    headers = {name.lower(): value for name, value in response.headers.items()}
    return Reply(status_code=response.status_code, headers=headers, body=body, body_complete=complete)


async def _gathered(stream: "AsyncGenerator[bytes, None]") -> tuple[bytes, bool]:
    """Return the body, up to the limits, and whether that is all of it."""
    pieces: list[bytes] = []
    size = 0
    async with aclosing(stream):
        async for piece in stream:
            pieces.append(piece)
            size += len(piece)
            if size > BODY_LIMIT or len(pieces) > PIECE_LIMIT:
                break
        else:
            return b"".join(pieces), True
    return b"".join(pieces)[:BODY_LIMIT], False


def readable(raw: RawHeaders) -> "Mapping[str, str]":
    """Return headers by lower-case name, those of one name joined by commas, as httpx reads them."""
    try:
        headers: dict[str, str] = {}
        for name, value in raw:
            key, text = name.decode("ascii").lower(), value.decode("ascii")
            headers[key] = f"{headers[key]}, {text}" if key in headers else text
    except UnicodeDecodeError:  # what then counts as which encoding, httpx knows
        return {name.lower(): value for name, value in httpx.Headers(list(raw)).items()}
    return headers
