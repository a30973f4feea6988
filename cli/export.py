"""`pulseboard export`: the results that a deployment recorded, as lines that `pulseboard replay` reads."""

import gzip
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from cli.asking import deployment
from cli.hint import hint
from cli.local.deployed import Deployed
from cli.options import BAD_INPUT, FAILED, Region, Stack
from cli.recording.collecting import Collection, collect
from cli.recording.moment import read_moment
from functions.adapters.dynamo_store import DynamoStore
from functions.domain.run_codec import RunFormatError


class _NothingError(Exception):
    """There is nothing to write: a file that is there already stays as it is."""

    def __init__(self, collection: Collection) -> None:
        super().__init__()
        self.collection = collection


def export(
    *,
    start: Annotated[str, typer.Option("--from", help="A date, a time with its zone, or how long ago.")] = "7d",
    end: Annotated[str | None, typer.Option("--to", help="Likewise, and not included. Default: now.")] = None,
    monitor: Annotated[str | None, typer.Option(help="Only this monitor.", metavar="ID")] = None,
    out: Annotated[Path | None, typer.Option(help="Write to this file; gzipped where it ends in .gz.")] = None,
    stack: Stack = None,
    region: Region = None,
) -> None:
    """Write the recorded results of a deployment as JSON lines, oldest first."""
    now = datetime.now(UTC)
    try:
        first, last = read_moment(start, now=now), read_moment(end, now=now) if end else now
    except ValueError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(BAD_INPUT) from error
    if first >= last:
        typer.echo(f"--from ({first:%Y-%m-%d %H:%M} UTC) must be before --to ({last:%Y-%m-%d %H:%M} UTC).", err=True)
        raise typer.Exit(BAD_INPUT)
    if out is not None and not out.parent.is_dir():
        typer.echo(f"{out} cannot be written: there is no folder {out.parent}.", err=True)
        raise typer.Exit(FAILED)
    try:
        with deployment(stack=stack, region=region) as deployed:
            collection = _export(deployed, first, last, monitor, out)
    except BrokenPipeError:
        raise  # whoever reads has had enough, as `head` has: Typer ends quietly
    except (RunFormatError, OSError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(FAILED) from error
    except _NothingError as error:
        typer.echo(_nothing(error.collection, monitor, first, last), err=True)
        raise typer.Exit(FAILED) from error
    if collection.unmade:
        typer.echo(f"{collection.unmade:,} checks could not be made and are left out: they are no data.", err=True)
    if out is not None:
        typer.echo(f"{collection.results:,} results are in {out}.", err=True)


def _export(deployed: Deployed, first: datetime, last: datetime, monitor: str | None, out: Path | None) -> Collection:
    store = DynamoStore(deployed.clients.dynamodb(), deployed.outputs["TableName"])
    collection = Collection()
    # Where the lines go to the terminal, they are the progress.
    console = Console(stderr=True)
    quiet = not console.is_terminal or (out is None and sys.stdout.isatty())
    columns = (TextColumn("Exporting hours"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=quiet) as progress, _written(out) as sink:
        task = progress.add_task("hours", total=None)
        lines = collect(
            store,
            start=first,
            end=last,
            monitor=monitor,
            collection=collection,
            advanced=lambda done, of: progress.update(task, completed=done, total=of),
        )
        for line in lines:
            sink.write(f"{line}\n".encode())
        if not collection.results:
            raise _NothingError(collection)
    return collection


@contextmanager
def _written(out: Path | None) -> Iterator[IO[bytes]]:
    """Yield where to write; a file is there when it is whole, and not before."""
    if out is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    partial = out.with_name(f"{out.name}.partial")
    try:
        with gzip.open(partial, "wb") if out.suffix == ".gz" else partial.open("wb") as sink:
            yield sink  # type: ignore[misc]  # a gzip file can be written to as well
        partial.replace(out)
    finally:
        partial.unlink(missing_ok=True)


def _nothing(collection: Collection, monitor: str | None, first: datetime, last: datetime) -> str:
    span = f"from {first:%Y-%m-%d %H:%M} to {last:%Y-%m-%d %H:%M} UTC"
    if monitor is None or not collection.monitors:
        return f"No results were recorded {span}."
    return f"No results of `{monitor}` were recorded {span}. {hint(monitor, sorted(collection.monitors))}"
