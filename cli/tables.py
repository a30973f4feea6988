"""How wide a table may be: a terminal folds it, what reads a pipe gets whole lines."""

from rich.console import Console
from rich.table import Table

_WHOLE_LINES = 10_000
"""Columns that no line of ours needs: a pipe has no width, and Rich would take it for one of 80 columns."""


def print_table(table: Table, *, console: Console) -> None:
    """Print `table` as wide as the terminal is, or, where there is none, with each row on one line."""
    if not console.is_terminal:
        console.width = _WHOLE_LINES
    console.print(table)
