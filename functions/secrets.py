"""What a run needs of the places where secrets are kept, as a protocol."""

import json
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


def field_of(text: str, secret: Secret) -> str | Unreadable:
    """Return the part of a secret's text that `secret` means: the whole, or one field of a JSON object."""
    if secret.key is None:
        return text
    try:
        document = json.loads(text)
    except ValueError:
        document = None
    if not isinstance(document, dict):
        return Unreadable(reason=f"secret {secret.name} is not a JSON object and so has no key {secret.key}")
    if secret.key not in document:
        return Unreadable(reason=f"secret {secret.name} has no key {secret.key}")
    value = document[secret.key]
    return value if isinstance(value, str) else json.dumps(value)
