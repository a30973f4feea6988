"""The `pulseboard` command; each sub-command stands in a file of its own and is one line here."""

import typer

from cli.access.command import access
from cli.check import check
from cli.down import down
from cli.export import export
from cli.heartbeats import heartbeats
from cli.incident import incident
from cli.logs import logs
from cli.replay import replay
from cli.schema import schema
from cli.status import status
from cli.up import up
from cli.validate import validate

app = typer.Typer(
    name="pulseboard",
    help="Uptime monitoring and a status page in your own AWS account.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

app.add_typer(access, name="access")
app.command()(check)
app.command()(down)
app.command()(export)
app.command()(heartbeats)
app.command()(logs)
app.command()(replay)
app.command()(schema)
app.command()(status)
app.command()(up)
app.command()(validate)

app.add_typer(incident, name="incident")
