"""`pulseboard check`: every check of a pulseboard.yaml, once, from this machine."""

import asyncio
import json
import os
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from cli.check_table import all_up, check_document, check_table
from cli.environment_secrets import EnvironmentSecrets
from cli.hint import hint
from cli.options import BAD_INPUT, FAILED, Json
from cli.problems import DEFAULT_FILE, load_or_exit
from functions.adapters.guard import interrupting_guard
from functions.adapters.network import Network
from functions.config import Config, decode_config
from functions.domain.address import AddressPolicy
from functions.domain.monitor import Monitor
from functions.domain.run import Run
from functions.probe.check import Tools
from functions.probe.executors import Executors
from functions.probe.run import probe_shard, trace_of

_SPARE_SECONDS = 5.0


def check(
    file: Annotated[Path, typer.Argument(help="The pulseboard.yaml to check.")] = DEFAULT_FILE,
    *,
    monitor: Annotated[str | None, typer.Option(help="Only this monitor.", metavar="ID")] = None,
    as_json: Json = False,
) -> None:
    """Run the checks once from this machine, without AWS; exit 1 unless all are up.

    Secrets come from environment variables: `secret:acme/token` from PULSEBOARD_SECRET_ACME_TOKEN.
    """
    config = decode_config(load_or_exit(file).runtime)
    monitors = _chosen(config, monitor)
    run = asyncio.run(_run(config, monitors, quiet=as_json))
    if as_json:
        typer.echo(json.dumps(check_document(monitors, run), indent=2, ensure_ascii=False))
    else:
        check_table(monitors, run, console=Console(highlight=False))
    if not all_up(monitors, run):
        raise typer.Exit(FAILED)


def _chosen(config: Config, monitor: str | None) -> Sequence[Monitor]:
    if monitor is None:
        return tuple(config.monitors.values())
    if monitor in config.monitors:
        return (config.monitors[monitor],)
    typer.echo(f"There is no monitor `{monitor}`. {hint(monitor, config.monitors)}", err=True)
    raise typer.Exit(BAD_INPUT)


async def _run(config: Config, monitors: Sequence[Monitor], *, quiet: bool) -> Run:
    """Check all `monitors` at once; a bar on the standard error shows how many are through."""
    network = Network(policy=AddressPolicy(allow_private=config.allow_private_targets))
    columns = (TextColumn("Checking"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=quiet or not console.is_terminal) as progress:
        task = progress.add_task("checks", total=len(monitors))
        return await probe_shard(
            monitors,
            shard="check",
            at=datetime.now(UTC),
            region="here",
            deadline=max((_longest(monitor) for monitor in monitors), default=0.0) + _SPARE_SECONDS,
            tools=Tools(executors=Executors(network), guard=interrupting_guard()),
            secrets=EnvironmentSecrets(os.environ),
            store=_Nowhere(),
            troubles=lambda monitor, error: typer.echo(f"{monitor}:\n{trace_of(error)}", err=True),
            finished=_advance(progress, task),
        )


def _advance(progress: Progress, task: TaskID) -> Callable[[str], None]:
    return lambda _: progress.advance(task)


def _longest(monitor: Monitor) -> float:
    return monitor.attempts * monitor.timeout + (monitor.attempts - 1) * monitor.attempt_gap


class _Nowhere:
    """The `RunWriter` of a run that is only shown."""

    def put_run(self, run: Run) -> None:
        """Keep nothing."""
