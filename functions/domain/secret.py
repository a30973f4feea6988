"""References to secrets inside text: `secret:NAME`, `secret:NAME#key`, `secret:ssm:/path`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

REFERENCE = re.compile(r"\bsecret:(?P<ssm>ssm:)?(?P<name>[A-Za-z0-9/_+=.@-]+)(?:#(?P<key>[A-Za-z0-9_.-]+))?")
"""A reference ends where a character stands that a name cannot have."""


class SecretStore(StrEnum):
    """Where a secret is kept."""

    SECRETS_MANAGER = "secretsmanager"
    SSM = "ssm"


@dataclass(frozen=True, slots=True, kw_only=True)
class Secret:
    """One secret to read; `key` is a field of a secret that is a JSON object, None for the whole of it."""

    store: SecretStore
    name: str
    key: str | None = None


def secrets_in(text: str) -> tuple[Secret, ...]:
    """Return what `text` refers to, in order of appearance.

    A name after `ssm:`, and any that starts with `/`, is an SSM parameter; the others are in Secrets Manager.
    """
    return tuple(_secret(match) for match in REFERENCE.finditer(text))


def reveal(text: str, values: Mapping[Secret, str]) -> str:
    """Return `text` with every reference replaced by its value; KeyError where `values` lacks one."""
    return REFERENCE.sub(lambda match: values[_secret(match)], text)


def _secret(match: re.Match[str]) -> Secret:
    ssm = match["ssm"] is not None or match["name"].startswith("/")
    store = SecretStore.SSM if ssm else SecretStore.SECRETS_MANAGER
    return Secret(store=store, name=match["name"], key=match["key"])
