"""How commands ask a deployment, and what they say where that does not work."""

from collections.abc import Iterator
from contextlib import contextmanager

import typer
from botocore.exceptions import BotoCoreError, ClientError

from cli.local.deployed import Deployed, NotDeployedError, find
from cli.local.places import Places
from cli.options import FAILED


@contextmanager
def deployment(*, stack: str | None, region: str | None) -> Iterator[Deployed]:
    """Give the deployment that is meant; where it cannot be asked, say why and exit with status 1."""
    try:
        yield find(Places(), stack=stack, region=region)
    except (NotDeployedError, BotoCoreError, ClientError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(FAILED) from error
