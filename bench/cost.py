"""The monthly bill: what hours of real functions against the embedded AWS come to at AWS's list prices.

A month has 720 hours, TROUBLED of them with two outages each, the others quiet. How a millisecond is billed says
bench/invocation.py, how an hour is simulated bench/simulation.py, what a thing costs bench/prices.py.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from bench import prices
from bench.bill import Line, monthly_bill, total_dollars
from bench.cold_start import STARTS_A_DAY
from bench.services import REPOSITORY
from bench.usage import FunctionUse, Stored, Usage, total
from bench.visitors import VIEWS, View, call_lines, view_lines

SIZES = (10, 100, 1000)
TROUBLED = 20
"""Hours of a month with two outages each: 40 outages."""
CERTIFICATE_WRITES = 2 / 7
"""A day, of a monitor: SVG and JSON of the badge of a certificate that is renewed with 30 days left, as is usual.

It says the weeks that are left; the simulation's own certificate is the same for all monitors.
"""
TARGET_MONITORS, TARGET_DOLLARS = 100, 1.00


def bench_cost(console: Console, sizes: Sequence[int] = SIZES) -> dict[str, Any]:
    """Simulate deployments of these sizes, print their bills and return them for bench/latest.json."""
    reports = [_report(size, console) for size in sizes]
    bills = {report["monitors"]: month_of(report) for report in reports}
    _print_bills(bills, console)
    _print_functions(reports, console)
    for report in reports[-1:]:
        _print_readers(report, console)
    _print_rest(reports, console)
    return {
        "unit": "dollars a month at AWS list prices, us-east-1, no free tier, one region, every 60 s",
        "troubled_hours_a_month": TROUBLED,
        "sizes": {
            str(report["monitors"]): {
                "dollars": round(total_dollars(bills[report["monitors"]]), 4),
                "lines": [{**asdict(line), "dollars": round(line.dollars, 6)} for line in bills[report["monitors"]]],
                "measured": report,
            }
            for report in reports
        },
    }


def month_of(report: Mapping[str, Any]) -> tuple[Line, ...]:
    """Return the monthly bill of one measured size."""
    quiet, troubled = Usage.read(report["quiet_hour"]), Usage.read(report["troubled_hour"])
    starts = Usage(functions={name: FunctionUse(**use) for name, use in report["cold_starts"].items() if name != "api"})
    month = total(
        [
            quiet.times(prices.HOURS_A_MONTH - TROUBLED),
            troubled.times(TROUBLED),
            starts.times(STARTS_A_DAY * prices.HOURS_A_MONTH / 24),
            Usage.read(report["once_a_day"])
            .plus(Usage(s3_writes=report["monitors"] * CERTIFICATE_WRITES))
            .times(prices.HOURS_A_MONTH / 24),
        ]
    )
    return monthly_bill(month, Stored(**report["stored"]))


def _report(monitors: int, console: Console) -> dict[str, Any]:
    console.print(f"Simulating {monitors:,} monitors …")
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "report.json"
        subprocess.run([sys.executable, "-m", "bench.one_size", str(monitors), str(out)], cwd=REPOSITORY, check=True)
        report: dict[str, Any] = json.loads(out.read_text())
    return report


def _print_bills(bills: Mapping[int, Sequence[Line]], console: Console) -> None:
    table = Table(title="A month in dollars, every minute from one region")
    table.add_column("")
    for size in bills:
        table.add_column(f"{size:,} monitors", justify="right")
    names = list(dict.fromkeys(line.name for lines in bills.values() for line in lines))
    for name in names:
        table.add_row(name, *(_cell(name, lines) for lines in bills.values()))
    table.add_section()
    table.add_row("together", *(f"{total_dollars(lines):.2f}" for lines in bills.values()), style="bold")
    console.print(table)


def _cell(name: str, lines: Sequence[Line]) -> str:
    return next((f"{line.dollars:.4f}" for line in lines if line.name == name), "")


def _print_functions(reports: Sequence[Mapping[str, Any]], console: Console) -> None:
    table = Table(title="One invocation in a quiet hour")
    for column in ("function", "monitors", "an hour", "CPU ms", "waiting ms", "billed ms", "start, billed ms"):
        table.add_column(column, justify="left" if column == "function" else "right")
    for report in reports:
        for name, use in sorted(report["quiet_hour"]["functions"].items()):
            n = use["invocations"]
            table.add_row(
                name,
                f"{report['monitors']:,}",
                f"{n:.0f}",
                *(f"{use[key] / n:.0f}" for key in ("cpu_ms", "waiting_ms", "billed_ms")),
                f"{report['cold_starts'][name]['billed_ms']:.0f}",
            )
    console.print(table)


def _print_readers(report: Mapping[str, Any], console: Console) -> None:
    for title, lines in (
        (
            f"{VIEWS:,} first views of the page ({report['monitors']:,} monitors)",
            view_lines(View(**report["page_view"])),
        ),
        (f"{VIEWS:,} API calls that no cache answers", call_lines(Usage.read(report["api_call"]))),
    ):
        table = Table(title=title)
        table.add_column("")
        table.add_column("dollars", justify="right")
        for line in lines:
            table.add_row(line.name, f"{line.dollars:.4f}")
        table.add_section()
        table.add_row("together", f"{total_dollars(lines):.4f}", style="bold")
        console.print(table)


def _print_rest(reports: Sequence[Mapping[str, Any]], console: Console) -> None:
    alarms = reports[0]["alarms"]
    console.print(f"Apart: {alarms} alarms at ${prices.ALARM_MONTH:.2f}: ${alarms * prices.ALARM_MONTH:.2f} a month.")
    for report in reports:
        if report["monitors"] == TARGET_MONITORS:
            dollars = total_dollars(month_of(report))
            verdict = "held" if dollars < TARGET_DOLLARS else "MISSED"
            console.print(f"{TARGET_MONITORS} monitors under ${TARGET_DOLLARS:.2f}: {verdict} (${dollars:.2f}).")
