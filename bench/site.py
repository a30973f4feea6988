"""How long drawing a whole site takes, and how large its index is on the wire."""

import gzip
from time import process_time
from typing import Any

from rich.console import Console
from rich.table import Table

from functions.render.site import draw_site
from functions.render.templates import Templates
from tests.fakes.snapshots import crowd

SIZES = (10, 50, 100, 1000)
ROUNDS = 5


def bench_site(console: Console) -> dict[str, Any]:
    """Draw sites of these sizes, print a line for each and return all for bench/latest.json."""
    templates = Templates(language="en")
    rows = [_draw(size, templates) for size in SIZES]
    table = Table(title="Drawing a whole site: CPU, and the index page as it travels (gzip)")
    for column in ("monitors", "objects", "CPU s", "index KB", "with style and script KB"):
        table.add_column(column, justify="right")
    for row in rows:
        table.add_row(
            f"{row['monitors']:,}",
            f"{row['objects']:,}",
            f"{row['cpu_s']:.2f}",
            f"{row['index_kb']:.1f}",
            f"{row['with_looks_kb']:.1f}",
        )
    console.print(table)
    return {"rows": rows}


def _draw(size: int, templates: Templates) -> dict[str, Any]:
    """Return what drawing takes, the best of some rounds, since the machine has other work."""
    snapshot = crowd(size)
    times = []
    for _ in range(ROUNDS if size <= 100 else 1):
        start = process_time()
        site = draw_site(snapshot, templates)
        times.append(process_time() - start)
    index = len(gzip.compress(site["index.html"].body)) / 1000
    looks = sum(len(gzip.compress(site[key].body)) for key in site if key.endswith((".css", ".js"))) / 1000
    return {
        "monitors": size,
        "objects": len(site),
        "cpu_s": round(min(times), 3),
        "index_kb": round(index, 1),
        "with_looks_kb": round(index + looks, 1),
    }
