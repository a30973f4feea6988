"""Progress: one line a step, with the time it took."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console


class Steps:
    """Shows a spinner while a step lasts, where somebody looks, and a line for each that is done."""

    def __init__(self, console: Console) -> None:
        self._console = console

    @contextmanager
    def __call__(self, text: str) -> Iterator[None]:
        """Show the step `text` for as long as the context lasts."""
        began = time.monotonic()
        with self._console.status(f"{text} …"):
            try:
                yield
            except BaseException:
                self._console.print(f"[red]✗[/red] {text}")
                raise
        self._console.print(f"[green]✓[/green] {text} [dim]{time.monotonic() - began:.1f} s[/dim]")
