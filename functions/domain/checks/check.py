"""What all kinds of check have in common."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """What to do to learn how a target is; each kind has its own fields.

    `secret:NAME` references stand in strings, however deep, until the probe resolves them. A field called `url` is an
    address, in which values of secrets are percent-encoded.
    """

    kind: ClassVar[str]

    @classmethod
    def decode(cls, document: Mapping[str, Any]) -> Self:
        """Return the check of config.json, which holds the fields that are set; lists are tuples here."""
        return cls(**{name: tuple(v) if isinstance(v, list) else v for name, v in document.items()})

    @classmethod
    def literal(cls, value: str) -> str:
        """Return a secret's value as it has to be written into a text of this kind, to mean itself."""
        return value
