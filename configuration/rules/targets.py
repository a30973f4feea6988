"""Targets that the probe would never reach."""

from collections.abc import Iterator

from configuration.address import AddressError, check_url, literal_address
from configuration.problem import Finding
from configuration.raw import requests
from configuration.source import Source
from functions.domain.address import AddressPolicy, refusal


def private_targets(source: Source) -> Iterator[Finding]:
    """Find literal addresses that the probe refuses, by its own rules; names are only vetted when they resolve."""
    policy = AddressPolicy(allow_private=source.value.get("allow_private_targets") is True)
    for location, http in requests(source):
        url = http.get("url")
        if not isinstance(url, str):
            continue
        try:
            parts = check_url(url)
        except AddressError:
            continue  # it has its own problem
        address = literal_address(parts.hostname or "")
        reason = refusal(address, parts.port or 443, policy) if address else None
        if reason:
            named = "" if address == parts.hostname else f"`{parts.hostname}` means "
            yield Finding(location=(*location, "url"), message=f"{named}{reason}")
