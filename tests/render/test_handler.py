"""The function as Lambda calls it, with a real table and a real bucket."""

import importlib
import json
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from types import ModuleType
from typing import TYPE_CHECKING
from uuid import uuid4

import boto3
import pytest

from functions.adapters.dynamo_store import connect
from functions.domain.verdict import Verdict
from tests.fakes.configs import document
from tests.fakes.samples import run
from tests.fakes.streams import Context

if TYPE_CHECKING:
    from pathlib import Path

    from mypy_boto3_s3 import S3Client


@pytest.fixture
def bucket(aws_environment: pytest.MonkeyPatch) -> "tuple[S3Client, str]":
    """Give an empty bucket."""
    del aws_environment
    client = boto3.client("s3")
    name = f"site-{uuid4().hex}"
    client.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    return client, name


@pytest.fixture
def start(
    aws_environment: pytest.MonkeyPatch, table: str, bucket: "tuple[S3Client, str]", tmp_path: "Path"
) -> Iterator[Callable[[], ModuleType]]:
    """Give what starts the function cold."""
    config = tmp_path / "config.json"
    config.write_text(json.dumps(document({"60s-0": ["api"]})))
    for name, value in {
        "TABLE_NAME": table,
        "BUCKET_NAME": bucket[1],
        "PAGE_URL": "https://status.example",
        "PULSEBOARD_CONFIG": str(config),
        "POWERTOOLS_SERVICE_NAME": "render",
        "POWERTOOLS_METRICS_NAMESPACE": "Pulseboard",
    }.items():
        aws_environment.setenv(name, value)

    def cold() -> ModuleType:
        sys.modules.pop("functions.render.handler", None)
        return importlib.import_module("functions.render.handler")

    yield cold
    sys.modules.pop("functions.render.handler", None)


def test_any_event_renders_the_page(
    start: Callable[[], ModuleType], bucket: "tuple[S3Client, str]", capsys: pytest.CaptureFixture[str]
) -> None:
    """A schedule, a notification and a second instance leave one page, and each says in one line what it did."""
    connect().put_run(run(datetime.now(UTC).replace(second=0, microsecond=0), Verdict.UP))
    first = start()
    done = first.lambda_handler({"reason": "schedule"}, Context())
    again = first.lambda_handler({"Records": [{"Sns": {"Message": "{}"}}]}, Context())
    other = start().lambda_handler({"Records": [{"Sns": {"Message": "{}"}}]}, Context())
    # Not exactly two: the quiet period may roll between two renderings, and then pages are made again.
    assert max(again["written"], other["written"]) < done["written"] / 3
    client, name = bucket
    page = client.get_object(Bucket=name, Key="index.html")
    assert page["ContentType"] == "text/html; charset=utf-8"
    assert b"/monitors/api" in page["Body"].read()
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["message"] for line in lines] == ["Rendered"] * 3
    assert all(line["function_request_id"] and line["duration_ms"] >= 0 for line in lines)
