"""A TLS handshake, and the certificate that it shows."""

from dataclasses import dataclass
from typing import ClassVar

from functions.domain.checks.check import Check


@dataclass(frozen=True, slots=True, kw_only=True)
class TlsCheck(Check):
    """Shake hands and leave; `server_name` is whose certificate is wanted, the host's where it is not said.

    `minimum_version` is "1.2" or "1.3"; `client_certificate` a reference to a PEM certificate and its key.
    """

    kind: ClassVar[str] = "tls"

    host: str
    port: int = 443
    server_name: str | None = None
    minimum_version: str = "1.2"
    verify: bool = True
    client_certificate: str | None = None
