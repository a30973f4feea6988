"""The pulseboard.yaml of the end-to-end tests: one interval, and with it one shard, for each story."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.e2e.brand import write_brand

TOKEN, KEY = "token-of-the-test", "key-of-the-test"
"""The values of the two secrets that a monitor sends, one from each store."""

HOSTILE = "<script>alert(1)</script>"
"""A monitor's name that no artefact may let through as markup."""

DEMO, PINGED, SLOWED, BURNING, TOUCHED, REPLAYED, ANNOUNCED, KILLED, HOSTILE_SHARD, BAD = (
    f"{minutes * 60}s-0" for minutes in (1, *(60 * h for h in range(16, 25)))
)
"""The shards by story: that of the demo is run by the real schedule, which leaves the others to the tests for a day."""

AWS = f"{15 * 3600}s-0"
"""The shard of what AWS is asked about: an alarm, a queue, a dead-letter queue and one that nobody has made."""
ALARM, JOBS, FAILED, ABSENT = "e2e alarm", "e2e-jobs", "e2e-failed", "e2e-absent"
_ASKED_OF_AWS = ("alarm", "jobs", "failed", "absent")
AWS_REGION = "us-east-1"


def write_configuration(file: Path, target: str, bad: Mapping[str, int]) -> Path:
    """Write the file and return its path. `target` is the address of `Target`, `bad` the ports of the bad targets."""
    monitors: list[dict[str, object]] = [
        _monitor(
            "shop",
            "1m",
            "${DEMO_URL:-http://127.0.0.1:8000}/health",
            expect={"json": {"$.status": "healthy"}},
            degraded={"status": 503},
            expand=True,
        ),
        {"id": "pinged", "name": "Pinged", "interval": "16h", "heartbeat": {"period": "20h", "grace": "1h"}},
        _monitor("slowed", "17h", f"{target}/slowed", degraded={"spike": True}),
        _monitor("burning", "18h", f"{target}/burning", slo={"target": 99.9, "window": "30d"}),
        _monitor("touched", "19h", f"{target}/touched"),
        _monitor("replayed", "20h", f"{target}/replayed"),
        _monitor("announced", "21h", f"{target}/announced"),
        _monitor("killed", "22h", f"{target}/killed"),
        _monitor("hostile", "23h", f"{target}/hostile", name=HOSTILE),
        # Of this one only people tell.
        _monitor("orders", "23h", f"{target}/orders"),
        *_asked_of_aws(),
        _monitor("well", "24h", f"{target}/well"),
        _monitor(
            "secret",
            "24h",
            f"{target}/secret",
            headers={"authorization": "Bearer secret:acme/token", "x-key": "secret:/acme/key"},
        ),
        {
            "id": "steps",
            "interval": "24h",
            "steps": [
                {"name": "Log in", "url": f"{target}/log-in", "extract": {"how": "$.status"}},
                {
                    "name": "List orders",
                    "url": f"{target}/orders/{{{{ how }}}}",
                    "headers": {"x-how": "so {{ how }}"},
                    "auth": {"bearer": "secret:acme/token"},
                },
            ],
        },
        *(
            _monitor(
                name,
                "24h",
                f"{'https' if name == 'not-tls' else 'http'}://127.0.0.1:{port}/",
                expect={"status": 200, "json": {"$.status": {"exists": True}}},
            )
            for name, port in bad.items()
        ),
    ]
    document = {
        "pages": [
            {"id": "e2e", "title": "End to end"},
            {
                "id": "shop-de",
                "title": "Laden",
                "language": "de",
                "time_zone": "Europe/Berlin",
                "monitors": ["shop"],
                "brand": write_brand(file.parent),
            },
            {"id": "internal", "title": "Internal", "private": True, "monitors": ["shop"]},
        ],
        "allow_private_targets": True,
        "alerts": {"emails": ["ops@acme.example"]},
        "defaults": {"timeout": "3s", "attempts": 1, "confirmation": {"failures": 1, "recoveries": 1}},
        "maintenance": [_quiet([*bad, *_ASKED_OF_AWS])],
        "monitors": monitors,
    }
    file.write_text(json.dumps(document, indent=1))  # JSON is YAML
    return file


def _monitor(
    monitor_id: str,
    interval: str,
    url: str,
    *,
    name: str | None = None,
    headers: Mapping[str, str] | None = None,
    **conditions: object,
) -> dict[str, object]:
    return {
        "id": monitor_id,
        "name": name or monitor_id.title(),
        "interval": interval,
        "http": {"url": url, **({"headers": headers} if headers else {})},
        **conditions,
    }


def _quiet(monitors: list[str]) -> dict[str, object]:
    """Return a maintenance of what is down from the first run on: their stories look at results alone.

    Without it each would open an incident at once, and a dozen cold starts of the renderer would hold up all others.
    """
    now = datetime.now(UTC)
    return {
        "title": "Nobody minds these",
        "from": (now - timedelta(hours=1)).isoformat(timespec="minutes"),
        "until": (now + timedelta(days=7)).isoformat(timespec="minutes"),
        "monitors": monitors,
    }


def _asked_of_aws() -> list[dict[str, object]]:
    account = "0" * 12
    arn = f"arn:aws:sqs:{AWS_REGION}:{account}"
    limits = {"depth": {"le": 2}, "oldest": {"le": "5m"}}
    return [
        {"id": "alarm", "interval": "15h", "aws": {"alarm": ALARM, "region": AWS_REGION}},
        {"id": "jobs", "interval": "15h", "aws": {"queue": f"{arn}:{JOBS}"}, "expect": limits},
        {"id": "failed", "interval": "15h", "aws": {"dead_letter_queue": FAILED, "region": AWS_REGION}},
        {"id": "absent", "interval": "15h", "aws": {"dead_letter_queue": f"{arn}:{ABSENT}"}},
    ]
