"""What every `pulseboard incident` command has in common: the deployment, the incident that is meant, and errors."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Annotated

import typer
from botocore.exceptions import BotoCoreError
from rich.console import Console

from cli.incidents.api import Document, IncidentApi, IncidentApiError
from cli.incidents.table import print_incident
from cli.incidents.words import InputError
from cli.local.deployed import NotDeployedError, find
from cli.local.places import Places

BAD_INPUT = 2

Json = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]
Stack = Annotated[str | None, typer.Option(help="A stack in your account. Default: the local one.")]
Region = Annotated[str | None, typer.Option(help="The stack's region. Default: the environment's.")]
Which = Annotated[str | None, typer.Argument(help="The incident's id. Default: the only one that is open.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One command's conversation with a deployment."""

    api: IncidentApi
    as_json: bool

    def meant(self, incident: str | None) -> str:
        """Return the id that was given, or that of the only open incident; raises InputError where that is unclear."""
        if incident is not None:
            return incident
        found = self.api.find_all(only_open=True)
        if len(found) == 1:
            return str(found[0]["id"])
        if not found:
            raise InputError("No incident is open; say which one is meant.")
        listed = "\n".join(f"  {one['id']}  {one['title']}" for one in found)
        raise InputError(f"Several incidents are open; say which one is meant:\n{listed}")

    def tell(self, incident: Document) -> None:
        """Print the incident as it is now."""
        if self.as_json:
            typer.echo(json.dumps(incident, indent=2, ensure_ascii=False))
        else:
            print_incident(incident, console=Console(highlight=False))


@contextmanager
def session(*, stack: str | None, region: str | None, as_json: bool) -> Iterator[Session]:
    """Give a session; what goes wrong in it is told, with exit status 2 where the input was wrong, else 1."""
    try:
        yield Session(api=IncidentApi(deployed=find(Places(), stack=stack, region=region)), as_json=as_json)
    except InputError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(BAD_INPUT) from error
    except IncidentApiError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(BAD_INPUT if error.bad_input else 1) from error
    except (NotDeployedError, BotoCoreError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from error
