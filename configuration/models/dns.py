"""A question to a name server."""

import re
from ipaddress import ip_address
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, Field

from configuration.models.check import CheckModel
from configuration.models.model import wrong
from configuration.models.target import Port
from configuration.wording import quoted

_NAME = re.compile(r"(?=.{1,253}\.?$)(\*\.)?[A-Za-z0-9_]([A-Za-z0-9_-]{0,62})(\.[A-Za-z0-9_-]{1,63})*\.?")


def _name(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise wrong(f"{quoted(name)} is no name of the DNS; allowed: letters, digits, hyphens and dots")
    return name


def _resolver(address: str) -> str:
    try:
        return str(ip_address(address))
    except ValueError as error:
        raise wrong(f"{quoted(address)} is no address; a name server is named by its address: `1.1.1.1`") from error


class Dns(CheckModel):
    """Ask for the records of a name."""

    claims: ClassVar = ("answers", "latency")

    name: Annotated[str, AfterValidator(_name)] = Field(description="The name to ask for.")
    type: (
        Literal["A", "AAAA", "CNAME", "MX", "NS", "TXT", "SOA", "CAA", "SRV", "PTR", "DS", "DNSKEY", "HTTPS", "TLSA"]
        | None
    ) = Field(default=None, description="The type of the records. Default A.")
    resolver: Annotated[str, AfterValidator(_resolver)] | None = Field(
        default=None, description="The address of the name server to ask. Default: those of the system."
    )
    port: Port | None = Field(default=None, description="The name server's port. Default 53.")
