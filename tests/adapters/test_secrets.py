"""Secrets from Secrets Manager and the parameter store: in batches, remembered, and never raised about."""

from typing import TYPE_CHECKING

import boto3
import pytest
from botocore.config import Config
from botocore.stub import Stubber

from functions.adapters.secrets import AwsSecrets
from functions.domain.secret import Secret, SecretStore, secrets_in
from functions.secrets import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mypy_boto3_secretsmanager import SecretsManagerClient
    from mypy_boto3_ssm import SSMClient

SESSION = boto3.Session(aws_access_key_id="test", aws_secret_access_key="test", region_name="eu-central-1")


@pytest.fixture(scope="module")
def clients(aws_endpoint: str) -> "Iterator[tuple[SecretsManagerClient, SSMClient]]":
    """Give clients of an AWS that has some secrets."""
    manager = SESSION.client("secretsmanager", endpoint_url=aws_endpoint)
    ssm = SESSION.client("ssm", endpoint_url=aws_endpoint)
    for number in range(25):
        manager.create_secret(Name=f"acme/{number}", SecretString=f"value {number}")
        ssm.put_parameter(Name=f"/acme/{number}", Value=f"parameter {number}", Type="SecureString")
    manager.create_secret(Name="acme/json", SecretString='{"token": "t0ken", "port": 5432}')
    yield manager, ssm
    manager.close()
    ssm.close()


def named(text: str) -> Secret:
    """Return the one secret that a text refers to."""
    (secret,) = secrets_in(text)
    return secret


def test_many_secrets_of_both_stores_are_read(clients: "tuple[SecretsManagerClient, SSMClient]") -> None:
    """More than a batch holds, each gets its own value; a key is a field of the JSON."""
    manager, ssm = clients
    reader = AwsSecrets(secrets_manager=lambda: manager, ssm=lambda: ssm)
    wanted = {named(f"secret:acme/{n}"): f"value {n}" for n in range(25)}
    wanted |= {named(f"secret:/acme/{n}"): f"parameter {n}" for n in range(25)}
    wanted |= {named("secret:acme/json#token"): "t0ken", named("secret:acme/json#port"): "5432"}
    assert reader.read(list(wanted)) == wanted


def test_what_cannot_be_read_says_which_and_why(clients: "tuple[SecretsManagerClient, SSMClient]") -> None:
    """Each is named with its own trouble, and the others are read all the same."""
    manager, ssm = clients
    reader = AwsSecrets(secrets_manager=lambda: manager, ssm=lambda: ssm)
    there, gone, no_parameter = named("secret:acme/1"), named("secret:acme/none"), named("secret:ssm:/acme/none")
    no_key, no_json = named("secret:acme/json#none"), named("secret:acme/2#key")
    read = reader.read([there, gone, no_parameter, no_key, no_json])
    assert read == {
        there: "value 1",
        gone: Unreadable(reason="secret acme/none cannot be read: ResourceNotFoundException"),
        no_parameter: Unreadable(reason="secret /acme/none cannot be read: ParameterNotFound"),
        no_key: Unreadable(reason="secret acme/json has no key none"),
        no_json: Unreadable(reason="secret acme/2 is not a JSON object and so has no key key"),
    }


def test_a_value_is_remembered_for_five_minutes_and_survives_its_store() -> None:
    """It is asked for again only then; and where that fails, the known value still serves."""
    manager, ssm = offline()
    now = [0.0]
    secret = Secret(store=SecretStore.SECRETS_MANAGER, name="a")
    reader = AwsSecrets(secrets_manager=lambda: manager, ssm=lambda: ssm, clock=lambda: now[0])
    with Stubber(manager) as stub:
        stub.add_response("get_secret_value", {"SecretString": "one"}, {"SecretId": "a"})
        assert reader.read([secret]) == {secret: "one"}
        now[0] = 299.0
        assert reader.read([secret]) == {secret: "one"}
        now[0] = 301.0
        stub.add_client_error("get_secret_value", "InternalServiceError")
        assert reader.read([secret]) == {secret: "one"}
        stub.add_response("get_secret_value", {"SecretString": "two"}, {"SecretId": "a"})
        assert reader.read([secret]) == {secret: "two"}
        stub.assert_no_pending_responses()


def test_a_role_without_the_right_to_a_batch_reads_one_by_one() -> None:
    """The batch needs a right of its own; what is granted for each secret is enough."""
    manager, ssm = offline()
    secrets = [Secret(store=SecretStore.SECRETS_MANAGER, name=name) for name in ("a", "b")]
    with Stubber(manager) as stub:
        stub.add_client_error("batch_get_secret_value", "AccessDeniedException")
        for name in ("a", "b"):
            stub.add_response("get_secret_value", {"SecretString": name.upper()}, {"SecretId": name})
        reader = AwsSecrets(secrets_manager=lambda: manager, ssm=lambda: ssm)
        assert reader.read(secrets) == {secret: secret.name.upper() for secret in secrets}


def test_a_store_that_cannot_be_reached_is_no_exception() -> None:
    """Without a network, every secret says so and the run goes on."""
    unreachable = Config(retries={"total_max_attempts": 1}, connect_timeout=1)
    ssm = SESSION.client("ssm", endpoint_url="http://127.0.0.1:9", config=unreachable)
    secret = named("secret:/acme/1")
    read = AwsSecrets(secrets_manager=lambda: offline()[0], ssm=lambda: ssm).read([secret])
    assert read == {secret: Unreadable(reason="secret /acme/1 cannot be read: EndpointConnectionError")}
    ssm.close()


def offline() -> "tuple[SecretsManagerClient, SSMClient]":
    """Return clients that are only ever stubbed."""
    return SESSION.client("secretsmanager"), SESSION.client("ssm")
