"""What the connection layer and the protocol on top of it say to each other."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from functions.adapters.http.errors import ProtocolError

RawHeaders = Sequence[tuple[bytes, bytes]]

MAX_HEADER_BYTES = 64 * 1024
MAX_INTERIM_ANSWERS = 10
MAX_IDLE_FRAMES = 2000
"""Frames of HTTP/2 or a WebSocket that bring nothing of the answer (pings, settings, windows, empty pieces). Each costs
some 50 µs of a whole CPU, which a flood of them would take from all the other checks for as long as the timeout is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """A whole request; `target` is the path with the query, `authority` host and port as in the URL."""

    method: bytes
    scheme: bytes
    authority: bytes
    target: bytes
    headers: RawHeaders
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The status line and headers of the final answer."""

    status: int
    headers: RawHeaders
    version: bytes


class Mark(Enum):
    """What else happens in an answer."""

    INTERIM = "a 1xx answer: the real one follows"
    END = "the answer is complete"


Event = Head | bytes | Mark | ProtocolError
"""Head once, then pieces of the body, then END. An error stands behind what came before it in the same bytes."""


class Codec(Protocol):
    """One request and its answer in one version of HTTP, without I/O; the constructor raises ProtocolError."""

    first_byte_is_answer: bool
    """Whether any byte received belongs to the answer; HTTP/2 begins with settings."""

    @property
    def request_complete(self) -> bool:
        """Tell whether all of the request was handed out."""

    def receive(self, data: bytes) -> list[Event]:
        """Return what `data` brought."""

    def end_of_stream(self) -> list[Event]:
        """Return what the closing of the connection by the peer means."""

    def outgoing(self) -> bytes:
        """Return the bytes to send now, at first the request."""
