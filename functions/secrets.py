"""What a run needs of the places where secrets are kept, as a protocol."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Protocol

from functions.domain.secret import Secret


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreadable:
    """Why a secret cannot be read, in words that name it and hold nothing of its content."""

    reason: str


class SecretReader(Protocol):
    """Reads the values of secrets."""

    def read(self, secrets: Collection[Secret]) -> Mapping[Secret, str | Unreadable]:
        """Return an entry for each of `secrets`; never raises for one that cannot be read."""
