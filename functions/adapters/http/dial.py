"""From a host's name to a connection that stands: resolve, vet, connect to the address that was vetted."""

import asyncio
import contextlib
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from functions.adapters.http.codec import Codec, Head
from functions.adapters.http.errors import ConnectError, TlsError
from functions.adapters.http.exchange import Exchange
from functions.adapters.http.resolver import Resolver
from functions.adapters.http.tls import TlsContexts, TlsSession, TlsTerms
from functions.adapters.http.tls_reason import needs_certificate, tls_reason
from functions.adapters.http.trace import Trace
from functions.domain.address import AddressPolicy, refusal
from functions.domain.certificate import Certificate, CertificateFormatError, read_certificate
from functions.domain.verdict import Phase

MAX_ADDRESSES = 4
_SECOND_LOOK_SECONDS = 3.0

Choose = Callable[[str | None], Codec | None]
"""Picks the protocol by what ALPN agreed on; None where that the connection stands is all that is asked."""


class Net(Protocol):
    """What dialling needs of a `Network`."""

    @property
    def policy(self) -> AddressPolicy:
        """Return which addresses may be connected to."""

    @property
    def resolver(self) -> Resolver:
        """Return what makes addresses of names."""

    @property
    def contexts(self) -> TlsContexts:
        """Return the TLS contexts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """Where to connect and how; `tls` is None for a plain connection, `deadline` is in the loop's time."""

    host: str
    port: int
    trace: Trace
    deadline: float
    tls: TlsTerms | None = None
    server_name: str | None = None


class Dial:
    """Opens connections to vetted addresses only, each fresh."""

    def __init__(self, net: Net) -> None:
        self._net = net

    async def open(self, call: Call, choose: Choose) -> tuple[Head, Exchange]:
        """Return the head of the answer and the exchange that goes on; raises ExchangeError."""
        addresses = await self.addresses(call.host, call.port, call.trace)
        loop = asyncio.get_running_loop()
        for left in range(len(addresses), 0, -1):
            address = addresses[-left]
            # Each address has its share of the time that is left, the last one all of it.
            patience = (call.deadline - loop.time()) / left if left > 1 else None
            exchange = Exchange(trace=call.trace, tls=self._session(call), choose=choose)
            try:
                return await exchange.open(address, call.port, patience), exchange
            except ConnectError:
                if left == 1:
                    raise
            except ssl.SSLError as error:
                raise await self._worded(error, address, call) from error
            except BaseException:
                exchange.close()
                raise
        raise AssertionError("unreachable: the last address returns or raises")

    async def addresses(self, host: str, port: int, trace: Trace) -> list[str]:
        """Return the first addresses of a name that may be connected to; raises ExchangeError where there is none."""
        trace.begin(Phase.DNS, time.perf_counter())
        resolution = await self._net.resolver.resolve(host, port)
        trace.settle(resolution.milliseconds)
        refusals = {address: refusal(address, port, self._net.policy) for address in resolution.addresses}
        allowed = [address for address, reason in refusals.items() if reason is None]
        if not allowed:
            reasons = "; ".join(dict.fromkeys(reason for reason in refusals.values() if reason))
            raise ConnectError(f"not allowed to connect to {host}: {reasons}")
        return allowed[:MAX_ADDRESSES]

    def _session(self, call: Call) -> TlsSession | None:
        if call.tls is None:
            return None
        return TlsSession(self._net.contexts.context(call.tls), call.server_name or call.host)

    async def _worded(self, error: ssl.SSLError, address: str, call: Call) -> TlsError:
        host = call.server_name or call.host
        certificate = await self._second_look(address, call.port, host) if needs_certificate(error) else None
        minimum = call.tls.minimum_version if call.tls else None
        return TlsError(tls_reason(error, host, certificate, minimum=minimum))

    async def _second_look(self, address: str, port: int, host: str) -> Certificate | None:
        """Return the certificate that was rejected: OpenSSL does not hand it out, so it is asked for once more."""
        context = self._net.contexts.context(TlsTerms(verify=False))
        with contextlib.suppress(OSError, TimeoutError, CertificateFormatError):
            async with asyncio.timeout(_SECOND_LOOK_SECONDS):
                _, writer = await asyncio.open_connection(address, port, ssl=context, server_hostname=host)
                try:
                    der = writer.get_extra_info("ssl_object").getpeercert(binary_form=True)
                finally:
                    writer.transport.abort()
                return read_certificate(der)
        return None
