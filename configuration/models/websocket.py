"""A WebSocket to open."""

from typing import Annotated, ClassVar

from pydantic import AfterValidator, Field

from configuration.address import AddressError, check_websocket_url
from configuration.models.check import CheckModel
from configuration.models.fields import HeaderValue, RequestHeaderName
from configuration.models.http import reference
from configuration.models.model import wrong


def _url(url: str) -> str:
    try:
        check_websocket_url(url)
    except AddressError as error:
        raise wrong(error.message, error.suggestion) from error
    return url


class Websocket(CheckModel):
    """Upgrade to a WebSocket, and say something where there is something to say."""

    claims: ClassVar = ("json", "body", "latency", "certificate")

    url: Annotated[str, AfterValidator(_url)] = Field(description="The address, `wss://` or `ws://`.")
    headers: dict[RequestHeaderName, HeaderValue] | None = Field(
        default=None, description="Headers to send with the upgrade; values are text."
    )
    subprotocol: str | None = Field(
        default=None, min_length=1, description="The subprotocol that the server has to agree to."
    )
    send: str | None = Field(default=None, min_length=1, description="A message to send, as text.")
    verify: bool | None = Field(default=None, description="Verify the server's certificate. Default true.")
    client_certificate: Annotated[str, AfterValidator(reference)] | None = Field(
        default=None, description="The secret that holds a PEM certificate and its key: `secret:NAME`."
    )

    def compiled(self, asked: frozenset[str]) -> dict[str, object]:
        """Return the fields; a message is waited for where one is asked about."""
        return {**super().compiled(asked), **({"read": True} if asked & {"json", "body"} else {})}
