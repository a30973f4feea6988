"""Run the benchmarks, print their tables and write bench/latest.json.

python -m bench [NAME ...]        all of them by default
python -m bench docs              writes the tables of docs/ anew from bench/latest.json
"""

import json
import os
import platform
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.console import Console

from bench.cost import bench_cost
from bench.imports import bench_imports
from bench.lighthouse import bench_lighthouse
from bench.probe.measure import bench_probe
from bench.published import publish
from bench.replay import bench_replay
from bench.site import bench_site

LATEST = Path(__file__).with_name("latest.json")

BENCHES: dict[str, Callable[[Console], dict[str, Any]]] = {
    "probe": bench_probe,
    "imports": bench_imports,
    "cost": bench_cost,
    "site": bench_site,
    "lighthouse": bench_lighthouse,
    "replay": bench_replay,
}


def main(names: list[str]) -> int:
    """Run the named benchmarks; what was not run keeps its place in the file."""
    if names == ["docs"]:
        for page in publish(json.loads(LATEST.read_text())):
            print(f"Written: {page}")
        return 0
    unknown = sorted(set(names) - set(BENCHES))
    if unknown:
        print(f"there is no benchmark {', '.join(unknown)}; there are: {', '.join(BENCHES)}", file=sys.stderr)
        return 2
    console = Console(width=None if sys.stdout.isatty() else 120)
    latest: dict[str, Any] = json.loads(LATEST.read_text()) if LATEST.exists() else {}
    for name in names or BENCHES:
        latest[name] = {
            "at": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
            "machine": _machine(),
            **BENCHES[name](console),
        }
        LATEST.write_text(json.dumps(latest, indent=1) + "\n")
    console.print(f"Written to {LATEST.relative_to(Path.cwd()) if LATEST.is_relative_to(Path.cwd()) else LATEST}")
    return 0


def _machine() -> str:
    return f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}, {platform.system()}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
