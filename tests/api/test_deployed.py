"""The api and the rollup function as Lambda starts them: a fresh interpreter, environment variables, a real table."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import boto3
import pytest

from functions.adapters.dynamo_store import DynamoStore
from functions.adapters.ping_table import PingTable
from functions.domain.slot import hour_of
from functions.domain.verdict import Verdict
from tests.fakes.history import run
from tests.fakes.http_api import Answer, request

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_s3 import S3Client

ROOT = Path(__file__).parents[2]
CREDENTIALS = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": "eu-west-1"}
CONFIG = {
    "version": 1,
    "allow_private_targets": False,
    "pages": [
        {
            "id": "acme",
            "title": "Acme",
            "language": "en",
            "description": None,
            "time_zone": "UTC",
            "custom_domain": None,
            "monitors": [],
            "groups": [],
        }
    ],
    "monitors": [],
    "shards": [{"id": "60s-0", "interval": 60, "regions": [], "monitors": []}],
}
INVOKE = """
import importlib, json, sys
from tests.fakes.http_api import Context
handler = importlib.import_module(sys.argv[1]).lambda_handler
print("ANSWER", json.dumps([handler(event, Context()) for event in json.load(sys.stdin)]))
print("IMPORTED", " ".join(sys.modules))
"""


@dataclass(frozen=True, slots=True)
class Deployment:
    """A table, a bucket and what functions are told of them."""

    dynamodb: "DynamoDBClient"
    s3: "S3Client"
    environment: dict[str, str]

    @property
    def store(self) -> DynamoStore:
        """Return the table as a store."""
        return DynamoStore(self.dynamodb, self.environment["TABLE_NAME"])

    def output(self, function: str, *events: dict[str, Any]) -> str:
        """Return what the function writes to standard output: its log and metrics, then answers and imports."""
        done = subprocess.run(
            [sys.executable, "-c", INVOKE, f"functions.{function}.handler"],
            input=json.dumps(events),
            env=self.environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def invoke(self, function: str, *events: dict[str, Any]) -> tuple[list[Any], list[str]]:
        """Return what the function answers, and the modules that it has imported."""
        output = self.output(function, *events)
        lines = dict(line.split(" ", maxsplit=1) for line in output.splitlines() if line[:1] in "AI")
        return json.loads(lines["ANSWER"]), lines["IMPORTED"].split()

    def get(self, *paths: str) -> list[Answer]:
        """Return the api's answers."""
        answers, _ = self.invoke("api", *(request(path) for path in paths))
        return [Answer.of(answer) for answer in answers]


@pytest.fixture
def deployment(aws_endpoint: str, dynamodb: "DynamoDBClient", table: str, tmp_path: Path) -> Deployment:
    """Give an empty table, an empty bucket of the same name and a config."""
    s3 = boto3.client(
        "s3",
        endpoint_url=aws_endpoint,
        region_name="eu-west-1",
        aws_access_key_id="test",
        aws_secret_access_key="test",
    )
    s3.create_bucket(Bucket=table, CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    config = tmp_path / "config.json"
    config.write_text(json.dumps(CONFIG))
    return Deployment(
        dynamodb,
        s3,
        {
            **CREDENTIALS,
            "PATH": os.environ["PATH"],
            "PULSEBOARD_CONFIG": str(config),
            "TABLE_NAME": table,
            "TABLE_REGION": "eu-west-1",
            "BUCKET_NAME": table,
            "AWS_ENDPOINT_URL": aws_endpoint,
            "POWERTOOLS_SERVICE_NAME": "test",
            "POWERTOOLS_METRICS_NAMESPACE": "Pulseboard",
        },
    )


def test_the_api_serves_what_was_rendered_and_knows_whether_all_is_well(deployment: Deployment) -> None:
    """First nothing is there; then a run and a rendering are, and it says so."""
    status, ready, live = deployment.get("/status/acme", "/health/ready", "/health/live")
    assert (status.status, status.json["error_code"]) == (503, "not_rendered")
    assert (ready.status, live.status) == (503, 200)
    assert (ready.json["table"], ready.json["runs"], ready.json["render"]) == ("ok", "fail", "fail")

    minute = datetime.now(UTC).replace(second=0, microsecond=0)
    deployment.store.put_run(run(minute - timedelta(minutes=1)))
    deployment.store.put_run(run(minute))
    body = '{"page":{"id":"acme","title":"Acmé"}}'
    stored = deployment.s3.put_object(Bucket=deployment.environment["BUCKET_NAME"], Key="status.json", Body=body)
    status, ready = deployment.get("/status/acme", "/health/ready")
    assert (status.status, status.body, status.headers["etag"]) == (200, body, stored["ETag"])
    assert ready.status == 200
    assert ready.json["last_run_at"] == f"{minute:%Y-%m-%dT%H:%M:%SZ}"


def test_a_table_that_cannot_be_read_is_a_failed_part(deployment: Deployment) -> None:
    """The api still answers, and says what is wrong."""
    deployment.environment["TABLE_NAME"] = "gone"
    (ready,) = deployment.get("/health/ready")
    assert (ready.status, ready.json["table"]) == (503, "fail")


def test_a_failure_of_our_own_is_answered_and_counted(deployment: Deployment) -> None:
    """The bucket is gone: the caller gets the one shape, and a metric that an alarm can watch is sent."""
    deployment.environment["BUCKET_NAME"] = "gone"
    (status,) = deployment.get("/status/acme")
    assert (status.status, status.json["error_code"]) == (500, "internal_error")
    assert "ApiFailures" in deployment.output("api", request("/status/acme"))


def test_the_api_imports_no_more_than_it_needs(deployment: Deployment) -> None:
    """What is imported is paid for at each cold start."""
    _, imported = deployment.invoke("api", request("/health/live"))
    assert not {"pydantic", "jinja2", "httpx", "jsonpath_ng", "jsonschema"} & set(imported)


def test_rollup_writes_history_from_runs(deployment: Deployment) -> None:
    """Hourly, and again on request; a day that makes no sense is refused with its reason."""
    ended = hour_of(datetime.now(UTC)) - timedelta(hours=1)
    for number in range(60):
        deployment.store.put_run(run(ended + timedelta(minutes=number), Verdict.DOWN if number < 3 else Verdict.UP))
    (report,), imported = deployment.invoke("rollup", {})
    assert report["left"] is None
    (written,) = deployment.store.hours(ended, ended + timedelta(hours=1))
    (day,) = deployment.store.days(ended.date(), ended.date() + timedelta(days=1))
    assert written.spans["api"].down == day.spans["api"].down == 180
    assert written.spans["api"].covered == 3600
    assert not {"pydantic", "jinja2", "httpx"} & set(imported)

    today = str(ended.date())
    (report,), _ = deployment.invoke("rollup", {"rebuild": {"from": today, "to": today}})
    assert report == {"days": 1, "hours_written": 0, "learnt": 0, "left": None}
    with pytest.raises(AssertionError, match=r"rebuild\.from must be a day"):
        deployment.invoke("rollup", {"rebuild": {"from": "soon", "to": today}})


def test_a_job_reports_in(deployment: Deployment) -> None:
    """Through the handler to the table: a start, a finish with its exit status and what it said, a stranger."""
    heartbeat = {
        "id": "import", "name": "Import", "group": None, "description": None, "interval": 60, "timeout": 10.0,
        "attempts": 2, "attempt_gap": 2.0, "confirmation": {"failures": 1, "recoveries": 2},
        "check": {"kind": "heartbeat", "period": 3600, "grace": 300}, "expect": None, "degraded": None,
    }  # fmt: skip
    Path(deployment.environment["PULSEBOARD_CONFIG"]).write_text(json.dumps(CONFIG | {"monitors": [heartbeat]}))
    pings = PingTable(deployment.dynamodb, deployment.environment["TABLE_NAME"])
    address = f"/ping/{pings.make_key_ring(b'k' * 32).key('import')}"
    at = datetime(2026, 11, 22, 15, 20, 40, 125_000, tzinfo=UTC)
    answers, imported = deployment.invoke(
        "api",
        request(f"{address}/start", "HEAD", at=at),
        request(f"{address}/3", "POST", body=b"caf\xe9: no rows", at=at + timedelta(seconds=9)),
        request("/ping/00000000-0000-4000-8000-000000000000", at=at),
    )
    assert [Answer.of(answer).status for answer in answers] == [200, 200, 404]
    known = pings.pings()["import"]
    assert (known.failing_since, known.status, known.duration_ms) == (at + timedelta(seconds=9), 3, 9_000)
    assert known.excerpt == "caf\ufffd: no rows"
    body = pings.ping_body("import")
    assert body is not None
    assert body.data == b"caf\xe9: no rows"
    assert not {"pydantic", "jinja2", "httpx", "jsonpath_ng", "cronsim"} & set(imported)
