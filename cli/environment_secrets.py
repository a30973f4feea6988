"""Secrets for checks from one's own machine: environment variables instead of AWS."""

import re
from collections.abc import Collection, Mapping

from functions.domain.secret import Secret
from functions.secrets import Unreadable, field_of

PREFIX = "PULSEBOARD_SECRET_"


class EnvironmentSecrets:
    """The `SecretReader` of `pulseboard check`."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ

    def read(self, secrets: Collection[Secret]) -> Mapping[Secret, str | Unreadable]:
        """Return the value, or which variable to set, for each secret."""
        return {secret: self._read(secret) for secret in secrets}

    def _read(self, secret: Secret) -> str | Unreadable:
        # A key has a variable of its own, or is a field of the JSON text that the secret's variable holds.
        own, whole = variable(secret), variable(Secret(store=secret.store, name=secret.name))
        if own in self._environ:
            return self._environ[own]
        if whole in self._environ:
            return field_of(self._environ[whole], secret)
        return Unreadable(reason=f"secret {secret.name} is not set: put its value into the environment variable {own}")


def variable(secret: Secret) -> str:
    """Return the variable's name: upper case, with `_` for all that is neither letter nor digit."""
    name = secret.name if secret.key is None else f"{secret.name}_{secret.key}"
    return PREFIX + re.sub(r"[^A-Z0-9]", "_", name.lstrip("/").upper())
