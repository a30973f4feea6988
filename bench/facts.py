"""What is deployed: sizes of functions and schedules."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_MINUTES = re.compile(r"cron\((\*|\d+)(?:/(\d+))? (\*|\d+)(?:/(\d+))? .*\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """A function's memory, its timeout in seconds, and whether X-Ray traces it."""

    memory_mb: int
    timeout: int
    traced: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """What is started by the clock."""

    function: str
    expression: str
    payload: Mapping[str, Any]

    def is_due(self, hour: int, minute: int) -> bool:
        """Tell whether it starts at that minute of the day (UTC)."""
        found = _MINUTES.fullmatch(self.expression)
        if found is None:
            raise ValueError(f"no way is known to read {self.expression}")
        return _matches(found[1], found[2], minute) and _matches(found[3], found[4], hour)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Functions by name, all schedules, and how many alarms watch over them."""

    functions: Mapping[str, Size]
    schedules: tuple[Schedule, ...]
    alarms: int
    log_days: int


def _matches(start: str, step: str | None, value: int) -> bool:
    """Tell whether a field of a cron expression (`*`, `5`, `0/5`) holds `value`."""
    if start == "*":
        return True
    if step is None:
        return value == int(start)
    return value >= int(start) and (value - int(start)) % int(step) == 0
