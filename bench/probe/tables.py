"""The contest's tables."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from bench.probe.contest import NAMES, PACED

if TYPE_CHECKING:
    from bench.probe.measure import Cell

GOAL = 0.95
DEPLOYED = 145
"""Thousandths of a CPU that the probe's 256 MB get (infra/probe.py)."""
MOST = 100
"""Checks of the largest shard."""


def print_cpu(cpu: Mapping[str, Mapping[str, float]], console: Console) -> None:
    """Print the CPU of a check by scheme and contestant, in milliseconds."""
    table = Table(title="CPU of a check in ms: nginx, fresh connections, status and one JSON path")
    for column in ("", *NAMES, PACED):
        table.add_column(column, justify="right" if column else "left")
    for scheme, by_name in cpu.items():
        table.add_row(scheme, *(f"{by_name[name]:.2f}" for name in (*NAMES, PACED)))
    console.print(table)


def print_truth(cells: Sequence["Cell"], console: Console) -> None:
    """Print the first byte as it was reported and how many of each phase are true, by situation."""
    table = Table(title="First byte in ms, and the part of checks of which every phase is true, worst phase")
    for column in ("CPU", "scheme", "at once", "truth"):
        table.add_column(column, justify="right")
    for name in NAMES:
        table.add_column(f"{name}: reported", justify="right")
        table.add_column("true", justify="right")
    table.add_column("busy", justify="right")
    by_place: dict[tuple[int, str, int], dict[str, Cell]] = {}
    for cell in cells:
        by_place.setdefault((cell.share, cell.scheme, cell.at_once), {})[cell.contestant] = cell
    for (share, scheme, at_once), here in by_place.items():
        ours = here[NAMES[0]]
        row = [f"{share}/1000", scheme, str(at_once), f"{ours.truth_ms:.0f}"]
        for name in NAMES:
            row += [f"{here[name].reported_ms:.0f}", f"{min(here[name].true.values()):.0%}"]
        table.add_row(*row, str(ours.busy), end_section=at_once == max(place[2] for place in by_place))
    console.print(table)
    deployed = [c for c in cells if (c.contestant, c.share, c.at_once) == (NAMES[0], DEPLOYED, MOST)]
    worst = min(deployed, key=lambda cell: min(cell.true.values()))
    least = min(worst.true.values())
    console.print(
        f"{GOAL:.0%} of this probe's times true, in each phase, at the memory that is deployed: "
        f"{'held' if least >= GOAL else 'MISSED'} ({least:.0%} at {worst.at_once} checks of {worst.scheme})."
    )
