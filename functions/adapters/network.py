"""What all kinds of check share on their way to a target."""

from dataclasses import dataclass, field

from functions.adapters.http.resolver import Resolver, SystemResolver
from functions.adapters.http.tls import TlsContexts
from functions.domain.address import AddressPolicy


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """Which addresses may be connected to, how names become addresses, and whom TLS trusts."""

    policy: AddressPolicy
    resolver: Resolver = field(default_factory=SystemResolver)
    contexts: TlsContexts = field(default_factory=TlsContexts)
