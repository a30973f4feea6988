"""Lambda entry point: publishes the stream's events to the alert topic, oldest first."""

import os
from typing import TYPE_CHECKING, Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit

from functions.adapters.in_order import InOrderProcessor
from functions.adapters.sns_topic import connect
from functions.config import load_config
from functions.notify.announce import Announcer
from functions.places import read_places

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
    from aws_lambda_powertools.utilities.typing import LambdaContext

logger = Logger()
metrics = Metrics()
processor = InOrderProcessor()
config = load_config()
announcer = Announcer(
    config=config,
    topic=connect(),
    urls={page: place.url for page, place in read_places(config.pages, os.environ).items()},
)


@logger.inject_lambda_context
def lambda_handler(event: dict[str, Any], context: "LambdaContext") -> "PartialItemFailureResponse":  # noqa: ARG001 - Lambda passes it
    """Announce a batch of events; the answer names the first that could not be, from which Lambda goes on."""
    announcer.unreadable = 0
    with processor(records=event["Records"], handler=announcer.take):
        outcomes = processor.process()
    for _, error, _ in processor.exceptions:
        logger.error("An event was not announced; the stream will deliver it again", exc_info=error)
    told = [result for outcome, result, _ in outcomes if outcome == "success"]
    logger.info("Announced", extra={"events": told, "unreadable": announcer.unreadable})
    if announcer.unreadable:
        # Sent only then, since a metric costs while it is sent.
        metrics.add_metric(name="UnreadableEvents", unit=MetricUnit.Count, value=announcer.unreadable)
        metrics.flush_metrics()
    return processor.response()
