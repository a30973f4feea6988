"""How `pulseboard replay` shows events: as a table for people, as a document for machines."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from cli.tables import print_table
from configuration.units import spell
from functions.domain.event import Event, Severity
from functions.domain.wording import visible

_STYLES = {Severity.CRITICAL: "bold red", Severity.WARNING: "yellow", Severity.INFO: "green"}


def event_document(events: Sequence[Event]) -> dict[str, object]:
    """Return what `--json` prints; `at` is when it would have been told, `reason` what the deciding check saw."""
    return {
        "events": [
            {
                "event": event.kind.value,
                "monitor": event.monitor,
                "at": f"{event.at:%Y-%m-%dT%H:%M:%SZ}",
                "verdict": event.verdict.value,
                "reason": event.failure.reason if event.failure else None,
            }
            for event in events
        ]
    }


def event_table(events: Sequence[Event], *, console: Console) -> None:
    """Print a line for each event; one that is resolved says how long it lasted."""
    table = Table(box=None, pad_edge=False, header_style="dim")
    for head in ("at (UTC)", "event", "monitor", "verdict", "reason"):
        table.add_column(head, overflow="fold")
    for event in events:
        style = _STYLES[event.severity]
        table.add_row(
            f"{event.at:%Y-%m-%d %H:%M}",
            Text(event.kind.value, style=style),
            event.monitor,
            Text(event.verdict.value, style=style),
            Text(visible(_why(event))),
        )
    print_table(table, console=console)


def _why(event: Event) -> str:
    if event.failure is not None:
        return event.failure.reason
    if event.resolved_at is None:
        return ""
    return f"lasted {spell((event.resolved_at - event.started_at).total_seconds())}"
