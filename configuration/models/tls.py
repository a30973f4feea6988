"""A TLS handshake to make."""

from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, Field

from configuration.models.check import CheckModel
from configuration.models.http import reference
from configuration.models.target import Host, Port


class Tls(CheckModel):
    """Shake hands: protocol version, chain of trust, host name and dates have to be right."""

    claims: ClassVar = ("certificate", "latency")

    host: Host = Field(description="The name or address to connect to.")
    port: Port | None = Field(default=None, description="The port. Default 443.")
    server_name: Host | None = Field(
        default=None, description="The name that the certificate has to be for. Default: the host."
    )
    minimum_version: Literal["1.2", "1.3"] | None = Field(
        default=None, description="The oldest version of TLS that is accepted, `1.2` or `1.3` in quotes. Default 1.2."
    )
    verify: bool | None = Field(default=None, description="Verify the server's certificate. Default true.")
    client_certificate: Annotated[str, AfterValidator(reference)] | None = Field(
        default=None, description="The secret that holds a PEM certificate and its key: `secret:NAME`."
    )
