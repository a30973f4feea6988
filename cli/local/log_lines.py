"""The functions' logs, as lines for people."""

import json
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from cli.local.deployed import Deployed

_SHOWN_APART = ("timestamp", "level", "message", "service", "location")
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
    _seen: set[str] = field(default_factory=set)

    def new_lines(self) -> list[str]:
        """Return the lines that came since the last call, oldest first."""
        logs = self.deployed.clients.logs()
        found: list[tuple[int, str]] = []
        for name in self.functions:
            for page in logs.get_paginator("filter_log_events").paginate(
                logGroupName=self._group(name), startTime=self.since_ms
            ):
                for event in page["events"]:
                    if event["eventId"] not in self._seen:
                        self._seen.add(event["eventId"])
                        found.append((event["timestamp"], line(name, event["timestamp"], event["message"])))
        found.sort()
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
    rest = " ".join(f"{key}={_short(value)}" for key, value in record.items() if key not in _SHOWN_APART)
    return f"{at:%H:%M:%S} {function:7} {record.get('level', '')} {record.get('message', '')} {rest}".rstrip()


def _short(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, separators=(",", ":"))
