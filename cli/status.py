"""`pulseboard status`: how a deployment is, the monitored and the monitoring."""

import json

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from cli.asking import deployment
from cli.local.health import Health, MonitorLine, examine
from cli.options import Json, Region, Stack
from cli.tables import print_table

_COLOURS = {"operational": "green", "degraded": "yellow", "outage": "red", "OK": "green", "ALARM": "red"}


def status(
    *,
    as_json: Json = False,
    stack: Stack = None,
    region: Region = None,
) -> None:
    """Tell how the page, its monitors, the last run, the alarms and the dead-letter queues are."""
    with deployment(stack=stack, region=region) as deployed:
        health = examine(deployed)
    if as_json:
        typer.echo(json.dumps(health.document(), indent=2, ensure_ascii=False))
    else:
        print_health(health, console=Console(highlight=False))


def print_health(health: Health, *, console: Console) -> None:
    """Print the page, its monitors, the alarms that are raised and the dead-letter queues."""
    console.print(Text(health.page_url, style="bold"), soft_wrap=True)
    console.print(f"Overall   {_coloured(health.overall)}")
    console.print(f"Last run  {health.last_run or '[red]none in the last hours[/red]'}")
    monitors = Table("Monitor", "Status", "Uptime 24 h", "Response", box=None, header_style="dim", pad_edge=False)
    for monitor in health.monitors:
        monitors.add_row(Text(monitor.name), _standing(monitor), monitor.uptime, monitor.response)
    console.print()
    print_table(monitors, console=console)
    console.print()
    for name, state in health.alarms.items():
        if state == "ALARM":
            console.print(f"Alarm     {_coloured(state)} {name}", soft_wrap=True)
    quiet = sum(state != "ALARM" for state in health.alarms.values())
    console.print(f"Alarms    {quiet} of {len(health.alarms)} quiet")
    for name, depth in health.queues.items():
        console.print(f"Queue     {name}: {f'[red]{depth} waiting[/red]' if depth else 'empty'}")


def _standing(monitor: MonitorLine) -> str:
    return "waits for its first ping" if monitor.awaits_ping else _coloured(monitor.status)


def _coloured(word: str) -> str:
    colour = _COLOURS.get(word)
    return f"[{colour}]{word}[/{colour}]" if colour else word
