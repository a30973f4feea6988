"""How a deployment is: what its page says, and what AWS says of its parts."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from urllib.request import urlopen

from cli.local.deployed import Deployed
from cli.local.web import fetch
from functions.adapters.run_clock import RunClock

_LOOK_BACK = timedelta(hours=3)
_OK = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class MonitorLine:
    """A monitor as its page has it; numbers as they are shown. `awaits_ping` of a heartbeat that never reported in."""

    id: str
    name: str
    status: str
    uptime: str
    response: str
    awaits_ping: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """`alarms` maps an alarm to OK, ALARM or INSUFFICIENT_DATA, `queues` a dead-letter queue to what waits in it."""

    stack: str
    page_url: str
    overall: str
    monitors: tuple[MonitorLine, ...]
    last_run: str | None
    alarms: Mapping[str, str]
    queues: Mapping[str, int]

    def document(self) -> dict[str, object]:
        """Return what `--json` prints."""
        return asdict(self)


def examine(deployed: Deployed) -> Health:
    """Ask the page, the table, CloudWatch and SQS."""
    page_url = deployed.outputs["PageUrl"]
    document = _status_document(f"{page_url}/status.json")
    now = datetime.now(UTC)
    clock = RunClock(deployed.clients.dynamodb(), deployed.outputs["TableName"])
    last_run = clock.last_run(since=now - _LOOK_BACK, at=now)
    return Health(
        stack=deployed.name,
        page_url=page_url,
        overall=str(document["overallStatus"]) if document else "no page",
        monitors=tuple(_monitor(endpoint) for endpoint in document["endpoints"]) if document else (),
        last_run=last_run.isoformat(timespec="seconds") if last_run else None,
        alarms=_alarms(deployed),
        queues={name: _depth(deployed, url) for name, url in deployed.queues.items()},
    )


def _status_document(url: str) -> dict[str, list[dict[str, object]]] | None:
    """Return the page's status JSON; None where it does not answer."""
    try:
        document: dict[str, list[dict[str, object]]] = json.loads(_get(url))
    except (OSError, ValueError):
        return None
    return document


def _get(url: str) -> bytes:
    """Return what stands at `url`, be it on this machine or in the world. Raises OSError."""
    if ".localhost" in url:
        answer = fetch(url)
        if answer.status != _OK:
            raise OSError(f"{url} answers {answer.status}")
        return answer.body
    with urlopen(url, timeout=10) as response:  # noqa: S310 (the stack's own HTTPS address)
        body: bytes = response.read()
        return body


def _monitor(endpoint: Mapping[str, object]) -> MonitorLine:
    uptime, response = endpoint["uptime24h"], endpoint["avgResponseTime"]
    return MonitorLine(
        id=str(endpoint["id"]),
        name=str(endpoint["name"]),
        status=str(endpoint["status"]),
        awaits_ping=bool(endpoint.get("awaitsPing")),
        uptime="-" if uptime is None else f"{uptime} %",
        response="-" if response is None else f"{response} ms",
    )


def _alarms(deployed: Deployed) -> dict[str, str]:
    pages = deployed.clients.cloudwatch().get_paginator("describe_alarms").paginate(AlarmNamePrefix=f"{deployed.name}-")
    return {alarm["AlarmName"]: alarm["StateValue"] for page in pages for alarm in page["MetricAlarms"]}


def _depth(deployed: Deployed, url: str) -> int:
    answer = deployed.clients.sqs().get_queue_attributes(QueueUrl=url, AttributeNames=["ApproximateNumberOfMessages"])
    return int(answer["Attributes"]["ApproximateNumberOfMessages"])
