"""The judge as Lambda starts it: records of the stream in, items of a real table out."""

import importlib
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from botocore.exceptions import ClientError

from functions.adapters.dynamo_store import DynamoStore, connect
from functions.domain.verdict import Verdict
from tests.fakes.configs import document
from tests.fakes.samples import NOON, minute, run
from tests.fakes.streams import UNREADABLE, Context, run_image, stream

Start = Callable[..., ModuleType]


@pytest.fixture
def start(aws_environment: pytest.MonkeyPatch, table: str, tmp_path: Path) -> Iterator[Start]:
    """Give a way to start the function afresh under a config of shards and their monitors, as a deployment does."""

    def _start(shards: dict[str, list[str]], *, table_name: str = table) -> ModuleType:
        path = tmp_path / "config.json"
        path.write_text(json.dumps(document(shards)))
        aws_environment.setenv("TABLE_NAME", table_name)
        aws_environment.setenv("PULSEBOARD_CONFIG", str(path))
        aws_environment.setenv("POWERTOOLS_METRICS_NAMESPACE", "Pulseboard")
        aws_environment.setenv("POWERTOOLS_SERVICE_NAME", "judge")
        sys.modules.pop("functions.judge.handler", None)
        return importlib.import_module("functions.judge.handler")

    yield _start
    sys.modules.pop("functions.judge.handler", None)


@pytest.fixture
def store(aws_environment: pytest.MonkeyPatch, table: str) -> DynamoStore:
    """Give the table as the other functions see it."""
    aws_environment.setenv("TABLE_NAME", table)
    return connect()


def test_a_batch_of_runs_becomes_an_incident(
    start: Start, store: DynamoStore, caplog: pytest.LogCaptureFixture
) -> None:
    """One invocation, in order, and one line of log."""
    handler = start({"60s-0": ["api"]})
    verdicts = [Verdict.UP, Verdict.DOWN, Verdict.UP, Verdict.UP]
    batch = stream(*(run_image(run(minute(n), verdict)) for n, verdict in enumerate(verdicts)))
    assert handler.lambda_handler(batch, Context()) == {"batchItemFailures": []}
    (incident,) = store.incidents(NOON)
    assert (incident.started_at, incident.resolved_at) == (minute(1), minute(2))
    (line,) = [vars(record) for record in caplog.records]
    assert line["runs"] == 4
    assert [e.rpartition("-")[2] for e in line["events"]] == ["opened", "resolved"]


def test_a_run_that_cannot_be_read_is_reported_and_holds_up_nobody(
    start: Start, store: DynamoStore, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    """Lambda delivers it again until it gives it to the dead-letter queue; the runs behind it are judged meanwhile."""
    handler = start({"60s-0": ["api"]})
    batch = stream(run_image(run(NOON, Verdict.UP)), UNREADABLE, run_image(run(minute(1), Verdict.DOWN)))
    assert handler.lambda_handler(batch, Context()) == {"batchItemFailures": [{"itemIdentifier": "2"}]}
    assert len(store.incidents(NOON)) == 1
    assert [record.levelname for record in caplog.records] == ["ERROR", "INFO"]
    assert '"RunsNotJudged":[1.0]' in capsys.readouterr().out.replace(" ", "")


def test_a_batch_that_cannot_be_read_at_all_is_reported(start: Start) -> None:
    """Alone, as Lambda delivers it after halving the batch."""
    handler = start({"60s-0": ["api"]})
    assert handler.lambda_handler(stream(UNREADABLE), Context()) == {"batchItemFailures": [{"itemIdentifier": "1"}]}


def test_without_a_table_the_function_fails_and_the_stream_keeps_the_runs(
    start: Start, table: str, store: DynamoStore
) -> None:
    """An error that counts as one, so that the alarm goes off; when the table is back, nothing is missing."""
    batch = stream(run_image(run(NOON, Verdict.DOWN)), run_image(run(minute(1), Verdict.UP)))
    with pytest.raises(ClientError, match="ResourceNotFound"):
        start({"60s-0": ["api"]}, table_name=f"{table}-that-is-not-there").lambda_handler(batch, Context())
    assert start({"60s-0": ["api"]}).lambda_handler(batch, Context()) == {"batchItemFailures": []}
    assert len(store.incidents(NOON)) == 1


def test_a_failure_in_the_middle_is_where_lambda_goes_on(start: Start, store: DynamoStore) -> None:
    """What was done before is kept, what comes after is not judged out of order."""
    handler = start({"60s-0": ["api"]})
    take = handler.follower.take

    def fails_at_the_second(record: Any) -> None:  # noqa: ANN401 - Powertools' record
        if record.dynamodb.sequence_number == "2":
            raise ConnectionError
        take(record)

    batch = stream(*(run_image(run(minute(n), Verdict.DOWN)) for n in range(3)))
    with handler.processor(records=batch["Records"], handler=fails_at_the_second):
        handler.processor.process()
    assert handler.processor.response() == {"batchItemFailures": [{"itemIdentifier": "2"}]}
    assert store.shard_state("60s-0").states["api"].judged_at == NOON


def test_a_new_config_is_applied_with_the_first_run(start: Start, store: DynamoStore) -> None:
    """What was removed is resolved, what moved takes its state along."""
    old = start({"60s-0": ["api", "shop"]})
    old.lambda_handler(stream(run_image(run(NOON, Verdict.DOWN, "api", "shop"))), Context())
    new = start({"60s-0": ["other"], "60s-1": ["api"]})
    new.lambda_handler(stream(run_image(run(minute(1), Verdict.UP, "other"))), Context())
    assert {s.shard: list(s.states) for s in store.shard_states()} == {"60s-0": ["other"], "60s-1": ["api"]}
    assert [i.monitors for i in store.incidents(NOON) if i.open] == [("api",)]
