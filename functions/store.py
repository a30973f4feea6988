"""What the functions need of a store, as small protocols; each takes only the one it uses.

Two stores pass the same contract suite (tests/contract/): `functions.adapters.dynamo_store.DynamoStore` and, for the
tests of the functions, `tests/fakes.MemoryStore`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from functions.domain.event import Event
from functions.domain.history import DayHistory, HourHistory
from functions.domain.incident import Incident
from functions.domain.ping import Pings
from functions.domain.ping_key import KeyRing
from functions.domain.run import Run
from functions.domain.state import ShardState
from functions.domain.usual import Usual


class ConflictError(Exception):
    """Somebody else wrote first: read again and decide again."""


COMMIT_LIMIT = 33
"""Incidents, and events, that one judgement may hold.

A DynamoDB transaction takes 100 items; an incident is two (itself, and its mark while it is open), an event one, the
state one.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What the judge decided about one run, to be committed as a whole or not at all.

    At most COMMIT_LIMIT incidents and as many events: a run that changes more monitors is judged in several steps, each
    with the state that belongs to it. Each incident carries the version that was read.
    """

    state: ShardState
    incidents: tuple[Incident, ...] = ()
    events: tuple[Event, ...] = ()


class RunWriter(Protocol):
    """What the probe needs."""

    def put_run(self, run: Run) -> None:
        """Record `run`; the same run again overwrites itself."""


class JudgeStore(Protocol):
    """What the judge needs."""

    def shard_state(self, shard: str) -> ShardState:
        """Return the shard's state (strongly consistent); version 0 and no states where there is none."""

    def shard_states(self) -> Sequence[ShardState]:
        """Return all shards' states, also of shards that the config no longer has."""

    def incident(self, incident_id: str) -> Incident | None:
        """Return one incident (strongly consistent)."""

    def usual(self, shard: str) -> Mapping[str, Mapping[str, Usual]]:
        """Return what is usual for the shard's monitors, by monitor and region; nothing where nothing is known."""

    def commit(self, judgement: Judgement) -> None:
        """Write state, incidents and events in one transaction.

        The stored version must be `state.version`; it becomes one more, and so it is with each incident. An event whose
        id is there already stays as it is. Raises ConflictError where a version is another, and ValueError above
        COMMIT_LIMIT; then nothing was written.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """That a request was carried out: `key` is the client's own, `digest` stands for all that it asked for."""

    key: str
    digest: str
    incident: str


class IncidentDesk(Protocol):
    """What people need who open and write to incidents."""

    def incident(self, incident_id: str) -> Incident | None:
        """Return one incident (strongly consistent)."""

    def incidents(self, since: datetime) -> Sequence[Incident]:
        """Return the incidents that started at `since` or later, and all that are open, newest first."""

    def receipt(self, key: str) -> Receipt | None:
        """Return what was carried out under `key` within the last day (strongly consistent)."""

    def record(self, incident: Incident, event: Event, *, receipt: Receipt | None, at: datetime) -> None:
        """Write an incident and its event in one transaction, with the receipt, which is kept for a day from `at`.

        The stored version must be `incident.version`; it becomes one more. Raises ConflictError where it is another, or
        where there is a receipt under that key; then nothing was written.
        """


class RollupStore(Protocol):
    """What rollup needs."""

    def runs(self, hour: datetime) -> Iterable[Run]:
        """Return the runs of the hour that starts at `hour`, all shards and regions, oldest first."""

    def hours(self, start: datetime, end: datetime) -> Sequence[HourHistory]:
        """Return the hours that start in [start, end), oldest first."""

    def put_hour(self, history: HourHistory) -> None:
        """Write, replacing what was there."""

    def put_day(self, history: DayHistory) -> None:
        """Write, replacing what was there."""

    def put_usual(self, shard: str, usual: Mapping[str, Mapping[str, Usual]]) -> None:
        """Write what is usual for the shard's monitors, by monitor and region, replacing what was there."""


class PageStore(Protocol):
    """What rendering needs."""

    def shard_states(self) -> Sequence[ShardState]:
        """Return all shards' states."""

    def runs(self, hour: datetime, *, since: datetime | None = None) -> Iterable[Run]:
        """Return the runs of one hour; with `since`, those that were scheduled then or later."""

    def hours(self, start: datetime, end: datetime) -> Sequence[HourHistory]:
        """Return the hours that start in [start, end), oldest first."""

    def days(self, start: date, end: date) -> Sequence[DayHistory]:
        """Return the days in [start, end), oldest first."""

    def incidents(self, since: datetime) -> Sequence[Incident]:
        """Return the incidents that started at `since` or later, and all that are open, newest first."""

    def incident(self, incident_id: str) -> Incident | None:
        """Return one incident (strongly consistent)."""

    def incidents_between(self, start: datetime, end: datetime) -> Sequence[Incident]:
        """Return the incidents that started in [start, end), newest first."""

    def oldest(self) -> date | None:
        """Return the day of the oldest incident or of the oldest day of history; None where there is neither."""

    def claim_render(self, *, at: datetime, instance: str) -> str | None:
        """Say that `instance` renders the moment `at`; return who rendered last (None: nobody yet).

        Raises ConflictError where a later moment was rendered already: then there is nothing left to do.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class PingBody:
    """What the newest ping with a body said: at most 10 kB of it, never public; `at` is when it came."""

    at: datetime
    signal: str
    data: bytes


class PingReader(Protocol):
    """What the probe needs to know how heartbeats are."""

    def pings(self) -> Mapping[str, Pings]:
        """Return the pings of all monitors that have had any, by id; those of the last second may be missing."""


class PingStore(Protocol):
    """What the api needs to take pings."""

    def key_ring(self) -> KeyRing | None:
        """Return what keys are made of; None before anybody has asked for a key."""

    def pings_of(self, monitor: str) -> Pings:
        """Return a monitor's pings (strongly consistent); version 0 where there are none."""

    def put_pings(self, pings: Pings) -> None:
        """Write; the stored version must be `pings.version` and becomes one more. Raises ConflictError."""

    def put_ping_body(self, monitor: str, body: PingBody) -> None:
        """Write, replacing what was there."""
