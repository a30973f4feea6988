"""This probe as a contestant: `probe_shard` as the handler calls it, with everything real but the table.

python -m bench.probe.ours        answers each line {"memory": MB, "urls": {name: url}} with an `Outcome`
"""

import asyncio
import gc
import json
import sys
import time
from collections.abc import Collection, Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from functools import lru_cache

from bench.probe.check import EXPECTED, PHASES, Outcome
from functions.adapters.guard import interrupting_guard
from functions.adapters.network import Network
from functions.config import decode_config
from functions.domain.address import AddressPolicy
from functions.domain.monitor import Monitor
from functions.domain.run import Run
from functions.domain.run_codec import encode_run
from functions.domain.secret import Secret
from functions.domain.verdict import Verdict
from functions.probe.check import Tools
from functions.probe.executors import Executors
from functions.probe.pace import Pace, pace_of
from functions.probe.run import probe_shard
from functions.secrets import Unreadable


class Encoding:
    """The store: encoding the run is the probe's work, sending it is the same for however many checks."""

    def put_run(self, run: Run) -> None:
        """Do what a real store does with the CPU of the probe."""
        encode_run(run)


class NoSecrets:
    """Monitors here have none."""

    def read(self, secrets: Collection[Secret]) -> Mapping[Secret, str | Unreadable]:
        """Return nothing."""
        assert not secrets  # noqa: S101 -- see the class
        return {}


@lru_cache(maxsize=64)
def monitors(urls: tuple[tuple[str, str], ...]) -> tuple[Monitor, ...]:
    """Return them as a function gets them, out of config.json, once: a warm function has them still."""
    documents = [
        {
            "id": name, "name": name, "group": None, "description": None, "interval": 60, "timeout": 30.0,
            "attempts": 1, "attempt_gap": 0.0, "confirmation": {"failures": 1, "recoveries": 2},
            "check": {"kind": "http", "url": url}, "expect": EXPECTED, "degraded": None,
        }
        for name, url in urls
    ]  # fmt: skip
    shard = {"id": "s", "interval": 60, "regions": [], "monitors": [name for name, _ in urls]}
    config = decode_config(
        {"version": 1, "allow_private_targets": True, "pages": [], "monitors": documents, "shards": [shard]}
    )
    return config.monitors_of("s")


def measure(watched: tuple[Monitor, ...], tools: Tools, pace: Pace) -> Outcome:
    """Make one run and return what it took."""
    wall, cpu = time.perf_counter(), time.process_time()
    run = asyncio.run(
        probe_shard(
            watched,
            shard="s",
            at=datetime(2026, 11, 22, 15, 4, tzinfo=UTC),
            region="local",
            deadline=60.0,
            tools=tools,
            secrets=NoSecrets(),
            store=Encoding(),
            pace=pace,
            troubles=lambda name, error: print(name, error, file=sys.stderr),
        )
    )
    cpu_ms, wall_ms = (time.process_time() - cpu) * 1000, (time.perf_counter() - wall) * 1000
    reported = {
        name: {phase: value for phase in PHASES if (value := getattr(result.last.phases, phase)) is not None}
        for name, result in run.results.items()
        if result.verdict is Verdict.UP
    }
    busy = sum(result.busy for result in run.results.values())
    return Outcome(cpu_ms=cpu_ms, wall_ms=wall_ms, reported=reported, busy=busy)


def serve() -> None:
    """Answer until stdin ends."""
    executors = Executors(Network(policy=AddressPolicy(allow_private=True)))
    executors.prepare(["http"])
    gc.freeze()  # as the handler does
    print(json.dumps("ready"), flush=True)
    for line in sys.stdin:
        asked = json.loads(line)
        outcome = measure(
            monitors(tuple(asked["urls"].items())),
            Tools(executors=executors, guard=interrupting_guard()),
            pace_of({"AWS_LAMBDA_FUNCTION_MEMORY_SIZE": str(asked["memory"])}),
        )
        print(json.dumps(asdict(outcome)), flush=True)


if __name__ == "__main__":
    serve()
