"""`pulseboard logs`: what the functions said."""

import time
from contextlib import suppress
from typing import Annotated

import typer

from cli.asking import deployment
from cli.hint import hint
from cli.local.log_lines import LogReader, follow
from cli.local.stack_file import FUNCTIONS
from cli.options import BAD_INPUT, Region, Stack


def logs(
    function: Annotated[str | None, typer.Argument(help=f"One of {', '.join(FUNCTIONS)}. Default: all.")] = None,
    *,
    follow_on: Annotated[bool, typer.Option("--follow", "-f", help="Go on until Ctrl-C.")] = False,
    minutes: Annotated[int, typer.Option(help="How far to look back.", min=1)] = 15,
    stack: Stack = None,
    region: Region = None,
) -> None:
    """Print the functions' logs, oldest first."""
    if function is not None and function not in FUNCTIONS:
        typer.echo(f"There is no function `{function}`. {hint(function, FUNCTIONS)}", err=True)
        raise typer.Exit(BAD_INPUT)
    with deployment(stack=stack, region=region) as deployed, suppress(KeyboardInterrupt):
        chosen = {name: own for name, own in deployed.functions.items() if function in (None, name)}
        reader = LogReader(deployed=deployed, functions=chosen, since_ms=int((time.time() - minutes * 60) * 1000))
        for text in follow(reader) if follow_on else reader.new_lines():
            typer.echo(text)
