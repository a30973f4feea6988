"""A TCP connection, and what is said over it."""

import base64
from dataclasses import dataclass
from typing import ClassVar

from functions.domain.checks.check import Check


@dataclass(frozen=True, slots=True, kw_only=True)
class TcpCheck(Check):
    """Connect; send something, where there is something to send; and take an answer, where one is asked for.

    `encoding` is how `send` is written: "text", "hex" or "base64". An answer (`read`) ends with the text `until`, or
    after `length` bytes; with neither, at the first line's end. What the peer closes has ended.
    """

    kind: ClassVar[str] = "tcp"

    host: str
    port: int
    send: str | None = None
    encoding: str = "text"
    read: bool = False
    until: str | None = None
    length: int | None = None

    @property
    def payload(self) -> bytes:
        """Return the bytes to send; raises ValueError where a secret's value is not in the encoding."""
        text = self.send or ""
        if self.encoding == "hex":
            return bytes.fromhex(text)
        return base64.b64decode(text, validate=True) if self.encoding == "base64" else text.encode()
