"""What healthy means: `expect` and `degraded`, and how an answer is held against them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from functions.domain.result import Failure
from functions.domain.verdict import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """All that can be asserted on. `headers` has lower-case names; repeated ones are joined with ", ".

    `body` is decoded (content-encoding undone) and capped by the probe; `body_complete` is False where the cap cut it.
    """

    status_code: int
    headers: Mapping[str, str]
    body: bytes
    latency_ms: float
    at: datetime
    body_complete: bool = True
    certificate_expires_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectations:
    """Both halves of what a monitor demands; None where pulseboard.yaml says nothing."""

    expect: Mapping[str, object] | None = None
    degraded: Mapping[str, object] | None = None

    @classmethod
    def decode(cls, expect: Mapping[str, object] | None, degraded: Mapping[str, object] | None) -> "Expectations":
        """Return what the two parts of a monitor in config.json say."""
        return cls(expect=expect, degraded=degraded)


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """A verdict, and the failure that explains every verdict but `up`."""

    verdict: Verdict
    failure: Failure | None = None
