"""`pulseboard up`: the whole of it on this machine."""

import time
from pathlib import Path
from typing import Annotated

import typer
from botocore.exceptions import BotoCoreError, ClientError
from rich.console import Console

from cli.local.demo import DemoError
from cli.local.deployed import find
from cli.local.emulator import EmulatorError
from cli.local.live import NotLiveError
from cli.local.log_lines import LogReader, follow
from cli.local.places import Places
from cli.local.stack import LocalStack
from cli.local.stack_file import StackFile
from cli.local.toolkit import ToolkitError
from cli.options import BAD_INPUT, FAILED
from cli.problems import DEFAULT_FILE, print_problems
from cli.steps import Steps
from configuration import ConfigurationError


def up(
    *,
    config: Annotated[Path, typer.Option(help="The pulseboard.yaml to deploy.")] = DEFAULT_FILE,
    detach: Annotated[bool, typer.Option("--detach", help="Return when the page is live; `down` ends it.")] = False,
) -> None:
    """Start an AWS and a service to watch on this machine, deploy, and follow until Ctrl-C."""
    console = Console(highlight=False)
    stack = LocalStack(
        places=Places(), step=Steps(console), warn=lambda text: console.print(text, style="yellow", markup=False)
    )
    try:
        where = stack.up(config)
    except ConfigurationError as error:
        print_problems(error.problems, console=Console(stderr=True, highlight=False))
        raise typer.Exit(BAD_INPUT) from error
    except (EmulatorError, DemoError, ToolkitError, NotLiveError) as error:
        Console(stderr=True, highlight=False).print(str(error), markup=False, style="red", soft_wrap=True)
        raise typer.Exit(FAILED) from error
    _tell(where, console)
    if detach:
        return
    console.print("Following the functions' logs; Ctrl-C ends everything, and its state stays.\n", style="dim")
    try:
        _follow(stack)
    except KeyboardInterrupt:
        with Steps(console)("Ending"):
            stack.down()


def _tell(where: StackFile, console: Console) -> None:
    console.print()
    lines = (
        ("Page", where.page_url),
        *((page, address) for page, address in where.other_pages.items()),
        ("API", f"{where.api_url}/openapi.json"),
        ("Demo", f"{where.demo_url}/docs"),
        ("Logs", ".venv/bin/pulseboard logs --follow"),
        ("Break it", f"curl -X POST {where.demo_url}/break/database"),
        ("Heal it", f"curl -X POST {where.demo_url}/heal"),
    )
    width = max(len(name) for name, _ in lines) + 1
    for name, value in lines:
        console.print(f"[bold]{name:{width}}[/bold]{value}", soft_wrap=True)
    console.print()


def _follow(stack: LocalStack) -> None:
    """Print what the functions say until the stack has ended (`pulseboard down` in another window)."""
    deployed = find(stack.places, stack=None, region=None)
    reader = LogReader(deployed=deployed, functions=deployed.functions, since_ms=int(time.time() * 1000))
    try:
        for text in follow(reader):
            typer.echo(text)
    except (BotoCoreError, ClientError) as error:
        if stack.stays_up():
            typer.echo(f"The logs cannot be read any more, the stack runs on: {error}", err=True)
            raise typer.Exit(1) from error
    typer.echo("The stack was ended.")
