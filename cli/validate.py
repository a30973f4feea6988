"""`pulseboard validate`: what is wrong with a pulseboard.yaml, or what it would deploy."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from cli.options import BAD_INPUT, Json
from cli.problems import DEFAULT_FILE, print_problems, print_warnings
from configuration import Configuration, ConfigurationError, Problem, load


def validate(
    file: Annotated[Path, typer.Argument(help="The file to check.")] = DEFAULT_FILE,
    *,
    as_json: Json = False,
) -> None:
    """Check a pulseboard.yaml and tell everything that is wrong with it; exit 2 where anything is."""
    try:
        configuration = load(file)
    except ConfigurationError as error:
        _tell_problems(error.problems, as_json=as_json)
        raise typer.Exit(BAD_INPUT) from error
    if as_json:
        typer.echo(json.dumps(document(configuration), indent=2, ensure_ascii=False))
        return
    console = Console(highlight=False)
    print_warnings(configuration.warnings, console=console)
    text = f"{file} is fine. {summary(configuration)}"
    console.print(text, markup=False, soft_wrap=not console.is_terminal)


def _tell_problems(problems: Sequence[Problem], *, as_json: bool) -> None:
    if as_json:
        found = {"valid": False, "problems": [asdict(problem) for problem in problems], "warnings": []}
        typer.echo(json.dumps(found, indent=2, ensure_ascii=False))
    else:
        print_problems(problems, console=Console(highlight=False))  # they are what was asked for


def document(configuration: Configuration) -> dict[str, object]:
    """Return what `--json` prints for a file that is fine."""
    deployment = configuration.deployment
    return {
        "valid": True,
        "problems": [],
        "warnings": [asdict(warning) for warning in configuration.warnings],
        "page": deployment.page,
        "monitors": [monitor for shard in deployment.shards for monitor in shard.monitors],
        "shards": [
            {
                "id": shard.id,
                "interval": shard.interval,
                "regions": list(shard.regions),
                "monitors": list(shard.monitors),
                "timeout": deployment.probe_timeouts[shard.id],
            }
            for shard in deployment.shards
        ],
        "regions": list(deployment.regions),
        "aws": [asdict(access) for access in deployment.aws],
        "secrets": [{"store": secret.store, "name": secret.name} for secret in deployment.secrets],
    }


def summary(configuration: Configuration) -> str:
    """Return, in one paragraph, what the file would deploy and what that needs."""
    deployment = configuration.deployment
    monitors = sum(len(shard.monitors) for shard in deployment.shards)
    regions = ", ".join(deployment.regions) or "the region that you deploy to"
    secrets = ", ".join(f"{secret.name} ({_STORES[secret.store]})" for secret in deployment.secrets)
    shown, shards = _count(monitors, "monitor"), _count(len(deployment.shards), "shard")
    needed = _count(len(deployment.secrets), "secret")
    sentences = [
        f"The page `{deployment.page}` ({deployment.title}) shows {shown}, checked in {shards} from {regions}.",
        f"It needs {needed}: {secrets}." if secrets else "It needs no secrets.",
    ]
    if deployment.aws:
        asked = ", ".join(f"the {each.kind} {each.name} ({each.region})" for each in deployment.aws)
        sentences.append(f"It asks AWS about {asked}.")
    if configuration.warnings:
        sentences.append(f"There {_are(len(configuration.warnings), 'warning')} above.")
    return " ".join(sentences)


_STORES = {"secretsmanager": "Secrets Manager", "ssm": "Parameter Store"}


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _are(number: int, noun: str) -> str:
    return f"{'is' if number == 1 else 'are'} {_count(number, noun)}"
