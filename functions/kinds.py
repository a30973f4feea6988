"""The kinds of check, one line each.

A kind is named as pulseboard.yaml names it. Its modules are imported when a monitor has it, so that what the others
need costs nothing where they are not used.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Final

from functions.domain.checks.check import Check


@dataclass(frozen=True, slots=True)
class Kind:
    """Where a kind's code is, as `module:name`.

    `check` is the class of its checks; `executor` takes a `Network` and returns what executes them
    (`functions.execution.Execute`). None: nothing goes out, since what is watched reports in by itself.
    """

    check: str
    executor: str | None


KINDS: Final[Mapping[str, Kind]] = {
    "http": Kind("functions.domain.checks.http:HttpRequest", "functions.probe.kinds.http:http_executor"),
    "tcp": Kind("functions.domain.checks.tcp:TcpCheck", "functions.probe.kinds.tcp:tcp_executor"),
    "tls": Kind("functions.domain.checks.tls:TlsCheck", "functions.probe.kinds.tls:tls_executor"),
    "heartbeat": Kind("functions.domain.checks.heartbeat:Heartbeat", None),
    "dns": Kind("functions.domain.checks.dns:DnsCheck", "functions.probe.kinds.dns:dns_executor"),
    "websocket": Kind(
        "functions.domain.checks.websocket:WebsocketCheck", "functions.probe.kinds.websocket:websocket_executor"
    ),
    "upstream": Kind("functions.domain.checks.upstream:Upstream", "functions.probe.kinds.upstream:upstream_executor"),
    "steps": Kind("functions.domain.checks.steps:Steps", "functions.probe.kinds.steps:steps_executor"),
    "aws": Kind("functions.domain.checks.aws:AwsCheck", "functions.probe.kinds.aws:aws_executor"),
}


def decode_check(document: Mapping[str, Any]) -> Check:
    """Return the check of config.json: its `kind`, and the fields that are set; KeyError for an unknown kind."""
    fields = dict(document)
    kind = KINDS[fields.pop("kind")]
    check: Check = load(kind.check).decode(fields)
    return check


def load(place: str) -> Any:  # noqa: ANN401 - whatever stands there
    """Return what `module:name` names."""
    module, _, name = place.partition(":")
    return getattr(import_module(module), name)
