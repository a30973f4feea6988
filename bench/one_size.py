"""Simulate a deployment of one size and write what it used as JSON.

    python -m bench.one_size MONITORS OUT

A process of its own for each size: handlers read their configuration once, when they are imported.
"""

import json
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from cryptography.hazmat.primitives.serialization import Encoding

from bench.cold_start import cold_starts
from bench.deployment import Clock, Deployment, deploy, handler_environment
from bench.events import api_event
from bench.flow import Flow
from bench.invocation import invoke
from bench.page_view import look_at
from bench.services import target
from bench.simulation import START, Simulation
from bench.template import read_facts
from bench.usage import Usage, total
from bench.watched import write_configuration
from configuration import load
from functions.config import load_config
from tests.fakes.embedded_aws import embedded_aws
from tests.targets.certificates import authority

CALLS = 20


def measure(monitors: int, folder: Path) -> dict[str, object]:
    """Return the report on a deployment of so many monitors, ready for JSON."""
    ca = folder / "ca.pem"
    ca.write_bytes(authority().certificate.public_bytes(Encoding.PEM))
    with embedded_aws(folder) as address, target(folder) as watched:
        write_configuration(folder / "pulseboard.yaml", monitors=monitors, port=watched.port)
        configuration = load(folder / "pulseboard.yaml")
        facts = read_facts(configuration, folder / "cdk.out")
        deployment = deploy(address, configuration.runtime, facts, folder=folder, authority=ca)
        flow = Flow(deployment=deployment, facts=facts)
        simulation = Simulation(flow=flow, target=watched, config=load_config(folder / "config.json"), say=_say)
        hours = simulation.hours()
        return {
            "monitors": monitors,
            "shards": len(simulation.config.shards),
            "alarms": facts.alarms,
            "quiet_hour": asdict(hours.quiet),
            "troubled_hour": asdict(hours.troubled),
            "objects_put_in_a_quiet_hour": hours.objects,
            "once_a_day": asdict(hours.once_a_day),
            "badges_put_once_a_day": hours.objects_once_a_day,
            "stored": asdict(hours.stored),
            "cold_starts": {
                name: asdict(use) for name, use in cold_starts(facts.functions, handler_environment()).items()
            },
            "page_view": asdict(look_at(deployment)),
            "api_call": asdict(_api_call(deployment)),
        }


def _api_call(deployment: Deployment) -> Usage:
    """Return what one call of the API uses on average."""
    Clock.moment = START
    api = deployment.functions["api"]
    event = api_event("/status/acme")
    calls = [invoke(api, event, meter=deployment.meter, output=deployment.output).usage for _ in range(CALLS)]
    return total(calls).times(1 / CALLS)


def _say(what: str) -> None:
    print(f"  {what} …", file=sys.stderr, flush=True)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="pulseboard-bench-") as scratch:
        report = measure(int(sys.argv[1]), Path(scratch))
    Path(sys.argv[2]).write_text(json.dumps(report))
