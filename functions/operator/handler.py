"""Lambda entry point: wires the table and the config to the operators' routes."""

import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from aws_lambda_powertools import Logger

from functions.adapters.dynamo_store import connect
from functions.config import load_config
from functions.domain.page import page_showing
from functions.operator.app import build_app
from functions.places import read_places

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.typing import LambdaContext

logger = Logger()
config = load_config()
places = read_places(config.pages, os.environ)

app = build_app(
    store=connect(),
    names={monitor.id: monitor.name for monitor in config.monitors.values()},
    page_url=lambda monitors: places[page_showing(config.pages, monitors).id].url,
    clock=lambda: datetime.now(UTC),
    seed=lambda: uuid4().hex,
    logger=logger,
    # Neither a metric nor an alarm: whoever asked is a person, and sees that it failed.
    count_failure=lambda: None,
)


@logger.inject_lambda_context
def lambda_handler(event: dict[str, Any], context: "LambdaContext") -> dict[str, Any]:
    """Answer one request of the HTTP API (payload format 2.0); who asked is logged, and never public."""
    answered = app.resolve(event, context)
    request = event["requestContext"]
    caller = request.get("authorizer", {}).get("iam", {}).get("userArn")
    route = f"{request['http']['method']} {request['http']['path']}"
    logger.info("Answered", extra={"caller": caller, "route": route, "status": answered["statusCode"]})
    return answered
