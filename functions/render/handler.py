"""Lambda entry point: wires the table, the bucket, the config and the templates to `render`.

Any event starts a rendering: the schedule's, the alert topic's, a deployment's. It says nothing that the table does not
say better.
"""

import os
from dataclasses import asdict
from datetime import UTC, datetime
from time import perf_counter
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import boto3
from aws_lambda_powertools import Logger
from aws_lambda_powertools.metrics import MetricUnit, single_metric
from botocore.config import Config

from functions.adapters.dynamo_store import connect
from functions.adapters.site_bucket import S3SiteBucket
from functions.config import load_config
from functions.places import read_places
from functions.render.look import FOLDER as BRANDS
from functions.render.look import branded, read_look
from functions.render.render import Outlet, Renderer, render
from functions.render.templates import Templates

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.typing import LambdaContext

logger = Logger()
config = load_config()
store = connect()
s3 = boto3.client(
    "s3",
    config=Config(
        connect_timeout=2,
        read_timeout=10,
        max_pool_connections=16,
        retries={"mode": "standard", "total_max_attempts": 4},
    ),
)
places = read_places(config.pages, os.environ)
outlets = tuple(
    Outlet(
        page=page,
        bucket=S3SiteBucket(s3, places[page.id].bucket),
        templates=Templates(
            language=page.language,
            time_zone=page.time_zone,
            look=branded(page.brand, read_look(BRANDS / page.id)),
        ),
        url=places[page.id].url,
    )
    for page in config.pages
)
renderer = Renderer(instance=uuid4().hex)


@logger.inject_lambda_context
def lambda_handler(event: dict[str, Any], context: "LambdaContext") -> dict[str, Any]:  # noqa: ARG001 (Lambda's signature)
    """Render the pages as they are now; returns what was done."""
    started = perf_counter()
    done = render(
        renderer,
        config=config,
        store=store,
        outlets=outlets,
        at=datetime.now(UTC),
    )
    report: dict[str, Any] = {
        "conflicts": done.conflicts,
        "duration_ms": round((perf_counter() - started) * 1000),
        **(asdict(done.published) if done.published else {}),
    }
    if done.conflicts:
        # Only sent when it happens: a custom metric costs $0.30 in each month in which it is sent all the time.
        with single_metric(name="RenderConflicts", unit=MetricUnit.Count, value=done.conflicts):
            pass
    logger.info("Rendered" if done.published else "Superseded by a later rendering", extra=report)
    return report
