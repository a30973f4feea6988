"""How the tests of the probe make a check."""

import ssl
from collections.abc import Mapping
from typing import Any

from functions.adapters.http.resolver import Resolution, Resolver, SystemResolver
from functions.adapters.http.tls import TlsContexts
from functions.adapters.network import Network
from functions.domain.address import AddressPolicy
from functions.domain.checks.check import Check
from functions.domain.checks.http import HttpRequest
from functions.domain.expectation import Expectations
from functions.domain.monitor import Monitor
from functions.domain.part import Expand
from functions.domain.result import Attempt
from functions.probe.check import Tools, check
from functions.probe.executors import Executors
from tests.targets.certificates import authority, trusting

PRIVATE = AddressPolicy(allow_private=True)


class Names:
    """A resolver that knows what a test told it; `slow` names take that many milliseconds."""

    def __init__(self, addresses: Mapping[str, tuple[str, ...]]) -> None:
        self._addresses = addresses

    async def resolve(self, host: str, port: int) -> Resolution:
        """Return the addresses, or the host itself."""
        assert port
        return Resolution(addresses=self._addresses.get(host, (host,)), milliseconds=1.5)


def tools(
    *, resolver: Resolver | None = None, policy: AddressPolicy = PRIVATE, trusted: ssl.SSLContext | None = None
) -> Tools:
    """Return the tools of a run that trusts the test CA and may connect to loopback."""
    contexts = TlsContexts(trusted or trusting(authority()))
    network = Network(policy=policy, resolver=resolver or SystemResolver(), contexts=contexts)
    return Tools(executors=Executors(network))


def monitor(
    url: str,
    *,
    monitor_id: str = "m",
    timeout: float = 2.0,
    attempts: int = 1,
    gap: float = 0.0,
    expect: Mapping[str, object] | None = None,
    expand: Expand | None = None,
    **request: Any,  # noqa: ANN401 - the fields of HttpRequest
) -> Monitor:
    """Return a monitor; without expectations 2xx is up."""
    return watching(
        HttpRequest(url=url, **request), monitor_id=monitor_id, timeout=timeout, attempts=attempts, gap=gap,
        expect=expect, expand=expand,
    )  # fmt: skip


def watching(
    check: Check,
    *,
    monitor_id: str = "m",
    timeout: float = 2.0,
    attempts: int = 1,
    gap: float = 0.0,
    expect: Mapping[str, object] | None = None,
    expand: Expand | None = None,
) -> Monitor:
    """Return a monitor with a check of any kind."""
    return Monitor(
        id=monitor_id,
        name=monitor_id,
        check=check,
        expectations=Expectations.decode(expect, None),
        timeout=timeout,
        attempts=attempts,
        attempt_gap=gap,
        expand=expand,
    )


async def attempt(watched: Monitor, using: Tools | None = None) -> Attempt:
    """Return what the last try of one check saw."""
    attempts: list[Attempt] = []
    await check(watched, watched.check, secrets=(), tools=using or tools(), attempts=attempts)
    return attempts[-1]
