"""How `pulseboard heartbeats` shows them: as a table for people, as a document for machines."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from rich.console import Console
from rich.text import Text

from configuration.units import spell
from functions.config import Config
from functions.domain.checks.heartbeat import Heartbeat
from functions.domain.heartbeat import assess_heartbeat
from functions.domain.monitor import Monitor
from functions.domain.ping import Pings
from functions.domain.ping_key import KeyRing
from functions.domain.result import Attempt

WAITING = "waiting for the first ping"
_STYLES = {"up": "green", "down": "bold red"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One heartbeat: its addresses under the page and under the HTTP API, and how it is."""

    monitor: Monitor
    heartbeat: Heartbeat
    url: str
    api_url: str
    pings: Pings | None
    attempt: Attempt | None

    @property
    def verdict(self) -> str:
        """Return `up`, `down`, or that nothing has come yet."""
        return WAITING if self.attempt is None else self.attempt.verdict.value

    @property
    def reason(self) -> str | None:
        """Return why it is down."""
        return self.attempt.failure.reason if self.attempt and self.attempt.failure else None

    @property
    def schedule(self) -> str:
        """Return when pings are due, in words."""
        due = self.heartbeat
        when = f"{due.cron} ({due.time_zone})" if due.cron else f"every {spell(due.period)}"
        return f"{when}, grace {spell(due.grace)}"

    def document(self) -> dict[str, object]:
        """Return what `--json` prints; times in UTC, durations in seconds but for `duration_ms`."""
        due, pings = self.heartbeat, self.pings
        return {
            "monitor": self.monitor.id,
            "name": self.monitor.name,
            "url": self.url,
            "api_url": self.api_url,
            "schedule": {"cron": due.cron, "time_zone": due.time_zone} if due.cron else {"period": due.period},
            "grace": due.grace,
            "verdict": None if self.attempt is None else self.attempt.verdict.value,
            "reason": self.reason if self.attempt else WAITING,
            "last_ping_at": _time(pings.newest if pings else None),
            "last_success_at": _time(pings.succeeded_at if pings else None),
            "duration_ms": pings.duration_ms if pings else None,
        }


def listings(
    config: Config, pings: Mapping[str, Pings], ring: KeyRing, *, outputs: Mapping[str, str], at: datetime
) -> list[Listing]:
    """Return the heartbeats in the order of the file; `outputs` are the stack's."""
    found = []
    for monitor in (config.monitors[monitor_id] for monitor_id in config.heartbeats):
        if isinstance(monitor.check, Heartbeat):
            path = f"/ping/{ring.key(monitor.id)}"
            known = pings.get(monitor.id)
            found.append(
                Listing(
                    monitor=monitor,
                    heartbeat=monitor.check,
                    url=outputs["PageUrl"] + path,
                    api_url=outputs["ApiUrl"] + path,
                    pings=known,
                    attempt=assess_heartbeat(monitor.check, known, at=at, interval=monitor.interval),
                )
            )
    return found


def print_listings(found: Sequence[Listing], *, console: Console) -> None:
    """Print each with its address on a line of its own, which can be copied whole."""
    if not found:
        console.print("No monitor is a heartbeat: `heartbeat: {period: 1h}` in pulseboard.yaml makes one.")
    for one in found:
        style = _STYLES.get(one.verdict, "dim")
        console.print(Text.assemble((one.monitor.id, "bold"), "  ", (one.verdict, style), f"  {one.schedule}"))
        newest = one.pings.newest if one.pings else None
        rows = {
            "ping": one.url,
            "why": one.reason,
            "last": _time(newest),
            "took": spell(one.pings.duration_ms / 1000) if one.pings and one.pings.duration_ms is not None else None,
        }
        for name, value in rows.items():
            if value is not None:
                # Never folded: a terminal wraps it, and it can still be copied whole.
                console.print(Text.assemble((f"  {name:6}", "dim"), value), soft_wrap=True)


def _time(at: datetime | None) -> str | None:
    return None if at is None else f"{at:%Y-%m-%dT%H:%M:%SZ}"
