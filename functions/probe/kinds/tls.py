"""Executes TLS checks."""

from functools import partial

from functions.adapters.http.dial import Call, Dial
from functions.adapters.http.seeing import Reply, seeing
from functions.adapters.http.tls import TlsTerms, TlsVersion
from functions.adapters.http.trace import Trace
from functions.adapters.network import Network
from functions.domain.checks.tls import TlsCheck
from functions.execution import Execute, Sighting


def tls_executor(network: Network) -> Execute:
    """Return what executes a `TlsCheck`."""
    return _Tls(network)


class _Tls:
    def __init__(self, network: Network) -> None:
        self._dial = Dial(network)

    async def __call__(self, check: TlsCheck, /, *, timeout: float) -> Sighting:  # noqa: ASYNC109 - see Execute
        return await seeing(partial(self._reply, check), timeout=timeout)

    async def _reply(self, check: TlsCheck, trace: Trace, deadline: float) -> Reply:
        terms = TlsTerms(
            verify=check.verify,
            alpn=(),  # whatever is spoken behind it is not what is checked
            client_certificate=check.client_certificate,
            minimum_version=TlsVersion(check.minimum_version),
        )
        call = Call(
            host=check.host, port=check.port, trace=trace, deadline=deadline, tls=terms, server_name=check.server_name
        )
        _, exchange = await self._dial.open(call, lambda _: None)
        exchange.close()
        return Reply()
