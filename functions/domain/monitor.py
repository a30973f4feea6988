"""What is watched, as the functions know it: validated long before, so nothing is checked again here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from functions.domain.expectation import Expectations


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation:
    """How many consecutive runs it takes to believe a change."""

    failures: int = 1
    recoveries: int = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpRequest:
    """One request. `secret:NAME` references stand in strings until the probe resolves them.

    At most one of `json`, `form` and `text` is set. `auth` is ("basic", user, password) or ("bearer", token).
    `client_certificate` is a reference to a secret that holds a PEM certificate and key.
    """

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Monitor:
    """One thing watched. Durations are in seconds."""

    id: str
    name: str
    request: HttpRequest
    expectations: Expectations
    group: str | None = None
    description: str | None = None
    interval: int = 60
    timeout: float = 10.0
    attempts: int = 2
    attempt_gap: float = 2.0
    confirmation: Confirmation = field(default_factory=Confirmation)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shard:
    """Monitors that one invocation checks together: same interval (seconds), same regions."""

    id: str
    interval: int
    regions: tuple[str, ...]
    monitors: tuple[str, ...]
