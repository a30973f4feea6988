"""What every `pulseboard incident` command has in common: the deployment, the incident that is meant, and errors."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Annotated

import typer
from rich.console import Console

from cli.asking import deployment
from cli.incidents.api import Document, IncidentApi, IncidentApiError
from cli.incidents.table import print_incident
from cli.incidents.words import InputError
from cli.options import BAD_INPUT, FAILED

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
        with deployment(stack=stack, region=region) as deployed:
            yield Session(api=IncidentApi(deployed=deployed), as_json=as_json)
    except InputError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(BAD_INPUT) from error
    except IncidentApiError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(BAD_INPUT if error.bad_input else FAILED) from error
