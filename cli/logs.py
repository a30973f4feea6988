"""`pulseboard logs`: what the functions said."""

import time
from typing import Annotated

import typer

from cli.local.deployed import NotDeployedError, find
from cli.local.log_lines import LogReader, follow
from cli.local.places import Places
from cli.local.stack_file import FUNCTIONS


def logs(
    function: Annotated[str | None, typer.Argument(help=f"One of {', '.join(FUNCTIONS)}. Default: all.")] = None,
    *,
    follow_on: Annotated[bool, typer.Option("--follow", "-f", help="Go on until Ctrl-C.")] = False,
    minutes: Annotated[int, typer.Option(help="How far to look back.")] = 15,
    stack: Annotated[str | None, typer.Option(help="A stack in your account. Default: the local one.")] = None,
    region: Annotated[str | None, typer.Option(help="The stack's region. Default: the environment's.")] = None,
) -> None:
    """Print the functions' logs, oldest first."""
    if function is not None and function not in FUNCTIONS:
        typer.echo(f"There is no function {function}; there are {', '.join(FUNCTIONS)}.", err=True)
        raise typer.Exit(2)
    try:
        deployed = find(Places(), stack=stack, region=region)
    except NotDeployedError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from error
    chosen = {name: own for name, own in deployed.functions.items() if function in (None, name)}
    reader = LogReader(deployed=deployed, functions=chosen, since_ms=int((time.time() - minutes * 60) * 1000))
    try:
        for text in follow(reader) if follow_on else reader.new_lines():
            typer.echo(text)
    except KeyboardInterrupt:
        return
