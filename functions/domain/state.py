"""A monitor's confirmed verdict, since when, and what is needed to judge the next run."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from functions.domain.result import Failure
from functions.domain.verdict import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionView:
    """What one region last said of a monitor: `at` is its newest run, `verdict` that run's verdict.

    `failing_since` is its first failing check of the present streak.
    """

    at: datetime
    verdict: Verdict
    failing_since: datetime | None = None
    failure: Failure | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """`verdict` holds since `since`; `judged_at` is the newest run that was taken into account.

    `candidate`, `candidate_since` and `candidate_runs` describe a change that is not yet confirmed. `incident` is the
    id of the open incident; `last_incident` and `resolved_at` are remembered so that a monitor that flaps reopens it.
    """

    monitor: str
    verdict: Verdict
    since: datetime
    judged_at: datetime
    regions: Mapping[str, RegionView] = field(default_factory=dict)
    candidate: Verdict | None = None
    candidate_since: datetime | None = None
    candidate_runs: int = 0
    incident: str | None = None
    last_incident: str | None = None
    resolved_at: datetime | None = None
    flaps: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ShardState:
    """The states of a shard's monitors, stored and versioned together; version 0 was never stored."""

    shard: str
    version: int
    states: Mapping[str, State]
