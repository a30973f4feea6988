"""How long drawing a whole site takes, and what a first visit of its index loads and moves, measured in chromium."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from time import process_time
from typing import Any

from rich.console import Console
from rich.table import Table

from bench.first_paint import load
from functions.render.artefact import Artefact
from functions.render.site import draw_site
from functions.render.templates import Templates
from tests.fakes.chromium import chromium
from tests.fakes.snapshots import crowd

SIZES = (10, 50, 100, 1000)
ROUNDS = 5


COLUMNS = {
    "monitors": "monitors",
    "objects": "objects",
    "cpu_s": "CPU s",
    "index_kb": "index KB",
    "files_kb": "with script and icon KB",
    "all_kb": "with status.json KB",
    "awaited": "requests to first paint",
    "shifted": "layout shift",
}
"""Columns of the table by key of a row."""


def bench_site(console: Console) -> dict[str, Any]:
    """Draw sites of these sizes, print a line for each and return all for bench/latest.json."""
    templates = Templates(language="en")
    table = Table(title="Drawing a whole site, and a first visit of its index (gzip)")
    for title in COLUMNS.values():
        table.add_column(title, justify="right")
    at = datetime.now(UTC).replace(second=0, microsecond=0)
    # Drawn before there is a browser, which would share the processor.
    drawn = [_draw(size, templates, at) for size in SIZES]
    rows = list(_visited(drawn))
    for row in rows:
        table.add_row(*(f"{row[key]:,}" for key in COLUMNS))
    console.print(table)
    return {"rows": rows}


def _draw(size: int, templates: Templates, at: datetime) -> tuple[dict[str, Any], Mapping[str, Artefact]]:
    """Return what drawing takes, the best of some rounds, since the machine has other work; and what was drawn."""
    snapshot = crowd(size, at=at)
    times = []
    for _ in range(ROUNDS if size <= 100 else 1):
        start = process_time()
        site = draw_site(snapshot, templates)
        times.append(process_time() - start)
    return {"monitors": size, "objects": len(site), "cpu_s": round(min(times), 3)}, site


def _visited(drawn: Sequence[tuple[dict[str, Any], Mapping[str, Artefact]]]) -> Iterator[dict[str, Any]]:
    with chromium() as browser:
        for row, site in drawn:
            seen = load(browser, site)
            yield {
                **row,
                "index_kb": round(seen.sizes["/"] / 1000, 1),
                "files_kb": round(seen.files / 1000, 1),
                "all_kb": round(seen.compressed / 1000, 1),
                "awaited": len(seen.awaited),
                "shifted": round(seen.shifted, 4),
            }
