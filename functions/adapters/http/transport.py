"""httpx's transport: each request over a connection of its own."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from functools import partial

import httpx

from functions.adapters.http.codec import Codec, Outgoing
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
    """How one attempt wants its connections; `deadline` is in the loop's time."""

    trace: Trace
    deadline: float
    verify: bool = True
    http2: bool = False
    client_certificate: str | None = None


class Transport(httpx.AsyncBaseTransport):
    """A fresh connection for each request, to vetted addresses only."""

    def __init__(self, net: Net) -> None:
        self._dial = Dial(net)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send `request` and return its answer with the body still to come; raises ExchangeError."""
        answered: httpx.Response | None = request.extensions.pop(ANSWERED, None)
        if answered is not None:
            return answered
        terms: Terms = request.extensions[EXTENSION]
        url = request.url
        if url.scheme not in _PORTS or not url.raw_host:
            raise ProtocolError(f"{url.scheme or 'no scheme'}:// is not something that an HTTP check can follow")
        port = url.port or _PORTS[url.scheme]
        outgoing = Outgoing(
            method=request.method.encode(),
            scheme=url.raw_scheme,
            authority=url.netloc,
            target=url.raw_path,
            headers=request.headers.raw,
            body=await request.aread(),
        )
        call = Call(
            host=url.raw_host.decode("ascii"),
            port=port,
            trace=terms.trace,
            deadline=terms.deadline,
            tls=_tls(terms) if url.scheme == "https" else None,
        )
        head, exchange = await self._dial.open(call, partial(_codec, outgoing))
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


def _tls(terms: Terms) -> TlsTerms:
    return TlsTerms(
        verify=terms.verify,
        alpn=("h2", "http/1.1") if terms.http2 else ("http/1.1",),
        client_certificate=terms.client_certificate,
    )


def _codec(outgoing: Outgoing, protocol: str | None) -> Codec:
    """Pick by what ALPN agreed on."""
    if protocol == "h2":
        from functions.adapters.http.http2 import Http2  # noqa: PLC0415 - an import that few monitors need

        return Http2(outgoing)
    return Http1(outgoing)
