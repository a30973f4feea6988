"""`pulseboard incident`: open, update, acknowledge, resolve, postmortem, retitle, list and show."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from cli.incidents.session import Session, Which, session
from cli.incidents.table import print_incidents
from cli.incidents.words import InputError, read_monitors, read_words
from cli.options import Json, Region, Stack
from cli.recording.moment import read_moment

incident = typer.Typer(
    help="Tell the page's readers what is going on, and the team who is on it.", no_args_is_help=True
)

Monitors = Annotated[
    list[str] | None, typer.Option("--monitor", "-m", metavar="ID=WORD", help="down, degraded or up; may be repeated.")
]
Body = Annotated[str | None, typer.Option("--body", "-b", help="What to say, in Markdown. Default: an editor opens.")]
File = Annotated[Path | None, typer.Option("--file", "-f", help="Say what stands in this file; - is standard input.")]
Status = Annotated[str | None, typer.Option(help="investigating, identified or monitoring. Default: as it is.")]
By = Annotated[str | None, typer.Option(help="Who says it: a name that the public may read.")]


@incident.command("open")
def open_incident(
    title: Annotated[str, typer.Argument(help="What readers see first: what does not work, in their words.")],
    *,
    monitors: Monitors = None,
    body: Body = None,
    file: File = None,
    status: Status = None,
    since: Annotated[str | None, typer.Option(help="Since when: a time with its zone, or how long ago (20m).")] = None,
    by: By = None,
    as_json: Json = False,
    stack: Stack = None,
    region: Region = None,
) -> None:
    """Open an incident. Monitors that it names are shown as bad as it says, whatever checks see."""
    with session(stack=stack, region=region, as_json=as_json) as talk:
        affected = read_monitors(monitors or ())
        if not affected:
            raise InputError("Say what is affected, and how: --monitor ID=down or --monitor ID=degraded.")
        document = {"title": title, "monitors": affected, "status": status, "by": by, "started_at": _moment(since)}
        talk.tell(talk.api.open(_given(document) | {"body": read_words(body, file)}))


@incident.command()
def update(
    which: Which = None,
    *,
    status: Status = None,
    monitors: Monitors = None,
    body: Body = None,
    file: File = None,
    by: By = None,
    as_json: Json = False,
    stack: Stack = None,
    region: Region = None,
) -> None:
    """Say what is new; with --status how far the work is, with --monitor what got better or worse."""
    with session(stack=stack, region=region, as_json=as_json) as talk:
        _update(talk, which, status=status, monitors=monitors, words=read_words(body, file), by=by)


@incident.command()
def resolve(
    which: Which = None,
    *,
    body: Body = None,
    file: File = None,
    by: By = None,
    as_json: Json = False,
    stack: Stack = None,
    region: Region = None,
) -> None:
    """Say that an incident is over that a person opened; those that checks opened end with their checks."""
    with session(stack=stack, region=region, as_json=as_json) as talk:
        _update(talk, which, status="resolved", monitors=None, words=read_words(body, file), by=by)


@incident.command()
def acknowledge(
    which: Which = None,
    *,
    by: Annotated[str, typer.Option(help="Who is on it: a team or a name that the public may read.")],
    as_json: Json = False,
    stack: Stack = None,
    region: Region = None,
) -> None:
    """Say who is on it."""
    with session(stack=stack, region=region, as_json=as_json) as talk:
        talk.tell(talk.api.acknowledge(talk.meant(which), by=by))


@incident.command()
def retitle(
    which: Annotated[str, typer.Argument(help="The incident's id.")],
    title: Annotated[str, typer.Argument(help="What it is to be called.")],
    *,
    as_json: Json = False,
    stack: Stack = None,
    region: Region = None,
) -> None:
    """Give an incident another title."""
    with session(stack=stack, region=region, as_json=as_json) as talk:
        talk.tell(talk.api.retitle(which, title=title))


@incident.command()
def postmortem(
    which: Annotated[str, typer.Argument(help="The incident's id.")],
    *,
    body: Body = None,
    file: File = None,
    by: By = None,
    as_json: Json = False,
    stack: Stack = None,
    region: Region = None,
) -> None:
    """Publish what was learnt. The editor shows what stands there; nobody's changes in between are overwritten."""
    with session(stack=stack, region=region, as_json=as_json) as talk:
        before = talk.api.show(which)
        words = read_words(body, file, draft=(before["postmortem"] or {}).get("body", ""))
        talk.tell(talk.api.write_postmortem(which, _given({"by": by}) | {"body": words}, version=before["version"]))


@incident.command("list")
def list_incidents(
    *,
    only_open: Annotated[bool, typer.Option("--open", help="Only those that are open.")] = False,
    as_json: Json = False,
    stack: Stack = None,
    region: Region = None,
) -> None:
    """List the incidents of the last 90 days, and all that are open, newest first."""
    with session(stack=stack, region=region, as_json=as_json) as talk:
        found = talk.api.find_all(only_open=only_open)
        if as_json:
            typer.echo(json.dumps({"incidents": found}, indent=2, ensure_ascii=False))
        else:
            print_incidents(found, console=Console(highlight=False))


@incident.command()
def show(which: Which = None, *, as_json: Json = False, stack: Stack = None, region: Region = None) -> None:
    """Show one incident with its timeline."""
    with session(stack=stack, region=region, as_json=as_json) as talk:
        talk.tell(talk.api.show(talk.meant(which)))


def _update(
    talk: Session, which: str | None, *, status: str | None, monitors: list[str] | None, words: str, by: str | None
) -> None:
    document = {"status": status, "by": by, "monitors": read_monitors(monitors or ()) or None}
    talk.tell(talk.api.update(talk.meant(which), _given(document) | {"body": words}))


def _moment(text: str | None) -> str | None:
    if text is None:
        return None
    try:
        return read_moment(text, now=datetime.now(UTC)).isoformat()
    except ValueError as error:
        raise InputError(f"--since: {error}") from error


def _given(document: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in document.items() if value is not None}
