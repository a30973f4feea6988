"""The pings of a run's heartbeats, read once, beside the checks of the others."""

import asyncio
from datetime import datetime
from typing import TYPE_CHECKING

from functions.domain.checks.heartbeat import Heartbeat
from functions.domain.heartbeat import assess_heartbeat
from functions.domain.monitor import Monitor
from functions.domain.result import Attempt
from functions.store import PingReader

if TYPE_CHECKING:
    from collections.abc import Mapping

    from functions.domain.ping import Pings


class ReportedHeartbeats:
    """What was reported, as of when it is first asked for; one for each run."""

    def __init__(self, reader: PingReader) -> None:
        self._reader = reader
        self._reading: asyncio.Task[Mapping[str, Pings]] | None = None

    async def attempt(self, monitor: Monitor, at: datetime) -> Attempt | None:
        """Return how `monitor`, a heartbeat, is at the scheduled minute `at`; None where it has not reported in yet."""
        if self._reading is None:
            self._reading = asyncio.create_task(asyncio.to_thread(self._reader.pings))
        pings = (await asyncio.shield(self._reading)).get(monitor.id)
        if not isinstance(monitor.check, Heartbeat):
            raise TypeError(f"{monitor.id} is no heartbeat")
        return assess_heartbeat(monitor.check, pings, at=at, interval=monitor.interval)
