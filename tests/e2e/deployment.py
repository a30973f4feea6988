"""What tests do with the deployment."""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar
from urllib.request import Request, urlopen

from cli.local.clients import Clients
from cli.local.deployed import Deployed, find
from cli.local.log_lines import LogReader
from cli.local.places import Places
from cli.local.stack_file import StackFile
from cli.local.web import Response, fetch

T = TypeVar("T")
_PAUSE = 0.2


class NotYetError(AssertionError):
    """Something did not happen in time."""


def wait_until(look: Callable[[], T], *, within: float, what: str) -> T:
    """Return what `look` returns as soon as that is true; fail after `within` seconds."""
    deadline = time.monotonic() + within
    while True:
        seen = look()
        if seen:
            return seen
        if time.monotonic() > deadline:
            raise NotYetError(f"not within {within:.0f} s: {what}; last seen: {seen!r}")
        time.sleep(_PAUSE)


@dataclass(slots=True, kw_only=True)
class Deployment:
    """The local stack, and short ways to what it consists of."""

    stack: StackFile
    places: Places
    _minute: datetime = field(default_factory=lambda: datetime.now(UTC).replace(second=0, microsecond=0))

    @property
    def clients(self) -> Clients:
        """Return clients with the root account's rights."""
        return Clients.of(self.stack)

    @property
    def deployed(self) -> Deployed:
        """Return what CloudFormation says."""
        return find(self.places, stack=None, region=None)

    def next_minute(self) -> datetime:
        """Return a minute that no run was made for: each shard judges a minute once, and tests cannot wait for it."""
        self._minute += timedelta(minutes=1)
        return self._minute

    def invoke(self, function: str, payload: object) -> Any:  # noqa: ANN401 (JSON)
        """Start a function and return its answer; fail where it fails."""
        answer = self.clients.functions().invoke(
            FunctionName=self.stack.functions[function], Payload=json.dumps(payload)
        )
        body = json.loads(answer["Payload"].read() or b"null")
        assert not answer.get("FunctionError"), body
        return body

    def run(self, shard: str, at: datetime | None = None) -> datetime:
        """Have a run of `shard` made, as a schedule would; return its minute."""
        minute = at or self.next_minute()
        self.invoke("probe", {"shard": shard, "at": f"{minute:%Y-%m-%dT%H:%M:%SZ}"})
        return minute

    def role(self, function: str) -> str:
        """Return the name of a function's role."""
        settings = self.clients.functions().get_function_configuration(FunctionName=self.stack.functions[function])
        return settings["Role"].rpartition("/")[2]

    def last_batch(self, function: str) -> str:
        """Return what became of the last batch of the stream that a function was given: `OK - …` or `FAILED`."""
        [mapping] = self.clients.functions().list_event_source_mappings(FunctionName=self.stack.functions[function])[
            "EventSourceMappings"
        ]
        return mapping["LastProcessingResult"]

    def logs(self) -> list[str]:
        """Return everything that the functions have logged since the deployment."""
        deployed = self.deployed
        return LogReader(deployed=deployed, functions=deployed.functions, since_ms=0).new_lines()

    def page(self, path: str = "/") -> Response:
        """Fetch from the page's address."""
        return fetch(f"{self.stack.page_url}{path}")

    def api(self, path: str) -> Response:
        """Fetch from the HTTP API's own address."""
        return fetch(f"{self.stack.api_url}{path}")

    def status(self) -> dict[str, Any]:
        """Return status.json as it is now."""
        return dict(json.loads(self.page("/status.json").body))

    def monitor(self, monitor_id: str) -> dict[str, Any]:
        """Return a monitor as status.json has it now."""
        [found] = [endpoint for endpoint in self.status()["endpoints"] if endpoint["id"] == monitor_id]
        return dict(found)

    def incidents(self, monitor_id: str) -> list[dict[str, Any]]:
        """Return a monitor's incidents as status.json has them now, newest first."""
        return [incident for incident in self.status()["incidents"] if monitor_id in incident["endpoints"]]

    def items(self, prefix: str) -> list[dict[str, Any]]:
        """Return the table's items whose pk begins with `prefix`."""
        pages = (
            self.clients.dynamodb()
            .get_paginator("scan")
            .paginate(
                TableName=self.stack.table,
                FilterExpression="begins_with(pk, :prefix)",
                ExpressionAttributeValues={":prefix": {"S": prefix}},
            )
        )
        return [dict(item) for page in pages for item in page["Items"]]

    def demo(self, switch: str) -> None:
        """Turn a switch of the demo: `break/database`, `heal`."""
        with urlopen(Request(f"{self.stack.demo_url}/{switch}", method="POST"), timeout=10):  # noqa: S310 (loopback)
            pass
