"""Targets that the probe would never reach."""

from collections.abc import Iterator, Mapping
from contextlib import suppress

from configuration.address import AddressError, check_host, check_url, literal_address, over_http
from configuration.problem import Finding
from configuration.raw import checks
from configuration.source import Source
from functions.domain.address import AddressPolicy, refusal


def private_targets(source: Source) -> Iterator[Finding]:
    """Find literal addresses that the probe refuses, by its own rules; names are only vetted when they resolve."""
    policy = AddressPolicy(allow_private=source.value.get("allow_private_targets") is True)
    for location, _, check in checks(source):
        for key, host, port in _hosts(check):
            address = literal_address(host)
            reason = refusal(address, port, policy) if address else None
            if reason:
                named = "" if address == host else f"`{host}` means {address}, and "
                yield Finding(location=(*location, key), message=f"{named}{reason}")


def _hosts(check: Mapping[str, object]) -> Iterator[tuple[str, str, int]]:
    """Yield the key, the host and the port of whatever a check connects to; what is no host has its own problem."""
    url, host, port = check.get("url"), check.get("host"), check.get("port")
    if isinstance(url, str):
        with suppress(AddressError):
            parts = check_url(over_http(url))
            yield "url", parts.hostname or "", parts.port or 443
    resolver = check.get("resolver")
    if isinstance(resolver, str):
        yield "resolver", resolver, port if isinstance(port, int) else 53
    if isinstance(host, str):
        with suppress(AddressError):
            check_host(host)
            yield "host", host.strip("[]"), port if isinstance(port, int) else 443
