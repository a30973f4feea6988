"""How long `pulseboard replay` takes for a year of one monitor at one check a minute: it is meant to be under a minute.

The command runs in a process of its own, file in, events out. CPU and wall-clock time are told apart, since
a machine that has other work shows in the second.
"""

import json
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

LINES = 525_600
_START = datetime(2025, 1, 1, tzinfo=UTC)
_PROGRAM = """\
import atexit, pathlib, sys
atexit.register(lambda: sys.stderr.write(pathlib.Path("/proc/self/status").read_text()))
from cli.main import app
app()
"""
"""The command, and at its end what Linux knows of the process: a child's `ru_maxrss` is no less than its parent's."""
_PEAK = re.compile(r"^VmHWM:\s+(\d+) kB$", re.MULTILINE)
_CONFIG = """\
page: {id: bench, title: Bench}
monitors:
  - id: api
    http: {url: 'https://api.example/health'}
    expect: {status: 200}
    degraded: {latency: {gt: 1s}}
"""


def bench_replay(console: Console) -> dict[str, Any]:
    """Replay the year with and without recorded verdicts, print the table and return the figures."""
    rows = {}
    with tempfile.TemporaryDirectory() as name:
        config = Path(name) / "pulseboard.yaml"
        config.write_text(_CONFIG)
        for form in ("with a verdict", "to be assessed"):
            recording = Path(name) / "year.jsonl"
            _write(recording, verdicts=form == "with a verdict")
            rows[form] = _replay(recording, config)
    table = Table(
        "lines", "CPU s", "wall s", "µs a line", "memory MB", "events", title="A year of one monitor, replayed"
    )
    for form, row in rows.items():
        table.add_row(
            form,
            f"{row['cpu_s']:.1f}",
            f"{row['wall_s']:.1f}",
            f"{row['cpu_s'] / LINES * 1e6:.0f}",
            f"{row['memory_mb']:.0f}",
            str(row["events"]),
        )
    console.print(table)
    return {"lines": LINES, "target_s": 60, "forms": rows}


def _write(path: Path, *, verdicts: bool) -> None:
    """Write a year with an outage every other day or so, a minute to an hour long."""
    chance = random.Random(1)  # noqa: S311 - a repeatable series, nothing secret
    failing = 0
    with path.open("w") as file:
        for n in range(LINES):
            if not failing and chance.random() < 1 / 3_000:
                failing = chance.randint(1, 60)
            line: dict[str, object] = {
                "monitor": "api",
                "region": "eu-west-1",
                "at": f"{_START + timedelta(minutes=n):%Y-%m-%dT%H:%M:%SZ}",
                "latency_ms": round(chance.lognormvariate(4.8, 0.3), 1),
                "status": 503 if failing else 200,
            }
            if verdicts:
                line["verdict"] = "down" if failing else "up"
            failing = max(0, failing - 1)
            file.write(f"{json.dumps(line)}\n")


def _replay(recording: Path, config: Path) -> dict[str, float]:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM, "replay", str(recording), "--config", str(config), "--json"],
        check=True,
        capture_output=True,
        text=True,
    )
    wall = time.perf_counter() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return {
        "cpu_s": round(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, 2),
        "wall_s": round(wall, 2),
        "memory_mb": _peak_mb(done.stderr),
        "events": len(json.loads(done.stdout)["events"]),
    }


def _peak_mb(status: str) -> float:
    """Return the most memory that the process had at once; `status` ends with its /proc/self/status."""
    found = _PEAK.findall(status)
    if not found:
        raise ValueError(f"no peak of memory in {status!r}")
    return round(int(found[-1]) * 1024 / 1e6, 1)
