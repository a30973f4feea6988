"""A deployment in the embedded AWS: table, bucket and topic, and the real functions with their real adapters in here.

The functions run in this process, so that their CPU and their requests can be counted one invocation at a time; the
schedule, the stream and the topic's subscription are driven by bench/flow.py. One deployment a process: handlers read
their environment and configuration when they are imported.
"""

import importlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import Any, ClassVar

import boto3
from boto3.session import Session

from bench.facts import Facts
from bench.invocation import Function
from bench.meter import Meter
from bench.output import Output
from bench.table import Table

TABLE, BUCKET, REGION = "pulseboard-bench", "pulseboard-bench", "us-east-1"
_WITH_TARGETS = frozenset({"probe"})


class Clock(datetime):
    """The time that handlers read: the simulated one."""

    moment: ClassVar[datetime] = datetime(2026, 1, 1, tzinfo=UTC)

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> "datetime":  # type: ignore[override]  # a moment is a plain datetime
        """Return the simulated moment."""
        return cls.moment.astimezone(tz)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deployment:
    """Functions by name, and what counts what they do."""

    functions: Mapping[str, Function]
    meter: Meter
    output: Output
    raw: Session
    """A session whose requests nobody counts."""
    address: str

    def bucket_bytes(self) -> int:
        """Return the bytes of all objects of the site."""
        client = self.raw.client("s3", endpoint_url=self.address)
        pages = client.get_paginator("list_objects_v2").paginate(Bucket=BUCKET)
        return sum(each["Size"] for page in pages for each in page.get("Contents", ()))


def deploy(address: str, runtime: Mapping[str, object], facts: Facts, *, folder: Path, authority: Path) -> Deployment:
    """Make the resources at `address` and wire the functions to them; `authority` signs the targets' certificates."""
    config = folder / "config.json"
    config.write_text(json.dumps(runtime))
    topic = _make(address)
    os.environ |= _environment(address, topic, config, authority)
    raw = Session()
    boto3.setup_default_session(region_name=REGION)
    if boto3.DEFAULT_SESSION is None:
        raise RuntimeError("boto3 made no default session")
    meter = Meter(table=Table(client=raw.client("dynamodb", endpoint_url=address), name=TABLE))
    meter.attach(boto3.DEFAULT_SESSION._session)  # noqa: SLF001 -- boto3 has no public way to its events
    output = Output()
    output.install()
    functions = {
        name: Function(
            name=name,
            handler=_handler(name, memory_mb=size.memory_mb),
            memory_mb=size.memory_mb,
            timeout=size.timeout,
            traced=size.traced,
            has_targets=name in _WITH_TARGETS,
        )
        for name, size in facts.functions.items()
    }
    return Deployment(functions=functions, meter=meter, output=output, raw=raw, address=address)


def _handler(name: str, *, memory_mb: int) -> Any:  # noqa: ANN401 -- handlers differ in what they take and return
    os.environ["POWERTOOLS_SERVICE_NAME"] = name
    os.environ["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"] = str(memory_mb)
    module = importlib.import_module(f"functions.{name}.handler")
    if hasattr(module, "datetime"):
        module.datetime = Clock  # type: ignore[attr-defined]  # wiring, and no handler takes the clock as a parameter
    return module.lambda_handler


def handler_environment() -> dict[str, str]:
    """Return the environment that handlers read when they are imported; `deploy` has set it."""
    return {name: os.environ[name] for name in ("TABLE_NAME", "BUCKET_NAME", "TOPIC_ARN", "PULSEBOARD_CONFIG")}


def _make(address: str) -> str:
    os.environ |= {
        "AWS_ACCESS_KEY_ID": "bench",
        "AWS_SECRET_ACCESS_KEY": "bench",
        "AWS_DEFAULT_REGION": REGION,
    }
    session = Session()
    session.client("dynamodb", endpoint_url=address).create_table(
        TableName=TABLE,
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
        AttributeDefinitions=[{"AttributeName": name, "AttributeType": "S"} for name in ("pk", "sk")],
        BillingMode="PAY_PER_REQUEST",
    )
    session.client("s3", endpoint_url=address).create_bucket(Bucket=BUCKET)
    return session.client("sns", endpoint_url=address).create_topic(Name="pulseboard-bench")["TopicArn"]


def _environment(address: str, topic: str, config: Path, authority: Path) -> dict[str, str]:
    return {
        "AWS_ENDPOINT_URL": address,
        "AWS_REGION": REGION,
        "TABLE_NAME": TABLE,
        "TABLE_REGION": REGION,
        "BUCKET_NAME": BUCKET,
        "TOPIC_ARN": topic,
        "PAGE_URL": "https://status.acme.example",
        "API_URL": "https://api.acme.example",
        "PULSEBOARD_CONFIG": str(config),
        "POWERTOOLS_METRICS_NAMESPACE": "Pulseboard",
        "POWERTOOLS_LOG_LEVEL": "INFO",
        "AWS_LAMBDA_FUNCTION_NAME": "bench",
        "SSL_CERT_FILE": str(authority),
    }
