"""`pulseboard heartbeats`: where workers and cron jobs report to, and what they have reported."""

import json
import secrets
from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.console import Console

from cli.asking import deployment
from cli.heartbeat_table import Listing, listings, print_listings
from cli.hint import hint
from cli.local.deployed import Deployed
from cli.local.deployed_config import deployed_config
from cli.options import BAD_INPUT, Json, Region, Stack
from functions.adapters.ping_table import PingTable
from functions.config import Config

SECRET_BYTES = 32


def heartbeats(
    *,
    as_json: Json = False,
    replace_key: Annotated[
        str | None,
        typer.Option(help="Give this monitor another address; the old one ends within a minute.", metavar="ID"),
    ] = None,
    body: Annotated[
        str | None, typer.Option(help="Print what this monitor's newest ping with a body said.", metavar="ID")
    ] = None,
    stack: Stack = None,
    region: Region = None,
) -> None:
    """Tell the ping addresses of workers and cron jobs, and how these are.

    Whoever has an address can report in its job's name: treat them like passwords.
    """
    with deployment(stack=stack, region=region) as deployed:
        config = deployed_config(deployed)
        table = PingTable(deployed.clients.dynamodb(), deployed.outputs["TableName"])
        if body is not None:
            _known(body, config)
            _print_body(table, body)
            return
        found = _list(deployed, config, table, replace_key=replace_key)
    if as_json:
        typer.echo(json.dumps({"heartbeats": [one.document() for one in found]}, indent=2, ensure_ascii=False))
    else:
        print_listings(found, console=Console(highlight=False))


def _list(deployed: Deployed, config: Config, table: PingTable, *, replace_key: str | None) -> list[Listing]:
    if replace_key is not None:
        _known(replace_key, config)
    if not config.heartbeats:
        return []
    ring = table.key_ring() or table.make_key_ring(secrets.token_bytes(SECRET_BYTES))
    if replace_key is not None:
        ring = table.replace_key(replace_key)
    return listings(config, table.pings(), ring, outputs=deployed.outputs, at=datetime.now(UTC))


def _known(monitor: str, config: Config) -> None:
    """Exit with status 2 where there is no such heartbeat."""
    if monitor not in config.heartbeats:
        typer.echo(f"There is no heartbeat `{monitor}`. {hint(monitor, config.heartbeats)}", err=True)
        raise typer.Exit(BAD_INPUT)


def _print_body(table: PingTable, monitor: str) -> None:
    found = table.ping_body(monitor)
    if found is None:
        typer.echo(f"No ping of `{monitor}` had a body.", err=True)
        return
    typer.echo(f"{found.signal} at {found.at:%Y-%m-%d %H:%M:%S} UTC, {len(found.data)} bytes:", err=True)
    typer.echo(found.data)
