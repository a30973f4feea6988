"""One stream record at a time: what a warm judge remembers between them."""

from typing import TYPE_CHECKING

from functions.adapters.stream import run_of
from functions.config import Config
from functions.judge.judge_run import judge_run, reconcile
from functions.store import JudgeStore

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.data_classes.dynamo_db_stream_event import DynamoDBRecord

    from functions.domain.event import Event


class Follower:
    """Judges runs, and before the first one brings the states in line with the config.

    A new config comes with new code, and new code with a new process: once in each is enough.
    """

    def __init__(self, *, config: Config, store: JudgeStore) -> None:
        self._config = config
        self._store = store
        self._reconciled = False
        self._events: list[Event] = []

    def take(self, record: "DynamoDBRecord") -> None:
        """Judge the run of one record; raises UnreadableRecordError, ConflictError or what the store raises."""
        run = run_of(record.raw_event["dynamodb"].get("NewImage", {}))
        if not self._reconciled:
            self._events += reconcile(at=run.at, config=self._config, store=self._store)
            self._reconciled = True
        self._events += judge_run(run, config=self._config, store=self._store)

    def told(self) -> list[str]:
        """Return the ids of the events since this was last asked."""
        ids = [event.id for event in self._events]
        self._events.clear()
        return ids
