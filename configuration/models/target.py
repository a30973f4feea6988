"""Hosts and ports."""

from typing import Annotated

from pydantic import AfterValidator, Field, WithJsonSchema

from configuration.address import AddressError, check_host
from configuration.models.model import wrong


def _host(host: str) -> str:
    try:
        check_host(host)
    except AddressError as error:
        raise wrong(error.message, error.suggestion) from error
    return host.strip("[]")


Host = Annotated[str, AfterValidator(_host), WithJsonSchema({"type": "string", "minLength": 1, "maxLength": 253})]
"""A name or an address, without scheme, port and path."""

Port = Annotated[int, Field(ge=1, le=65535)]
