"""What Lighthouse says of index, monitor and incident page, as a phone and as a desktop.

https://github.com/GoogleChrome/lighthouse

The site is served as CloudFront serves it, compressed and with its headers, to Debian's chromium. The scores for speed
are simulated from a trace for a slow phone, and vary with what else the machine does: the best of some rounds is kept.
The others do not vary.
"""

import json
import os
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from bench.services import REPOSITORY
from functions.domain.snapshot import Snapshot
from functions.render.site import draw_site
from functions.render.templates import Templates
from tests.fakes import snapshots
from tests.fakes.chromium import CHROMIUM, FLAGS
from tests.fakes.page_kinds import page_kinds
from tests.fakes.site_server import serve_site

CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
DEVICES: Mapping[str, tuple[str, ...]] = {"mobile": (), "desktop": ("--preset=desktop",)}
ROUNDS = 3
_CLI = REPOSITORY / "bench" / "tools" / "node_modules" / "lighthouse" / "cli" / "index.js"


def bench_lighthouse(console: Console) -> dict[str, Any]:
    """Run it on each page, print a line for each and return all for bench/latest.json; raises where it is not there."""
    rows = []
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        for name, snapshot, kind in _pages(datetime.now(UTC)):
            site = draw_site(snapshot, Templates(language="en"))
            address = stack.enter_context(serve_site(site)).address + page_kinds(site)[kind]
            rows += [{"page": name, "device": device, **_best(address, device, folder)} for device in DEVICES]
    table = Table(title="Lighthouse")
    for column in ("page", "device", *CATEGORIES):
        table.add_column(column, justify="left" if column in {"page", "device"} else "right")
    for row in rows:
        table.add_row(row["page"], row["device"], *(str(row["scores"][each]) for each in CATEGORIES))
        for complaint in row["below"]:
            console.print(f"  {row['page']}, {row['device']}: {complaint}")
    console.print(table)
    return {"rows": rows}


def _pages(now: datetime) -> Iterator[tuple[str, Snapshot, str]]:
    """Yield name, snapshot and kind: an index of 50 monitors, and the pages of a monitor that is down."""
    outage = replace(snapshots.outage(), generated_at=now, stale_after=now + timedelta(minutes=10))
    yield "index, 50 monitors", snapshots.crowd(50, at=now.replace(second=0, microsecond=0)), "index"
    yield "monitor", outage, "monitors/…"
    yield "incident", outage, "incidents/…"


def _best(address: str, device: str, folder: Path) -> dict[str, Any]:
    """Return the best scores of some rounds (0 to 100), and what kept the last round below."""
    scores = dict.fromkeys(CATEGORIES, 0)
    below: list[str] = []
    for _ in range(ROUNDS):
        report = _run(address, device, folder)
        seen = {each: round(100 * (report["categories"][each]["score"] or 0)) for each in CATEGORIES}
        scores = {each: max(scores[each], seen[each]) for each in CATEGORIES}
        below = list(_complaints(report))
        if min(scores.values()) == 100:
            return {"scores": scores, "below": []}
    return {"scores": scores, "below": below}


def _complaints(report: Mapping[str, Any]) -> Iterator[str]:
    """Yield the audits that count and are not perfect, with what they showed."""
    for category in CATEGORIES:
        for reference in report["categories"][category]["auditRefs"]:
            audit = report["audits"][reference["id"]]
            if reference["weight"] and audit["score"] is not None and audit["score"] < 1:
                yield f"{category}: {audit['title']} ({audit['score']:.2f}) {audit.get('displayValue', '')}".strip()


def _run(address: str, device: str, folder: Path) -> dict[str, Any]:
    out = folder / "report.json"
    subprocess.run(
        [
            "node",
            str(_CLI),
            address,
            "--quiet",
            "--output=json",
            f"--output-path={out}",
            f"--only-categories={','.join(CATEGORIES)}",
            f"--chrome-flags=--headless=new {' '.join(FLAGS)}",
            "--no-enable-error-reporting",
            *DEVICES[device],
        ],
        env={**os.environ, "CHROME_PATH": str(CHROMIUM), "HOME": str(folder)},
        check=True,
        timeout=180,
    )
    report: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
    return report
