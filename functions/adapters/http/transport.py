"""httpx's transport: resolve, vet, connect to the address that was vetted, exchange."""

import asyncio
import contextlib
import ssl
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from functools import partial

import httpx

from functions.adapters.http.codec import Codec, Head, Outgoing
from functions.adapters.http.errors import ConnectError, ProtocolError, TlsError
from functions.adapters.http.exchange import Exchange
from functions.adapters.http.http1 import Http1
from functions.adapters.http.resolver import Resolver
from functions.adapters.http.tls import TlsContexts, TlsSession
from functions.adapters.http.tls_reason import needs_certificate, tls_reason
from functions.adapters.http.trace import Trace
from functions.domain.address import AddressPolicy, refusal
from functions.domain.certificate import Certificate, CertificateFormatError, read_certificate
from functions.domain.verdict import Phase

EXTENSION = "pulseboard"
"""The key in a request's `extensions` under which its `Terms` stand; httpx carries them over redirects."""
MAX_ADDRESSES = 4
DECODED_PIECE = 4 * 1024
"""Compressed bytes given to httpx at once: deflate grows a thousandfold at most, so 4 MiB can come of them."""
_PORTS = {"http": 80, "https": 443}
_SECOND_LOOK_SECONDS = 3.0


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

    def __init__(self, *, resolver: Resolver, policy: AddressPolicy, contexts: TlsContexts) -> None:
        self._resolver = resolver
        self._policy = policy
        self._contexts = contexts

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send `request` and return its answer with the body still to come; raises ExchangeError."""
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
        addresses = await self._addresses(url.raw_host.decode("ascii"), port, terms.trace)
        head, exchange = await self._first_that_connects(addresses, url, port, outgoing, terms)
        return httpx.Response(
            head.status,
            headers=list(head.headers),
            stream=_Body(exchange, compressed=any(name.lower() == b"content-encoding" for name, _ in head.headers)),
            extensions={"http_version": head.version},
        )

    async def _addresses(self, host: str, port: int, trace: Trace) -> list[str]:
        trace.begin(Phase.DNS, time.perf_counter())
        resolution = await self._resolver.resolve(host, port)
        trace.settle(resolution.milliseconds)
        refusals = {address: refusal(address, port, self._policy) for address in resolution.addresses}
        allowed = [address for address, reason in refusals.items() if reason is None]
        if not allowed:
            reasons = "; ".join(dict.fromkeys(reason for reason in refusals.values() if reason))
            raise ConnectError(f"not allowed to connect to {host}: {reasons}")
        return allowed[:MAX_ADDRESSES]

    async def _first_that_connects(
        self, addresses: list[str], url: httpx.URL, port: int, outgoing: Outgoing, terms: Terms
    ) -> tuple[Head, Exchange]:
        loop = asyncio.get_running_loop()
        for left in range(len(addresses), 0, -1):
            address = addresses[-left]
            # Each address has its share of the time that is left, the last one all of it.
            patience = (terms.deadline - loop.time()) / left if left > 1 else None
            exchange = Exchange(trace=terms.trace, tls=self._session(url, terms), choose=partial(_codec, outgoing))
            try:
                return await exchange.open(address, port, patience), exchange
            except ConnectError:
                if left == 1:
                    raise
            except ssl.SSLError as error:
                certificate = await self._second_look(address, port, url.host) if needs_certificate(error) else None
                raise TlsError(tls_reason(error, url.host, certificate)) from error
            except BaseException:
                exchange.close()
                raise
        raise AssertionError("unreachable: the last address returns or raises")

    def _session(self, url: httpx.URL, terms: Terms) -> TlsSession | None:
        if url.scheme == "http":
            return None
        context = self._contexts.context(
            verify=terms.verify, http2=terms.http2, client_certificate=terms.client_certificate
        )
        return TlsSession(context, url.raw_host.decode("ascii"))

    async def _second_look(self, address: str, port: int, host: str) -> Certificate | None:
        """Return the certificate that was rejected: OpenSSL does not hand it out, so it is asked for once more."""
        context = self._contexts.context(verify=False)
        with contextlib.suppress(OSError, TimeoutError, CertificateFormatError):
            async with asyncio.timeout(_SECOND_LOOK_SECONDS):
                _, writer = await asyncio.open_connection(address, port, ssl=context, server_hostname=host)
                try:
                    der = writer.get_extra_info("ssl_object").getpeercert(binary_form=True)
                finally:
                    writer.transport.abort()
                return read_certificate(der)
        return None


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
