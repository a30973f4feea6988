"""Lambda entry point: wires the bucket, the table and the config to the routes."""

import os
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

import boto3
from aws_lambda_powertools import Logger
from aws_lambda_powertools.metrics import MetricUnit, single_metric
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from functions.adapters.ping_table import PingTable
from functions.adapters.run_clock import RunClock
from functions.adapters.site_reader import SiteReader
from functions.api.app import STATUS_KEY, build_app
from functions.api.readiness import Readiness, assess_readiness, runs_since
from functions.api.take_ping import KnownKeys, PingTaker
from functions.config import load_config
from functions.domain.checks.heartbeat import Heartbeat
from functions.places import read_places

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.typing import LambdaContext
    from mypy_boto3_dynamodb import DynamoDBClient

    from functions.domain.ping import Ping

logger = Logger()
# A visitor waits: rather a quick error, which the CDN covers with what it last had, than a slow answer.
_PATIENCE = Config(connect_timeout=1, read_timeout=2, retries={"total_max_attempts": 2, "mode": "standard"})

config = load_config()
shortest = min((shard.interval for shard in config.shards.values()), default=None)
s3 = boto3.client("s3", config=_PATIENCE)
sites = {page: SiteReader(s3, place.bucket) for page, place in read_places(config.pages, os.environ).items()}


@cache
def dynamodb() -> "DynamoDBClient":
    """Connect to the table when it is first asked for: a visitor, who reads files, need not wait for it."""
    return boto3.client("dynamodb", region_name=os.environ.get("TABLE_REGION") or None, config=_PATIENCE)


@cache
def ping_taker() -> PingTaker:
    """Return what takes pings; it remembers the keys."""
    store = PingTable(dynamodb(), os.environ["TABLE_NAME"])
    heartbeats = {monitor: config.monitors[monitor].check for monitor in config.heartbeats}
    return PingTaker(
        heartbeats={monitor: check for monitor, check in heartbeats.items() if isinstance(check, Heartbeat)},
        keys=KnownKeys(store, config.heartbeats),
        store=store,
    )


def take_ping(key: str, ping: "Ping", body: bytes) -> bool:
    """Record a ping; return whether its key is known."""
    return ping_taker().take(key, ping, body)


def readiness(at: datetime) -> Readiness:
    """Look at the table and the bucket; what cannot be reached is a part that fails, and not an error of ours."""
    last_run_at = last_render_at = None
    table = True
    try:
        clock = RunClock(dynamodb(), os.environ["TABLE_NAME"])
        last_run_at = clock.last_run(since=runs_since(shortest or 0, at), at=at)
    except (BotoCoreError, ClientError):
        logger.exception("The table cannot be read")
        table = False
    try:
        last_render_at = sites[config.pages[0].id].last_modified(STATUS_KEY)
    except (BotoCoreError, ClientError):
        logger.exception("The bucket cannot be read")
    return assess_readiness(
        table=table, last_run_at=last_run_at, last_render_at=last_render_at, interval=shortest, at=at
    )


def count_failure() -> None:
    """Send a metric: only when it happens, since one that is always sent costs $0.30 a month."""
    with single_metric(name="ApiFailures", unit=MetricUnit.Count, value=1):
        pass


app = build_app(
    pages={page.id: sites[page.id] for page in config.pages if page.id in sites and not page.private},
    readiness=readiness,
    clock=lambda: datetime.now(UTC),
    logger=logger,
    count_failure=count_failure,
    take_ping=take_ping if config.heartbeats else None,
)


@logger.inject_lambda_context
def lambda_handler(event: dict[str, Any], context: "LambdaContext") -> dict[str, Any]:
    """Answer one request of the HTTP API (payload format 2.0)."""
    return app.resolve(event, context)
