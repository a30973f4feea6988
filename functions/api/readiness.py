"""Whether everything behind the page works, in the health pattern that services are watched by."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from functions.domain.slot import silent
from functions.domain.uptime_policy import STALE_AFTER


@dataclass(frozen=True, slots=True, kw_only=True)
class Readiness:
    """One flag for each part, and what the flags rest on."""

    table: bool
    runs: bool
    render: bool
    last_run_at: datetime | None
    last_render_at: datetime | None

    @property
    def ready(self) -> bool:
        """Tell whether all parts are well."""
        return self.table and self.runs and self.render

    def body(self) -> dict[str, object]:
        """Return the answer of `/health/ready`."""
        return {
            "status": "healthy" if self.ready else "degraded",
            "table": _word(well=self.table),
            "runs": _word(well=self.runs),
            "render": _word(well=self.render),
            "last_run_at": _time(self.last_run_at),
            "last_render_at": _time(self.last_render_at),
        }


def runs_since(interval: int, at: datetime) -> datetime:
    """Return how far back to look for a run of a monitor with `interval`: silence is noticed sooner than that."""
    return at - 3 * timedelta(seconds=interval) - timedelta(hours=1)


def assess_readiness(
    *, table: bool, last_run_at: datetime | None, last_render_at: datetime | None, interval: int | None, at: datetime
) -> Readiness:
    """Return how things are at `at`; `interval` is the shortest of all monitors, None where nothing is watched."""
    fresh = last_run_at is not None and (interval is None or not silent(last_run_at, at, interval))
    return Readiness(
        table=table,
        runs=table and (fresh or interval is None),
        render=last_render_at is not None and at - last_render_at <= STALE_AFTER,
        last_run_at=last_run_at,
        last_render_at=last_render_at,
    )


def _word(*, well: bool) -> str:
    return "ok" if well else "fail"


def _time(at: datetime | None) -> str | None:
    return None if at is None else at.strftime("%Y-%m-%dT%H:%M:%SZ")
