"""The functions' logs, as lines for people."""

import json
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from cli.local.deployed import Deployed

# Said elsewhere in the line, or the same in every line.
_LEFT_OUT = (
    "timestamp",
    "level",
    "message",
    "service",
    "location",
    "cold_start",
    "function_name",
    "function_memory_size",
    "function_arn",
)
# The embedded AWS writes these whatever the function's system log level is.
_PLATFORM = ("START RequestId:", "END RequestId:", "REPORT RequestId:")
_PAUSE = 1.0
# Lines arrive late and out of order: each look goes back a little, and what was seen already is left out.
_OVERLAP_MS = 5_000


@dataclass(slots=True, kw_only=True)
class LogReader:
    """Reads the logs of `functions` (names here to names in AWS) from where it was last."""

    deployed: Deployed
    functions: Mapping[str, str]
    since_ms: int
    _groups: dict[str, str] = field(default_factory=dict)
    _seen: set[tuple[str, int, str]] = field(default_factory=set)

    def new_lines(self) -> list[str]:
        """Return the lines that came since the last call, oldest first."""
        logs = self.deployed.clients.logs()
        found: list[tuple[int, str]] = []
        for name in self.functions:
            for page in logs.get_paginator("filter_log_events").paginate(
                logGroupName=self._group(name), startTime=self.since_ms
            ):
                for event in page["events"]:
                    # Not the event's id, which the embedded AWS does not give.
                    identity = (event["logStreamName"], event["timestamp"], event["message"])
                    if identity not in self._seen and not event["message"].startswith(_PLATFORM):
                        self._seen.add(identity)
                        found.append((event["timestamp"], line(name, event["timestamp"], event["message"])))
        found.sort(key=lambda entry: entry[0])
        if found:
            self.since_ms = max(self.since_ms, found[-1][0] - _OVERLAP_MS)
        return [text for _, text in found]

    def _group(self, name: str) -> str:
        if name not in self._groups:
            settings = self.deployed.clients.functions().get_function_configuration(FunctionName=self.functions[name])
            self._groups[name] = settings["LoggingConfig"]["LogGroup"]
        return self._groups[name]


def follow(reader: LogReader) -> Iterator[str]:
    """Yield lines as they come, for ever."""
    while True:
        yield from reader.new_lines()
        time.sleep(_PAUSE)


def line(function: str, timestamp_ms: int, message: str) -> str:
    """Return `time function LEVEL message key=value …` for a JSON record; anything else as it is."""
    at = datetime.fromtimestamp(timestamp_ms / 1000, UTC)
    try:
        record = json.loads(message)
    except ValueError:
        record = None
    if not isinstance(record, dict):
        return f"{at:%H:%M:%S} {function:7} {message.rstrip()}"
    rest = " ".join(f"{key}={_short(value)}" for key, value in record.items() if key not in _LEFT_OUT)
    return f"{at:%H:%M:%S} {function:7} {record.get('level', '')} {record.get('message', '')} {rest}".rstrip()


def _short(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, separators=(",", ":"))
