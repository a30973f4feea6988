"""A TCP connection to make."""

import base64
import binascii
from typing import Annotated, ClassVar, Self

from pydantic import AfterValidator, Field, model_validator

from configuration.models.check import CheckModel
from configuration.models.model import all_wrong, wrong
from configuration.models.target import Host, Port
from configuration.problem import Finding
from configuration.wording import listed, quoted
from functions.domain.secret import REFERENCE

MOST_BYTES = 64 * 1024


def _hex(text: str) -> str:
    try:
        bytes.fromhex(REFERENCE.sub("", text))
    except ValueError as error:
        raise wrong(f"{quoted(text)} is not hexadecimal; write two digits for each byte: `0d0a`") from error
    return text


def _base64(text: str) -> str:
    try:
        base64.b64decode(REFERENCE.sub("", text), validate=True)
    except binascii.Error as error:
        raise wrong(f"{quoted(text)} is not base64: {error}") from error
    return text


_SENDS = {"send": "text", "send_hex": "hex", "send_base64": "base64"}
"""How what is sent is written, by key."""


class Tcp(CheckModel):
    """Connect, and say something where there is something to say."""

    claims: ClassVar = ("body", "latency")

    host: Host = Field(description="The name or address to connect to.")
    port: Port = Field(description="The port.")
    send: str | None = Field(
        default=None, min_length=1, description='What to send first, as text: `"PING\\r\\n"`, in double quotes.'
    )
    send_hex: Annotated[str, AfterValidator(_hex)] | None = Field(
        default=None, min_length=1, description="The same for what is no text: `0000000804d2162f`."
    )
    send_base64: Annotated[str, AfterValidator(_base64)] | None = Field(
        default=None, min_length=1, description="The same in base64."
    )
    until: str | None = Field(
        default=None, min_length=1, description="The text that ends the answer. Default: the first line's end."
    )
    length: Annotated[int, Field(ge=1, le=MOST_BYTES)] | None = Field(
        default=None, description="How many bytes the answer has, where no text ends it."
    )

    @model_validator(mode="after")
    def says_one_thing(self) -> Self:
        """Refuse two beginnings, and two ends."""
        for keys in (tuple(_SENDS), ("until", "length")):
            there = [key for key in keys if key in self.model_fields_set]
            if len(there) > 1:
                message = f"{listed(there)} exclude each other; keep one"
                raise all_wrong([Finding(location=(there[1],), message=message, at_key=True)], self)
        return self

    def compiled(self, asked: frozenset[str]) -> dict[str, object]:
        """Return the fields; an answer is waited for where one is provoked, bounded or asked about."""
        fields = super().compiled(asked)
        for key, encoding in _SENDS.items():
            if key in fields:
                fields |= {"send": fields.pop(key), "encoding": encoding}
        if "body" in asked or self.model_fields_set & {*_SENDS, "until", "length"}:
            fields["read"] = True
        return fields
