"""`pulseboard replay`: recorded results through the judge, to see what a configuration would have told."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

from cli.options import BAD_INPUT, Json
from cli.problems import DEFAULT_FILE, load_or_exit
from cli.recording.reading import STANDARD_INPUT, Problem, Reading, UnreadableError, read_recording
from cli.recording.runs import runs_of
from cli.recording.store import ReplayStore
from cli.recording.summary import sentence
from cli.recording.telling import event_document, event_table
from functions.config import Config, decode_config
from functions.domain.event import Event
from functions.judge.judge_run import judge_run

_BETWEEN_REPORTS = 1_000


def replay(
    results: Annotated[str, typer.Argument(help="The recording: JSON lines, gzipped or not; `-` reads stdin.")],
    *,
    config: Annotated[Path, typer.Option(help="The pulseboard.yaml to judge by.")] = DEFAULT_FILE,
    as_json: Json = False,
) -> None:
    """Judge recorded results as a deployment would have, and tell what it would have announced and when."""
    runtime = decode_config(load_or_exit(config).runtime)
    name = "standard input" if results == STANDARD_INPUT else results
    notes = Console(stderr=True, highlight=False)
    with _progress(notes, quiet=as_json) as progress:
        try:
            reading = _read(results, runtime, progress)
        except UnreadableError as error:
            typer.echo(f"{name}: {error}", err=True)
            raise typer.Exit(BAD_INPUT) from error
        if reading.problem_count:
            progress.stop()
            _tell_problems(name, reading, notes)
            raise typer.Exit(BAD_INPUT)
        events = _judge(reading, runtime, progress)
    for note in reading.notes:
        notes.print(f"Note: {note}", markup=False, style="dim", soft_wrap=True)
    if as_json:
        typer.echo(json.dumps(event_document(events), indent=2))
    else:
        _tell(events, reading, runtime, Console(highlight=False))


def _read(results: str, config: Config, progress: Progress) -> Reading:
    task = progress.add_task("Reading", total=None)

    def advanced(read: int, size: int) -> None:
        progress.update(task, completed=read, total=size or None)

    reading = read_recording(results, config.monitors, advanced=advanced)
    progress.remove_task(task)
    return reading


def _judge(reading: Reading, config: Config, progress: Progress) -> list[Event]:
    """Judge all runs, oldest first, in a store of their own: nothing was known before."""
    homes = {monitor: shard.id for shard in config.shards.values() for monitor in shard.monitors}
    store = ReplayStore()
    task = progress.add_task("Judging", total=len(reading.recorded))
    events: list[Event] = []
    judged = 0
    for number, run in enumerate(runs_of(reading.recorded, homes)):
        events += judge_run(run, config=config, store=store)
        judged += len(run.results)
        if number % _BETWEEN_REPORTS == 0:
            progress.update(task, completed=judged)
    return events


def _tell(events: Sequence[Event], reading: Reading, config: Config, console: Console) -> None:
    if not len(reading.recorded):
        console.print("There are no results in it.")
        return
    if events:
        event_table(events, console=console)
        console.print()
    minute, (_, result) = reading.recorded.last
    interval = timedelta(seconds=config.monitors[result.monitor].interval)
    text = sentence(events, start=reading.recorded.first, end=minute + interval)
    console.print(text, soft_wrap=not console.is_terminal)


def _tell_problems(name: str, reading: Reading, console: Console) -> None:
    for problem in reading.problems:
        console.print(_words(name, problem), markup=False, soft_wrap=True)
    count = "1 problem" if reading.problem_count == 1 else f"{reading.problem_count:,} problems"
    shown = f"; the first {len(reading.problems)} are shown" if reading.problem_count > len(reading.problems) else ""
    console.print(f"{count} to mend in {name}{shown}.", markup=False, soft_wrap=True)


def _words(name: str, problem: Problem) -> str:
    """Return `FILE:LINE: KEY: message`, and what was probably meant: a form that editors link to."""
    fault = problem.fault
    key = f" {fault.key}:" if fault.key else ""
    hint = f" Did you mean `{fault.suggestion}`?" if fault.suggestion else ""
    return f"{name}:{problem.line}:{key} {fault.message}.{hint}"


@contextmanager
def _progress(console: Console, *, quiet: bool) -> Iterator[Progress]:
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=quiet or not console.is_terminal) as progress:
        yield progress
