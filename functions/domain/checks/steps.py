"""Requests in order, each with what it expects and what it takes from its answer for the next."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from functions.domain.checks.check import Check
from functions.domain.checks.http import HttpRequest
from functions.domain.expectation import Expectations
from functions.domain.extraction import Extraction
from functions.domain.template import literally


@dataclass(frozen=True, slots=True, kw_only=True)
class Step(Check):
    """One request; `name` is public. `{{ name }}` in its texts is what an earlier step extracted.

    `timeout` (seconds) is its part of the monitor's at most; None: what is left of it.
    """

    kind: ClassVar[str] = "step"

    name: str
    request: HttpRequest
    expectations: Expectations
    extract: tuple[Extraction, ...] = ()
    timeout: float | None = None

    @classmethod
    def decode(cls, document: Mapping[str, Any]) -> Self:
        """Return the step of config.json."""
        return cls(
            name=document["name"],
            request=HttpRequest.decode(document["request"]),
            expectations=Expectations.decode(document.get("expect"), document.get("degraded")),
            extract=tuple(Extraction.decode(name, source) for name, source in document.get("extract", {}).items()),
            timeout=document.get("timeout"),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps(Check):
    """One step after the other, until one is down."""

    kind: ClassVar[str] = "steps"

    steps: tuple[Step, ...]

    @classmethod
    def decode(cls, document: Mapping[str, Any]) -> Self:
        """Return the steps of config.json."""
        return cls(steps=tuple(Step.decode(step) for step in document["steps"]))

    @classmethod
    def literal(cls, value: str) -> str:
        """Return a secret's value so that a `{{` in it stays one."""
        return literally(value)
