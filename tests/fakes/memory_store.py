"""A store in memory, for the tests of the functions: every protocol of `functions.store`."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from functions.domain.event import Event
from functions.domain.history import DayHistory, HourHistory
from functions.domain.incident import Incident
from functions.domain.run import Run
from functions.domain.state import ShardState
from functions.domain.usual import Usual
from functions.store import COMMIT_LIMIT, ConflictError, Judgement, Receipt

_HOUR = timedelta(hours=1)


class MemoryStore:
    """Keeps everything it is given; `events` holds what was announced, in order."""

    def __init__(self) -> None:
        self.events: dict[str, Event] = {}
        self._runs: dict[tuple[datetime, str, str], Run] = {}
        self._states: dict[str, ShardState] = {}
        self._incidents: dict[str, Incident] = {}
        self._hours: dict[tuple[datetime, str], HourHistory] = {}
        self._days: dict[tuple[date, str], DayHistory] = {}
        self._usual: dict[str, Mapping[str, Mapping[str, Usual]]] = {}
        self._receipts: dict[str, Receipt] = {}
        self._rendered: tuple[datetime, str] | None = None

    def put_run(self, run: Run) -> None:
        """Record `run`; the same run again overwrites itself."""
        self._runs[run.at, run.shard, run.region] = run

    def runs(self, hour: datetime, *, since: datetime | None = None) -> Sequence[Run]:
        """Return the runs of the hour that starts at `hour`, or of what of it is not before `since`, oldest first."""
        first = hour if since is None else max(hour, since)
        return [self._runs[key] for key in sorted(self._runs) if first <= key[0] < hour + _HOUR]

    def shard_state(self, shard: str) -> ShardState:
        """Return the shard's state; version 0 and no states where there is none."""
        return self._states.get(shard, ShardState(shard=shard, version=0, states={}))

    def shard_states(self) -> Sequence[ShardState]:
        """Return all shards' states."""
        return [self._states[shard] for shard in sorted(self._states)]

    def incident(self, incident_id: str) -> Incident | None:
        """Return one incident."""
        return self._incidents.get(incident_id)

    def incidents(self, since: datetime) -> Sequence[Incident]:
        """Return the incidents that started at `since` or later, and all that are open, newest first."""
        found = [i for i in self._incidents.values() if i.open or i.started_at >= since]
        return sorted(found, key=lambda i: i.id, reverse=True)

    def incidents_between(self, start: datetime, end: datetime) -> Sequence[Incident]:
        """Return the incidents that started in [start, end), newest first."""
        found = [i for i in self._incidents.values() if start <= i.started_at < end]
        return sorted(found, key=lambda i: i.id, reverse=True)

    def oldest(self) -> date | None:
        """Return the day of the oldest incident or of the oldest day of history."""
        incidents = (i.started_at.date() for i in self._incidents.values())
        return min([*incidents, *(day for day, _ in self._days)], default=None)

    def commit(self, judgement: Judgement) -> None:
        """Write all of it, or raise ConflictError and write nothing."""
        if max(len(judgement.incidents), len(judgement.events)) > COMMIT_LIMIT:
            raise ValueError(f"a judgement holds at most {COMMIT_LIMIT} incidents and events: judge in steps")
        state = judgement.state
        if self.shard_state(state.shard).version != state.version:
            raise ConflictError(state.shard)
        self._check(*judgement.incidents)
        self._states[state.shard] = replace(state, version=state.version + 1)
        self._keep(*judgement.incidents)
        for event in judgement.events:
            self.events.setdefault(event.id, event)

    def receipt(self, key: str) -> Receipt | None:
        """Return what was carried out under `key`."""
        return self._receipts.get(key)

    def record(self, incident: Incident, event: Event, *, receipt: Receipt | None, at: datetime) -> None:  # noqa: ARG002 - nothing expires here
        """Write all of it, or raise ConflictError and write nothing."""
        self._check(incident)
        if receipt is not None:
            if receipt.key in self._receipts:
                raise ConflictError(receipt.key)
            self._receipts[receipt.key] = receipt
        self._keep(incident)
        self.events.setdefault(event.id, event)

    def _check(self, *incidents: Incident) -> None:
        for incident in incidents:
            stored = self._incidents.get(incident.id)
            if incident.version != (stored.version if stored else 0):
                raise ConflictError(incident.id)

    def _keep(self, *incidents: Incident) -> None:
        self._incidents |= {i.id: replace(i, version=i.version + 1) for i in incidents}

    def hours(self, start: datetime, end: datetime) -> Sequence[HourHistory]:
        """Return the hours that start in [start, end), oldest first."""
        return [self._hours[key] for key in sorted(self._hours) if start <= key[0] < end]

    def put_hour(self, history: HourHistory) -> None:
        """Write, replacing what was there."""
        self._hours[history.hour, history.shard] = history

    def days(self, start: date, end: date) -> Sequence[DayHistory]:
        """Return the days in [start, end), oldest first."""
        return [self._days[key] for key in sorted(self._days) if start <= key[0] < end]

    def put_day(self, history: DayHistory) -> None:
        """Write, replacing what was there."""
        self._days[history.day, history.shard] = history

    def usual(self, shard: str) -> Mapping[str, Mapping[str, Usual]]:
        """Return what is usual for the shard's monitors; nothing where nothing is known."""
        return self._usual.get(shard, {})

    def put_usual(self, shard: str, usual: Mapping[str, Mapping[str, Usual]]) -> None:
        """Write, replacing what was there."""
        self._usual[shard] = usual

    def claim_render(self, *, at: datetime, instance: str) -> str | None:
        """Return who rendered last; raises ConflictError where a later moment was rendered already."""
        before = self._rendered
        if before is not None and before[0] > at:
            raise ConflictError("a later moment was rendered already")
        self._rendered = (at, instance)
        return before[1] if before else None
