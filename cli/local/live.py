"""From deployed to live: the first run is made, judged and shown at once instead of within the next minutes."""

import json
import time
from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from cli.local.clients import Clients
from cli.local.stack_file import StackFile
from cli.local.web import fetch
from configuration import Configuration
from functions.config import decode_config
from functions.domain.checks.aws import AwsCheck
from functions.domain.checks.heartbeat import Heartbeat
from functions.domain.monitor import Monitor

if TYPE_CHECKING:
    from mypy_boto3_lambda import LambdaClient

_PATIENCE = 180.0
_PAUSE = 0.5
_OK = 200


class NotLiveError(Exception):
    """All is deployed, and the page does not come; the message says what happened instead."""


def go_live(stack: StackFile, configuration: Configuration) -> None:
    """Start the probe for each shard, then render until the page shows what it saw. Raises NotLiveError."""
    began = datetime.now(UTC).replace(microsecond=0)
    functions = Clients.of(stack).functions()
    for shard in configuration.deployment.shards:
        invoke(functions, stack.functions["probe"], {"shard": shard.id, "at": f"{began:%Y-%m-%dT%H:%M:%SZ}"})
    patient = {id_ for id_, monitor in decode_config(configuration.runtime).monitors.items() if _may_wait(monitor)}
    deadline = time.monotonic() + _PATIENCE
    while not shows_results(stack, since=began, apart_from=patient):
        if time.monotonic() > deadline:
            raise NotLiveError("The page does not show the first run; `pulseboard logs` may say why.")
        invoke(functions, stack.functions["render"], {"reason": "deployment"})
        time.sleep(_PAUSE)


def _may_wait(monitor: Monitor) -> bool:
    """Tell whether nothing may be known yet: what waits for a ping, or for an alarm that this AWS does not have."""
    return isinstance(monitor.check, Heartbeat | AwsCheck)


def invoke(functions: "LambdaClient", name: str, payload: Mapping[str, object]) -> object:
    """Start a function and return what it returns. Raises NotLiveError where it fails."""
    answer = functions.invoke(FunctionName=name, Payload=json.dumps(payload))
    body = answer["Payload"].read()
    if answer.get("FunctionError"):
        raise NotLiveError(f"{name} failed: {body.decode(errors='replace')}")
    return json.loads(body or "null")


def shows_results(stack: StackFile, *, since: datetime, apart_from: Collection[str] = ()) -> bool:
    """Return whether the page was rendered at `since` or later, and knows of every monitor how it is.

    `apart_from`: monitors of which nothing may be known yet.
    """
    page, status = fetch(f"{stack.page_url}/"), fetch(f"{stack.page_url}/status.json")
    if page.status != _OK or status.status != _OK:
        return False
    document = json.loads(status.body)
    return datetime.fromisoformat(document["generatedAt"]) >= since and all(
        endpoint["status"] != "unknown" for endpoint in document["endpoints"] if endpoint["id"] not in apart_from
    )
