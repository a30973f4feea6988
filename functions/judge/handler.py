"""Lambda entry point: hands the stream's runs to `judge_run`, oldest first."""

from typing import TYPE_CHECKING, Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit

from functions.adapters.dynamo_store import connect
from functions.adapters.in_order import InOrderProcessor
from functions.config import load_config
from functions.judge.follow import Follower

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
    from aws_lambda_powertools.utilities.typing import LambdaContext

logger = Logger()
metrics = Metrics()
processor = InOrderProcessor()
follower = Follower(config=load_config(), store=connect())


@logger.inject_lambda_context
def lambda_handler(event: dict[str, Any], context: "LambdaContext") -> "PartialItemFailureResponse":  # noqa: ARG001 - Lambda passes it
    """Judge a batch of runs; the answer names those that Lambda is to deliver again."""
    with processor(records=event["Records"], handler=follower.take):
        processor.process()
    for _, error, _ in processor.exceptions:
        logger.error("A run was not judged", exc_info=error)
    logger.info("Judged", extra={"runs": len(processor.success_messages), "events": follower.told()})
    if processor.exceptions:
        # Sent only then, since a metric costs while it is sent.
        metrics.add_metric(name="RunsNotJudged", unit=MetricUnit.Count, value=len(processor.exceptions))
        metrics.flush_metrics()
    return processor.response()
