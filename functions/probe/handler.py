"""Lambda entry point: wires network, secrets and table to `probe_shard`."""

import asyncio
import gc
import os
from dataclasses import replace
from datetime import UTC, datetime

import boto3
from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext
from botocore.config import Config

from functions.adapters.dynamo_store import connect
from functions.adapters.guard import interrupting_guard
from functions.adapters.network import Network
from functions.adapters.ping_table import PingTable
from functions.adapters.secrets import AwsSecrets
from functions.config import NO_CANARY, load_config
from functions.domain.address import AddressPolicy
from functions.probe.canary import canary, canary_url
from functions.probe.check import Tools
from functions.probe.executors import Executors
from functions.probe.heartbeats import ReportedHeartbeats
from functions.probe.pace import pace_of
from functions.probe.report import failing_lines, run_line, unmade_lines
from functions.probe.run import probe_shard, trace_of
from functions.probe.runtime_api import runtime_api
from functions.probe.schedule import scheduled_minute
from functions.store import PingReader

MARGIN_SECONDS = 6.0
"""Kept free before the function's own deadline: recording the run, with a repeat or two where the table is slow."""

# Shorter than the margin: a store of secrets that hangs must not take the run with it.
_AWS = Config(connect_timeout=1, read_timeout=2, retries={"mode": "standard", "total_max_attempts": 2})

logger = Logger()
metrics = Metrics()
config = load_config()
store = connect()
policy = AddressPolicy(allow_private=config.allow_private_targets, runtime_api=runtime_api(os.environ))
pace = pace_of(os.environ)
executors = Executors(Network(policy=policy))
executors.prepare(config.kinds)
# Whoever named the canary trusts it, wherever it stands.
trusting = replace(policy, allow_private=True)
ask_canary = canary(canary_url(config.canary, os.environ), Executors(Network(policy=trusting)))
secrets = AwsSecrets(
    secrets_manager=lambda: boto3.client("secretsmanager", config=_AWS), ssm=lambda: boto3.client("ssm", config=_AWS)
)


def _heartbeats() -> PingReader | None:
    """Connect to the pings where something reports in."""
    if not config.heartbeats:
        return None
    client = boto3.client("dynamodb", region_name=os.environ.get("TABLE_REGION") or None, config=_AWS)
    return PingTable(client, os.environ["TABLE_NAME"])


pings = _heartbeats()
# What was imported stays: no garbage collection has to walk through it again.
gc.freeze()


def _trouble(monitor: str, error: BaseException) -> None:
    logger.error("check failed inside", monitor=monitor, trace=trace_of(error))


@logger.inject_lambda_context
def lambda_handler(event: dict[str, object], context: LambdaContext) -> None:
    """Make one run of the event's shard."""
    shard = str(event["shard"])
    if shard not in config.shards:
        logger.warning("this deployment has no such shard", extra={"shard": shard})
        return
    run = asyncio.run(
        probe_shard(
            config.monitors_of(shard),
            shard=shard,
            at=scheduled_minute(event, datetime.now(UTC)),
            region=os.environ["AWS_REGION"],
            deadline=context.get_remaining_time_in_millis() / 1000 - MARGIN_SECONDS,
            tools=Tools(
                executors=executors,
                heartbeats=None if pings is None else ReportedHeartbeats(pings),
                guard=interrupting_guard(),
            ),
            secrets=secrets,
            store=store,
            troubles=_trouble,
            canary=ask_canary if config.canary != NO_CANARY else None,
            pace=pace,
        )
    )
    logger.info("run", extra=run_line(run))
    for line in failing_lines(run):
        logger.warning("not up", extra=line)
    for line in unmade_lines(run):
        logger.error("not checked", extra=line)
    if run.unmade:
        # A custom metric costs $0.30 for each month in which it is sent: only what should not happen is.
        metrics.add_metric(name="ChecksUnmade", unit=MetricUnit.Count, value=len(run.unmade))
        metrics.flush_metrics()
