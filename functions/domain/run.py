"""A run: all results of one shard, one scheduled minute, one region."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from functions.domain.result import Result


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """The record that everything else is derived from.

    `shard`, `at` (the scheduled minute, aware, UTC) and `region` identify it: the same run delivered twice is the
    same run. `unmade` maps a monitor to the reason why the probe could not check it (a secret that cannot be read,
    no time left): that is our failure and not the target's, so it is no data and not an outage.
    """

    shard: str
    at: datetime
    region: str
    # Not shown: asyncio writes out what a run returned, for nobody to see, which took as long as two checks.
    results: Mapping[str, Result] = field(repr=False)
    unmade: Mapping[str, str] = field(default_factory=dict)
    duration_ms: int = 0
