"""What came back from a target: all that an expectation can be about."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

_CHARSETS = {
    "iso-8859-1": "cp1252",
    "latin-1": "cp1252",
    "us-ascii": "cp1252",
    "windows-1252": "cp1252",
    "utf-16": "utf-16",
}
"""Charsets honoured beside UTF-8; that the first ones mean Windows-1252 is how browsers read them (WHATWG Encoding)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """All that can be asserted on; what a kind of check does not have is empty.

    `headers` has lower-case names; repeated ones are joined with ", ".

    `answers` are records of the DNS as text, sorted, and `shortfall` says why there are none.

    `measures` are by the names of `functions.domain.measure`; `unknown` says why one that was asked for is not among
    them. `latency_ms` is None where how long it took says nothing about the target.

    `body` is decoded (content-encoding undone) and capped by the probe; `body_complete` is False where the cap cut it.
    """

    status_code: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    latency_ms: float | None
    at: datetime
    body_complete: bool = True
    certificate_expires_at: datetime | None = None
    answers: tuple[str, ...] | None = None
    shortfall: str | None = None
    measures: Mapping[str, float] = field(default_factory=dict)
    unknown: str | None = None

    @property
    def text(self) -> str:
        """Return the body as text: by its charset where that is a common one, else UTF-8; what is broken is U+FFFD."""
        _, _, parameters = self.headers.get("content-type", "").lower().partition("charset=")
        charset = parameters.split(";")[0].strip(" \"'")
        return self.body.decode(_CHARSETS.get(charset, "utf-8"), errors="replace")

    @property
    def certificate_expires_in(self) -> float | None:
        """Return the seconds until the certificate expires, negative once it has; None without TLS."""
        if self.certificate_expires_at is None:
            return None
        return (self.certificate_expires_at - self.at).total_seconds()
