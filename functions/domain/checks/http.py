"""One HTTP request and what comes back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal, Self

from functions.domain.checks.check import Check


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpRequest(Check):
    """One request. `secret:NAME` references stand in strings until the probe resolves them.

    At most one of `json`, `form` and `text` is set. `auth` is ("basic", user, password) or ("bearer", token).
    `client_certificate` is a reference to a secret that holds a PEM certificate and key.
    """

    kind: ClassVar[str] = "http"

    url: str
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    json: object = None
    has_json: bool = False
    form: Mapping[str, str] | None = None
    text: str | None = None
    auth: tuple[Literal["basic"], str, str] | tuple[Literal["bearer"], str] | None = None
    redirects: int = 5
    http2: bool = False
    verify: bool = True
    client_certificate: str | None = None

    @classmethod
    def decode(cls, document: Mapping[str, Any]) -> Self:
        """Return the request; the document holds only the fields that are set, and a body of `null` is one."""
        fields = dict(document)
        if "auth" in fields:
            fields["auth"] = tuple(fields["auth"])
        return cls(**fields, has_json="json" in fields)
