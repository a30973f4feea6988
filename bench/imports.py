"""Cold start: what importing each handler takes in a new interpreter that has nothing but the asset and boto3."""

import json
import os
import subprocess
import tempfile
from pathlib import Path
from statistics import median
from typing import Any

from rich.console import Console
from rich.table import Table

from bench.services import REPOSITORY
from configuration import load
from infra.bundling import assemble, config_json

INTERPRETER = REPOSITORY / ".local" / "ministack" / "bin" / "python"
"""Of the environment that `make setup` makes for the embedded AWS: with boto3, as in Lambda, and nothing of ours."""
TIMES = 5
_LARGE = ("boto3", "botocore", "httpx", "h11", "h2", "jinja2", "jsonpath_ng", "aws_lambda_powertools", "ssl", "asyncio")

_PROGRAM = """
import json, sys, time
known = set(sys.modules)
wall, cpu = time.perf_counter(), time.process_time()
import functions.{name}.handler
took = [(time.perf_counter() - wall) * 1000, (time.process_time() - cpu) * 1000]
new = set(sys.modules) - known
json.dump([*took, len(new), sorted({{module.partition(".")[0] for module in new}})], sys.stderr)
"""


def bench_imports(console: Console) -> dict[str, Any]:
    """Import each handler a few times, print the median and return all for bench/latest.json."""
    names = sorted(path.parent.name for path in (REPOSITORY / "functions").glob("*/handler.py"))
    with tempfile.TemporaryDirectory(prefix="pulseboard-bench-") as scratch:
        configuration = load(REPOSITORY / "pulseboard.yaml")
        assemble(config_json(configuration.runtime), configuration.files, Path(scratch))
        found = {name: _import(name, Path(scratch)) for name in names}
    table = Table(title="Importing a handler, warm files, new interpreter: median")
    for column in ("handler", "ms", "CPU ms", "modules", "large ones among them"):
        table.add_column(column, justify="left" if column in ("handler", "large ones among them") else "right")
    for name, seen in found.items():
        large = " ".join(package for package in _LARGE if package in seen["packages"])
        table.add_row(name, f"{seen['ms']:.0f}", f"{seen['cpu_ms']:.0f}", str(seen["modules"]), large)
    console.print(table)
    return {"unit": "milliseconds", "handlers": found}


def _import(name: str, asset: Path) -> dict[str, Any]:
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(asset),
        "AWS_REGION": "us-east-1",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": "bench",
        "AWS_SECRET_ACCESS_KEY": "bench",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "256",
        "TABLE_NAME": "bench",
        "TABLE_REGION": "us-east-1",
        "BUCKET_NAME": "bench",
        "TOPIC_ARN": "arn:aws:sns:us-east-1:000000000000:bench",
        "PAGE_URL": "https://status.acme.example",
        "API_URL": "https://api.acme.example",
        "POWERTOOLS_SERVICE_NAME": name,
        "POWERTOOLS_METRICS_NAMESPACE": "Pulseboard",
        "POWERTOOLS_TRACE_DISABLED": "true",
    }
    runs = []
    for _ in range(TIMES + 1):  # the first one compiles, as the asset in Lambda need not
        done = subprocess.run(
            [INTERPRETER, "-c", _PROGRAM.format(name=name)],
            env=environment, cwd=asset, check=True, capture_output=True, text=True,
        )  # fmt: skip
        runs.append(json.loads(done.stderr.splitlines()[-1]))
    wall, cpu, modules, packages = zip(*runs[1:], strict=True)
    return {
        "ms": round(median(wall), 1), "cpu_ms": round(median(cpu), 1), "modules": modules[0], "packages": packages[0],
    }  # fmt: skip
