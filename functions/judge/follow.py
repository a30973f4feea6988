"""One stream record at a time: what a warm judge remembers between them."""

from typing import TYPE_CHECKING

from functions.adapters.stream import run_of
from functions.config import Config
from functions.domain.slot import hour_of
from functions.judge.decide import ByMonitor
from functions.judge.judge_run import judge_run, reconcile
from functions.store import JudgeStore

if TYPE_CHECKING:
    from datetime import datetime

    from aws_lambda_powertools.utilities.data_classes.dynamo_db_stream_event import DynamoDBRecord

    from functions.domain.event import Event
    from functions.domain.run import Run


class Follower:
    """Judges runs, and before the first one brings the states in line with the config.

    A new config comes with new code, and new code with a new process: once in each is enough.
    """

    def __init__(self, *, config: Config, store: JudgeStore) -> None:
        self._config = config
        self._store = store
        self._reconciled = False
        self._events: list[Event] = []
        self._usual: dict[str, tuple[datetime, ByMonitor]] = {}

    def take(self, record: "DynamoDBRecord") -> None:
        """Judge the run of one record; raises UnreadableRecordError, ConflictError or what the store raises."""
        run = run_of(record.raw_event["dynamodb"].get("NewImage", {}))
        if not self._reconciled:
            self._events += reconcile(at=run.at, config=self._config, store=self._store)
            self._reconciled = True
        self._events += judge_run(run, config=self._config, store=self._store, usual=self._usual_at(run))

    def _usual_at(self, run: "Run") -> ByMonitor:
        """Return what is usual for the run's shard, read once an hour, and never where nothing is judged by it."""
        shard = self._config.shards.get(run.shard)
        if shard is None or not any(self._config.monitors[monitor].spike for monitor in shard.monitors):
            return {}
        hour = hour_of(run.at)
        read_at, usual = self._usual.get(run.shard, (None, {}))
        if read_at is None or read_at < hour:
            usual = self._store.usual(run.shard)
            self._usual[run.shard] = (hour, usual)
        return usual

    def told(self) -> list[str]:
        """Return the ids of the events since this was last asked."""
        ids = [event.id for event in self._events]
        self._events.clear()
        return ids
