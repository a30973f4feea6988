"""Which addresses a check may connect to.

The answer to a DNS query, and the target of a redirect, are chosen by whoever runs the target. Whatever they say, the
probe never talks to its own surroundings: instance metadata, other link-local services, the Lambda runtime.
Sources: the IANA IPv4 and IPv6 special-purpose address registries; RFC 4291 (mapped), 6052 and 8215 (NAT64),
3056 (6to4), 4380 (Teredo), 5214 (ISATAP), 2765 (translated); fd00:ec2::/32 holds EC2's IPv6 services.
"""

from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressPolicy:
    """`runtime_api` is (host, port) of the Lambda runtime's own API; None outside Lambda."""

    allow_private: bool = False
    runtime_api: tuple[str, int] | None = None


def _networks(*texts: str) -> tuple[Network, ...]:
    return tuple(ip_network(text) for text in texts)


_NEVER = {
    "a link-local address, where instance metadata lives": _networks("169.254.0.0/16", "fe80::/10"),
    "an instance-metadata address": _networks("fd00:ec2::/32", "192.0.0.192/32", "100.100.100.200/32"),
    "an unspecified address": _networks("0.0.0.0/8", "::/128"),
    "a multicast address": _networks("224.0.0.0/4", "ff00::/8"),
    "a broadcast or reserved address": _networks("240.0.0.0/4"),
    "a local NAT64 address, which can hide any other": _networks("64:ff9b:1::/48"),
}
_PRIVATE = {
    "a loopback address": _networks("127.0.0.0/8", "::1/128"),
    "a private address": _networks(
        "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "198.18.0.0/15", "fc00::/7", "fec0::/10"
    ),
    "an address that is not on the internet": _networks(
        "192.0.0.0/24", "192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32", "100::/64"
    ),
}
_EMBEDDED_LAST = _networks("::ffff:0:0/96", "::ffff:0:0:0/96", "64:ff9b::/96", "::/96")
_6TO4 = IPv6Network("2002::/16")
_TEREDO = IPv6Network("2001::/32")
_ISATAP = (0x00005EFE, 0x02005EFE)
_PRIVATE_HINT = "; `allow_private_targets: true` in pulseboard.yaml allows it"


@lru_cache(maxsize=1024)
def refusal(address: str, port: int, policy: AddressPolicy) -> str | None:
    """Return why a check may not connect to `address` (an IP literal), in words; None where it may."""
    ip = _parse(address)
    if ip is None:
        return f"{address} is not an IP address"
    for candidate in (ip, *_embedded(ip)):
        reason = _refusal(candidate, port, policy)
        if reason:
            inside = "" if candidate is ip else f" holds {candidate}, which"
            return f"{address}{inside} is {reason}"
    return None


def _refusal(ip: Address, port: int, policy: AddressPolicy) -> str | None:
    if policy.runtime_api:
        host, runtime_port = policy.runtime_api
        # The runtime listens on one loopback address, but the kernel may answer for it on every one.
        if port == runtime_port and (ip.is_loopback or ip == _parse(host)):
            return "the address of the Lambda runtime"
    for reason, networks in _NEVER.items():
        if _within(ip, networks):
            return reason
    if not policy.allow_private:
        for reason, networks in _PRIVATE.items():
            if _within(ip, networks):
                return reason + _PRIVATE_HINT
    return None


def _within(ip: Address, networks: tuple[Network, ...]) -> bool:
    return any(ip.version == network.version and ip in network for network in networks)


def _parse(address: str) -> Address | None:
    try:
        ip = ip_address(address)
    except ValueError:
        return None
    # A zone (fe80::1%eth0) says through which interface, not which address.
    return IPv6Address(int(ip)) if isinstance(ip, IPv6Address) else ip


def _embedded(ip: Address) -> list[IPv4Address]:
    """Return the IPv4 addresses that a translator or tunnel on the way would make of an IPv6 address."""
    if not isinstance(ip, IPv6Address) or ip.is_loopback or ip.is_unspecified:
        return []
    bits = int(ip)
    last = bits & 0xFFFFFFFF
    if _within(ip, _EMBEDDED_LAST):
        return [IPv4Address(last)]
    if ip in _6TO4:
        return [IPv4Address(bits >> 80 & 0xFFFFFFFF)]
    if ip in _TEREDO:
        return [IPv4Address(bits >> 64 & 0xFFFFFFFF), IPv4Address(last ^ 0xFFFFFFFF)]
    if bits >> 32 & 0xFFFFFFFF in _ISATAP:
        return [IPv4Address(last)]
    return []
