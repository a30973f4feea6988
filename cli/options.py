"""Options that several commands have, and the exit statuses that all of them share."""

from typing import Annotated

import typer

FAILED = 1
"""What was asked for could not be done, or (`check`) not everything is up."""

BAD_INPUT = 2
"""A file, an option or an argument cannot be used; nothing was done."""

Json = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]
Stack = Annotated[str | None, typer.Option(help="A stack in your account. Default: the local one.")]
Region = Annotated[str | None, typer.Option(help="The stack's region. Default: the environment's.")]
