"""A deployment as CloudFormation knows it: the local one, or one in an account."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    EndpointConnectionError,
    NoCredentialsError,
    NoRegionError,
)

from cli.local.clients import Clients
from cli.local.places import Places
from cli.local.stack_file import FUNCTIONS, StackFile


class NotDeployedError(Exception):
    """There is nothing to ask; the message says how to say which deployment is meant, or how to make one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deployed:
    """The home stack's name and outputs, and clients for where it is."""

    name: str
    outputs: Mapping[str, str]
    clients: Clients

    @property
    def functions(self) -> dict[str, str]:
        """Return each function's name in AWS by its name here."""
        return {name: self.outputs[f"{name.title()}Function"] for name in FUNCTIONS}

    @property
    def queues(self) -> dict[str, str]:
        """Return the address of each dead-letter queue."""
        return {name.lower(): self.outputs[f"{name}QueueUrl"] for name in ("Undelivered", "Unprocessed")}


def find(places: Places, *, stack: str | None, region: str | None) -> Deployed:
    """Return the stack called `stack` in the account that the environment names, or, without a name, the local one.

    Raises NotDeployedError.
    """
    if stack is None:
        try:
            local = StackFile.read(places.stack_file)
        except FileNotFoundError as error:
            raise NotDeployedError(
                "Nothing runs locally: `make up` starts it, and --stack NAME asks a deployment in your account."
            ) from error
        clients = Clients.of(local)
    else:
        clients = Clients(region=region)
    try:
        found = [
            deployed
            for deployed in _deployments(clients)
            if (deployed.name == stack if stack else deployed.outputs.get("PageUrl") == local.page_url)
        ]
    except (BotoCoreError, ClientError) as error:
        raise NotDeployedError(f"CloudFormation cannot be asked: {error}{_mending(error)}") from error
    if not found:
        raise NotDeployedError(f"There is no Pulseboard stack {stack or 'in the local AWS'}.")
    return found[0]


def _mending(error: BotoCoreError | ClientError) -> str:
    """Return what helps where AWS was not even asked; nothing of what AWS itself answered."""
    match error:
        case NoRegionError():
            return " Say --region REGION, or set AWS_REGION."
        case NoCredentialsError():
            return ". Set AWS_PROFILE, or sign in."
        case EndpointConnectionError():
            return ". Is the region's name right, and the network there?"
    return ""


def _deployments(clients: Clients) -> Iterator[Deployed]:
    for page in clients.cloudformation().get_paginator("describe_stacks").paginate():
        for stack in page["Stacks"]:
            outputs = {output["OutputKey"]: output["OutputValue"] for output in stack.get("Outputs", [])}
            if "PageUrl" in outputs and "JudgeFunction" in outputs:
                yield Deployed(name=stack["StackName"], outputs=outputs, clients=clients)
