"""A question to a name server."""

from dataclasses import dataclass
from typing import ClassVar

from functions.domain.checks.check import Check


@dataclass(frozen=True, slots=True, kw_only=True)
class DnsCheck(Check):
    """Ask for the records of a `name`; `resolver` is the address to ask, None for the system's own name servers."""

    kind: ClassVar[str] = "dns"

    name: str
    type: str = "A"
    resolver: str | None = None
    port: int = 53
