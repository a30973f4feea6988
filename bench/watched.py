"""A pulseboard.yaml for so many monitors of the target."""

import json
from pathlib import Path

A_GROUP = 10


def write_configuration(path: Path, *, monitors: int, port: int) -> None:
    """Write it; JSON is YAML."""
    document = {
        "page": {"id": "acme", "title": "Acme API Status"},
        "allow_private_targets": True,
        "alerts": {"emails": ["oncall@acme.example"]},
        "monitors": [_monitor(n, port) for n in range(monitors)],
    }
    path.write_text(json.dumps(document, indent=1))


def service_of(monitor: str) -> int:
    """Return the number of the service that the monitor with this id watches."""
    return int(monitor.rpartition("-")[2])


def monitor_of(service: int) -> str:
    """Return the id of the monitor that watches the service with this number."""
    return f"service-{service:04}"


def _monitor(n: int, port: int) -> dict[str, object]:
    return {
        "id": monitor_of(n),
        "name": f"Service {n}",
        "group": f"Group {n // A_GROUP + 1}",
        "http": {"url": f"https://127.0.0.1:{port}/m/{n}"},
        "expect": {"status": 200, "json": {"$.status": "healthy", "$.checks.database": "ok"}},
        "degraded": {"latency": {"gt": "2s"}},
    }
