"""Secrets for the local stack: what the environment says is put where the deployed probe looks."""

from collections.abc import Iterable, Mapping

from cli.environment_secrets import variable
from cli.local.clients import Clients
from configuration import SecretReference
from functions.domain.secret import Secret, SecretStore


def seed(clients: Clients, references: Iterable[SecretReference], environment: Mapping[str, str]) -> list[str]:
    """Put each secret that the environment has into the embedded AWS; return the variables that are not set.

    The variables are those of `pulseboard check`: PULSEBOARD_SECRET_ACME_TOKEN for `secret:acme/token`.
    """
    missing = []
    for reference in references:
        name = variable(Secret(store=SecretStore(reference.store), name=reference.name))
        if name in environment:
            _put(clients, reference, environment[name])
        else:
            missing.append(name)
    return missing


def _put(clients: Clients, reference: SecretReference, value: str) -> None:
    if reference.store == SecretStore.SSM:
        clients.ssm().put_parameter(Name=reference.name, Value=value, Type="SecureString", Overwrite=True)
        return
    secrets = clients.secrets()
    try:
        secrets.create_secret(Name=reference.name, SecretString=value)
    except secrets.exceptions.ResourceExistsException:
        secrets.put_secret_value(SecretId=reference.name, SecretString=value)
