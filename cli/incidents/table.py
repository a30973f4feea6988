"""Incidents on a terminal."""

from rich.console import Console
from rich.table import Column, Table
from rich.text import Text

from cli.incidents.api import Document
from cli.tables import print_table

_STYLES = {"down": "red", "degraded": "yellow", "up": "green"}


def print_incidents(found: list[Document], *, console: Console) -> None:
    """Print one line for each."""
    if not found:
        console.print("There is no incident.")
        return
    # An id is to be copied whole, however narrow the terminal.
    ids = Column("Incident", no_wrap=True, min_width=max(len(one["id"]) for one in found))
    table = Table(ids, "Since", "Status", "Impact", "On it", "Title", box=None, header_style="dim", pad_edge=False)
    for one in found:
        table.add_row(
            Text(one["id"]),
            _time(one["started_at"]),
            one["status"],
            Text(one["impact"], style=_style(one) if one["resolved_at"] is None else "dim"),
            Text((one["acknowledged"] or {}).get("by", "")),
            Text(one["title"]),
        )
    print_table(table, console=console)


def print_incident(one: Document, *, console: Console) -> None:
    """Print all of it, with the timeline, oldest first."""
    console.print(Text.assemble((one["title"], "bold"), "  ", (one["status"], _style(one))), soft_wrap=True)
    rows = {
        "id": one["id"],
        "page": one["url"],
        "opened by": "checks" if one["origin"] == "judge" else "people",
        "since": _time(one["started_at"]),
        "until": _time(one["resolved_at"]),
        "affected": ", ".join(f"{monitor} {word}" for monitor, word in one["monitors"].items()),
        "on it": one["acknowledged"] and f"{one['acknowledged']['by']}, since {_time(one['acknowledged']['at'])}",
        "seen": one["failure"] and one["failure"]["reason"],
    }
    for name, value in rows.items():
        if value:
            console.print(Text.assemble((f"{name:10}", "dim"), value), soft_wrap=True)
    for update in one["updates"]:
        by = f", {update['by']}" if update["by"] else ""
        console.print()
        console.print(Text(f"{_time(update['at'])}  {update['status']}{by}", style="dim"))
        console.print(Text(update["body"]))
    if one["postmortem"]:
        console.print()
        console.print(Text(f"Postmortem, {_time(one['postmortem']['at'])}", style="dim"))
        console.print(Text(one["postmortem"]["body"]))


def _style(one: Document) -> str:
    return "green" if one["resolved_at"] else _STYLES.get(one["impact"], "")


def _time(at: str | None) -> str:
    return "" if at is None else f"{at[:10]} {at[11:16]} UTC"
