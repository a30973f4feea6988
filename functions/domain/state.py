"""A monitor's confirmed verdict, since when, and what is needed to judge the next run."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from functions.domain.result import Failure
from functions.domain.verdict import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """A yes or no that changes only after enough consecutive runs say so.

    `on` is what is believed; `against` counts the newest runs in a row that say otherwise, and `since` is the time of
    the first of these.
    """

    on: bool = False
    against: int = 0
    since: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionView:
    """What one region says of a monitor: `at` is its newest run, `verdict` that run's verdict, unconfirmed.

    `failing` (degraded or down) and `down` are what the region believes, `down_since` is the first check of the streak
    that made it believe the latter. `failure`, `status_code` and `attempts` are of the newest failing check, kept until
    the region believes that the failing is over. `slow` are the newest runs where one of them was slow (`spike`): its
    time, None for a run that was not. `steps` are the milliseconds of the newest run's steps, as many as were reached.
    `certificate_expires_at` is when the certificate that was seen last expires, cut to the hour.
    """

    at: datetime
    verdict: Verdict
    failing: Signal = field(default_factory=Signal)
    down: Signal = field(default_factory=Signal)
    failure: Failure | None = None
    status_code: int | None = None
    attempts: int = 1
    slow: tuple[datetime | None, ...] = ()
    steps: tuple[float, ...] = ()
    down_since: datetime | None = None
    certificate_expires_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What a monitor's verdict was when people last heard of it (`told`), and since when that is no longer true.

    There while a change is kept back: its parent is down, or a maintenance goes on.
    """

    told: Verdict
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """What people were `told` that a monitor fails by, in the short form of `reason`, and how often that was `retold`.

    `new` is what the runs since `since` show instead, as long as it is not believed.
    """

    told: str
    new: str | None = None
    since: datetime | None = None
    retold: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """`verdict` holds since `since`; `judged_at` is the newest run that was taken into account.

    `verdict` is `no_data` until the first checks have settled it. `reporting_since` is where the present unbroken
    series of runs began. `incident` is the id of the open incident. `last_incident`, `eased_at` (when a run last made
    the verdict better), `flaps` and `flapped_at` are what a monitor that flaps is recognised by. `held` is there while
    nobody has been told of the verdict. `failed` are the spans of the last hour that used up the error budget, and
    `burning` says that its fast burn has been told (`burn`). `parts` are the states of the parts of its health body, by
    name; these have neither incidents nor parts. `reason` is there while an incident is open.
    """

    monitor: str
    verdict: Verdict
    since: datetime
    judged_at: datetime
    reporting_since: datetime
    regions: Mapping[str, RegionView] = field(default_factory=dict)
    incident: str | None = None
    last_incident: str | None = None
    eased_at: datetime | None = None
    flaps: int = 0
    flapped_at: datetime | None = None
    held: Held | None = None
    failed: tuple[tuple[datetime, datetime], ...] = ()
    burning: bool = False
    parts: Mapping[str, "State"] = field(default_factory=dict)
    reason: Reason | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShardState:
    """The states of a shard's monitors, stored and versioned together; version 0 was never stored."""

    shard: str
    version: int
    states: Mapping[str, State]


Homes = Mapping[str, str]
"""The shard that the config gives each monitor."""

_NO_HOMES: Homes = {}


def newest_states(stored: Iterable[ShardState], homes: Homes = _NO_HOMES) -> dict[str, State]:
    """Return each monitor's state once: where two shards have one, the newer, and the home's if they are as new."""
    found: dict[str, tuple[tuple[datetime, bool], State]] = {}
    for shard in stored:
        for monitor, state in shard.states.items():
            rank = (state.judged_at, homes.get(monitor) == shard.shard)
            if monitor not in found or rank > found[monitor][0]:
                found[monitor] = (rank, state)
    return {monitor: state for monitor, (_, state) in found.items()}
