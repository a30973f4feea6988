"""httpx's transport: each request over a connection of its own."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from functools import partial

import httpx

from functions.adapters.http.codec import Codec, Head, Outgoing
from functions.adapters.http.dial import Call, Dial, Net
from functions.adapters.http.errors import ProtocolError
from functions.adapters.http.exchange import Exchange
from functions.adapters.http.http1 import Http1
from functions.adapters.http.tls import TlsTerms
from functions.adapters.http.trace import Trace

EXTENSION = "pulseboard"
"""The key in a request's `extensions` under which its `Terms` stand; httpx carries them over redirects."""
ANSWERED = "pulseboard.answered"
"""The key under which a request that was sent already has its response."""
DECODED_PIECE = 4 * 1024
"""Compressed bytes given to httpx at once: deflate grows a thousandfold at most, so 4 MiB can come of them."""
_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """How one attempt wants its connections; `deadline` is in the loop's time, `tls` counts for https."""

    trace: Trace
    deadline: float
    tls: TlsTerms


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A request as it goes over the wire, and where to."""

    host: str
    port: int
    encrypted: bool
    content: Outgoing


def letter(request: httpx.Request, body: bytes) -> Letter:
    """Return what a request comes to; raises ProtocolError where it is not for HTTP."""
    url = request.url
    if url.scheme not in _PORTS or not url.raw_host:
        raise ProtocolError(f"{url.scheme or 'no scheme'}:// is not something that an HTTP check can follow")
    return Letter(
        host=url.raw_host.decode("ascii"),
        port=url.port or _PORTS[url.scheme],
        encrypted=url.scheme == "https",
        content=Outgoing(
            method=request.method.encode(),
            scheme=url.raw_scheme,
            authority=url.netloc,
            target=url.raw_path,
            headers=request.headers.raw,
            body=body,
        ),
    )


def tls_terms(*, verify: bool, http2: bool, client_certificate: str | None) -> TlsTerms:
    """Return how a monitor wants its sessions."""
    alpn = ("h2", "http/1.1") if http2 else ("http/1.1",)
    return TlsTerms(verify=verify, alpn=alpn, client_certificate=client_certificate)


class Transport(httpx.AsyncBaseTransport):
    """A fresh connection for each request, to vetted addresses only."""

    def __init__(self, net: Net) -> None:
        self._dial = Dial(net)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send `request` and return its answer with the body still to come; raises ExchangeError."""
        answered: httpx.Response | None = request.extensions.pop(ANSWERED, None)
        if answered is not None:
            return answered
        return as_response(*await self.send(letter(request, await request.aread()), request.extensions[EXTENSION]))

    async def send(self, letter: Letter, terms: Terms) -> tuple[Head, Exchange]:
        """Send a request and return the head of its answer and the exchange that goes on; raises ExchangeError."""
        call = Call(
            host=letter.host,
            port=letter.port,
            trace=terms.trace,
            deadline=terms.deadline,
            tls=terms.tls if letter.encrypted else None,
        )
        return await self._dial.open(call, partial(_codec, letter.content))


def as_response(head: Head, exchange: Exchange) -> httpx.Response:
    """Return an answer as httpx has it, with the body still to come."""
    return httpx.Response(
        head.status,
        headers=list(head.headers),
        stream=_Body(exchange, compressed=any(name.lower() == b"content-encoding" for name, _ in head.headers)),
        extensions={"http_version": head.version},
    )


class _Body(httpx.AsyncByteStream):
    """The body of an answer, on its way; closing it closes the connection."""

    def __init__(self, exchange: Exchange, *, compressed: bool) -> None:
        self._exchange = exchange
        self._compressed = compressed

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for piece in self._exchange.pieces():
            if self._compressed:
                for at in range(0, len(piece), DECODED_PIECE):
                    yield piece[at : at + DECODED_PIECE]
            else:
                yield piece

    async def aclose(self) -> None:
        self._exchange.close()


def _codec(outgoing: Outgoing, protocol: str | None) -> Codec:
    """Pick by what ALPN agreed on."""
    if protocol == "h2":
        from functions.adapters.http.http2 import Http2  # noqa: PLC0415 - an import that few monitors need

        return Http2(outgoing)
    return Http1(outgoing)
