"""The probe as Lambda starts it: a scheduled event in, one run in a real table out."""

import importlib
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pytest

from functions.adapters.dynamo_store import DynamoStore, connect
from functions.adapters.ping_table import PingTable
from functions.domain.ping import Pings
from functions.domain.verdict import Verdict
from functions.probe.runtime_api import runtime_api
from functions.probe.schedule import scheduled_minute
from tests.targets.behaviours import healthy, says
from tests.targets.server import answer
from tests.targets.threaded import serving_from_another_loop

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

AT = datetime(2026, 11, 22, 15, 4, tzinfo=UTC)
NOW = AT + timedelta(minutes=7, seconds=31)


@dataclass(frozen=True, slots=True)
class Context:
    """What the handler uses of Lambda's context."""

    seconds: float = 60.0
    function_name: str = "probe"
    memory_limit_in_mb: int = 256
    invoked_function_arn: str = "arn:aws:lambda:eu-west-1:123456789012:function:probe"
    aws_request_id: str = "request"

    def get_remaining_time_in_millis(self) -> int:
        """Return how long the function may still take."""
        return int(self.seconds * 1000)


JOB = {
    "kind": "heartbeat",
    "cron": "0 16 * * *",
    "time_zone": "Europe/Berlin",
    "grace": 600,
}
"""Due at 15:00 UTC in winter."""


def watched(monitor_id: str, url: str, **request: object) -> dict[str, Any]:
    """Return a monitor of config.json."""
    return {
        "id": monitor_id,
        "name": monitor_id,
        "group": None,
        "description": None,
        "interval": 60,
        "timeout": 2.0,
        "attempts": 1,
        "attempt_gap": 0.0,
        "confirmation": {"failures": 1, "recoveries": 2},
        "check": {"kind": "http", "url": url, **request},
        "expect": None,
        "degraded": None,
    }


@pytest.fixture
def deployed(aws_environment: pytest.MonkeyPatch, table: str, tmp_path: Path) -> Iterator[ModuleType]:
    """Give the handler of a deployment with a healthy target, a broken one, and one whose secret is missing."""
    with (
        serving_from_another_loop(healthy) as good,
        serving_from_another_loop(says(answer(b'{"note":"hunter2"}', status="500 Oops"))) as bad,
    ):
        monitors = [
            watched("good", f"http://127.0.0.1:{good}/?key=hunter2"),
            watched("bad", f"http://127.0.0.1:{bad}/?key=hunter2"),
            {**watched("job", ""), "check": JOB},
            {**watched("new-job", ""), "check": JOB},
            watched("secret", f"http://127.0.0.1:{good}/", auth=["bearer", "secret:acme/none"]),
        ]
        shard = {"id": "60s-0", "interval": 60, "regions": [], "monitors": [m["id"] for m in monitors]}
        document = {
            "version": 1, "allow_private_targets": True, "pages": [], "monitors": monitors, "shards": [shard],
        }  # fmt: skip
        path = tmp_path / "config.json"
        path.write_text(json.dumps(document))
        for name, value in {
            "PULSEBOARD_CONFIG": str(path),
            "TABLE_NAME": table,
            "AWS_REGION": "eu-west-1",
            "POWERTOOLS_SERVICE_NAME": "probe",
            "POWERTOOLS_METRICS_NAMESPACE": "Pulseboard",
        }.items():
            aws_environment.setenv(name, value)
        sys.modules.pop("functions.probe.handler", None)
        yield importlib.import_module("functions.probe.handler")
        sys.modules.pop("functions.probe.handler", None)


def runs(at: datetime) -> list[Any]:
    """Return the runs that the table has for an hour."""
    store: DynamoStore = connect()
    return list(store.runs(at.replace(minute=0, second=0, microsecond=0)))


def test_an_event_becomes_one_run_however_often_it_comes(
    deployed: ModuleType, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    """Twice delivered is once recorded; the log has its lines and no secret in them."""
    event = {"shard": "60s-0", "at": "2026-11-22T15:04:00Z"}
    deployed.lambda_handler(event, Context())
    lines = [(record.levelname, record.getMessage()) for record in caplog.records]
    deployed.lambda_handler(event, Context())
    (run,) = runs(AT)
    assert (run.shard, run.at, run.region) == ("60s-0", AT, "eu-west-1")
    assert {name: result.verdict for name, result in run.results.items()} == {
        "good": Verdict.UP,
        "bad": Verdict.DOWN,
    }
    assert run.unmade == {"secret": "secret acme/none cannot be read: ResourceNotFoundException"}
    assert lines == [("INFO", "run"), ("WARNING", "not up"), ("ERROR", "not checked")]
    summary = vars(caplog.records[0])
    assert (summary["checks"], summary["up"], summary["down"], summary["unmade"]) == (2, 1, 1, 1)
    printed = capsys.readouterr()
    assert '"ChecksUnmade":[1.0]' in printed.out.replace(" ", "")
    assert "hunter2" not in printed.out + printed.err + caplog.text


def test_an_event_without_a_time_is_for_the_present_minute(deployed: ModuleType) -> None:
    """An emulator does not fill in the placeholder."""
    before = datetime.now(UTC)
    deployed.lambda_handler({"shard": "60s-0", "at": "<aws.scheduler.scheduled-time>"}, Context())
    found = runs(before) + (runs(datetime.now(UTC)) if datetime.now(UTC).hour != before.hour else [])
    assert before - timedelta(minutes=1) < found[0].at <= datetime.now(UTC)


def test_a_function_with_no_time_left_records_that(deployed: ModuleType) -> None:
    """Even then the run is there, and says that nothing is known."""
    deployed.lambda_handler({"shard": "60s-0", "at": "2026-11-22T16:04:00Z"}, Context(seconds=1.0))
    (run,) = runs(AT + timedelta(hours=1))
    assert run.results == {}
    assert {"good", "bad", "secret"} <= set(run.unmade)


def test_a_shard_of_an_earlier_deployment_is_passed_over(deployed: ModuleType) -> None:
    """A schedule that outlived its shard makes no error that would be repeated."""
    deployed.lambda_handler({"shard": "gone", "at": "2026-11-22T17:04:00Z"}, Context())
    assert runs(AT + timedelta(hours=2)) == []


@pytest.mark.parametrize(
    ("at", "minute"),
    [
        ("2026-11-22T15:04:00Z", AT),
        ("2026-11-22T15:04:59.9Z", AT),
        ("2026-11-22T16:04:00+01:00", AT),
        ("2026-11-22T15:04:00", AT),
        ("<aws.scheduler.scheduled-time>", NOW.replace(second=0)),
        ("", NOW.replace(second=0)),
        (None, NOW.replace(second=0)),
        (17, NOW.replace(second=0)),
    ],
)
def test_a_run_belongs_to_its_scheduled_minute(at: object, minute: datetime) -> None:
    """Also when it comes late; what is no time means now."""
    assert scheduled_minute({"shard": "s", "at": at}, NOW) == minute


@pytest.mark.parametrize(
    ("value", "expected"),
    [("127.0.0.1:9001", ("127.0.0.1", 9001)), ("[::1]:9001", ("::1", 9001)), ("", None), ("nonsense", None)],
)
def test_the_runtime_says_where_it_listens(value: str, expected: tuple[str, int] | None) -> None:
    """Host and port, or nothing outside Lambda."""
    assert runtime_api({"AWS_LAMBDA_RUNTIME_API": value}) == expected
    assert runtime_api({}) is None


@pytest.mark.parametrize(
    ("hours_ago", "minute", "verdict"), [(1, 10, Verdict.UP), (1, 11, Verdict.DOWN), (0, 11, Verdict.UP)]
)
def test_what_was_reported_becomes_a_result(
    deployed: ModuleType, dynamodb: "DynamoDBClient", table: str, *, hours_ago: int, minute: int, verdict: Verdict
) -> None:
    """A job that is due at 15:00 and may be ten minutes late; one that never reported in is in no run."""
    finished = AT.replace(hour=15, minute=1) - timedelta(hours=hours_ago)
    PingTable(dynamodb, table).put_pings(Pings(monitor="job", finished_at=finished, succeeded_at=finished))
    deployed.lambda_handler({"shard": "60s-0", "at": f"2026-11-22T15:{minute:02}:00Z"}, Context())
    (run,) = runs(AT)
    assert run.results["job"].verdict is verdict
    assert {"job", "new-job"}.isdisjoint(run.unmade)
    assert "new-job" not in run.results
