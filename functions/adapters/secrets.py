"""Secrets Manager and SSM parameters, read in batches and remembered for some minutes.

What a batch does not give (a role may be allowed to read each secret and not the batch) is asked for one by one, which
also tells what the trouble is with each.

Reading costs $0.05 for 10,000 calls (Secrets Manager, list price): 8,640 a month and instance at five minutes each.
"""

import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from botocore.exceptions import BotoCoreError, ClientError

from functions.domain.secret import Secret, SecretStore
from functions.secrets import Unreadable, field_of

if TYPE_CHECKING:
    from mypy_boto3_secretsmanager import SecretsManagerClient
    from mypy_boto3_secretsmanager.type_defs import GetSecretValueResponseTypeDef, SecretValueEntryTypeDef
    from mypy_boto3_ssm import SSMClient

REMEMBERED_SECONDS = 300.0
_BATCH = {SecretStore.SECRETS_MANAGER: 20, SecretStore.SSM: 10}
"""What BatchGetSecretValue and GetParameters take at once."""

Texts = dict[str, str | Unreadable]


class AwsSecrets:
    """The `SecretReader` of the deployed probe; clients are made only where a monitor has a secret."""

    def __init__(
        self,
        *,
        secrets_manager: Callable[[], "SecretsManagerClient"],
        ssm: Callable[[], "SSMClient"],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._sources: dict[SecretStore, Callable[[Sequence[str]], Texts]] = {
            SecretStore.SECRETS_MANAGER: lambda names: _read_secrets(secrets_manager(), names),
            SecretStore.SSM: lambda names: _read_parameters(ssm(), names),
        }
        self._clock = clock
        self._known: dict[tuple[SecretStore, str], tuple[float, str]] = {}

    def read(self, secrets: Collection[Secret]) -> Mapping[Secret, str | Unreadable]:
        """Return the value, or why there is none, of each secret.

        A value that is older than five minutes still serves where its store cannot be read just now.
        """
        unreadable: dict[tuple[SecretStore, str], Unreadable] = {}
        for store, source in self._sources.items():
            due = sorted({s.name for s in secrets if s.store is store and not self._fresh(store, s.name)})
            for names in _batches(due, _BATCH[store]):
                for name, text in source(names).items():
                    if isinstance(text, Unreadable):
                        unreadable[store, name] = text
                    else:
                        self._known[store, name] = (self._clock(), text)
        return {secret: self._value(secret, unreadable) for secret in secrets}

    def _fresh(self, store: SecretStore, name: str) -> bool:
        known = self._known.get((store, name))
        return known is not None and self._clock() - known[0] < REMEMBERED_SECONDS

    def _value(self, secret: Secret, unreadable: Mapping[tuple[SecretStore, str], Unreadable]) -> str | Unreadable:
        place = (secret.store, secret.name)
        if place in self._known:
            return field_of(self._known[place][1], secret)
        return unreadable.get(place) or Unreadable(reason=f"secret {secret.name} cannot be read: it was not answered")


def _read_secrets(client: "SecretsManagerClient", names: Sequence[str]) -> Texts:
    texts: Texts = {}
    with suppress(BotoCoreError, ClientError):
        if len(names) > 1:
            answer = client.batch_get_secret_value(SecretIdList=list(names))
            for value in answer.get("SecretValues", []):
                texts |= {name: _text(value) for name in names if name in (value.get("Name"), value.get("ARN"))}

    def secret(name: str) -> str:
        return _text(client.get_secret_value(SecretId=name))

    return texts | {name: _one(name, secret) for name in names if name not in texts}


def _read_parameters(client: "SSMClient", names: Sequence[str]) -> Texts:
    texts: Texts = {}
    with suppress(BotoCoreError, ClientError):
        if len(names) > 1:
            answer = client.get_parameters(Names=list(names), WithDecryption=True)
            texts |= {p["Name"]: p["Value"] for p in answer["Parameters"]}

    def parameter(name: str) -> str:
        return client.get_parameter(Name=name, WithDecryption=True)["Parameter"]["Value"]

    return texts | {name: _one(name, parameter) for name in names if name not in texts}


def _one(name: str, read: Callable[[str], str]) -> str | Unreadable:
    try:
        return read(name)
    except ClientError as error:
        return _unreadable(name, error.response.get("Error", {}).get("Code", "unknown error"))
    except BotoCoreError as error:
        return _unreadable(name, type(error).__name__)


def _text(value: "GetSecretValueResponseTypeDef | SecretValueEntryTypeDef") -> str:
    return value.get("SecretString") or value.get("SecretBinary", b"").decode("utf-8", "replace")


def _unreadable(name: str, why: str) -> Unreadable:
    return Unreadable(reason=f"secret {name} cannot be read: {why}")


def _batches(names: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    for start in range(0, len(names), size):
        yield names[start : start + size]
