"""Lambda entry point: wires the table to the rollup."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from aws_lambda_powertools import Logger

from functions.adapters.dynamo_store import connect
from functions.config import load_config
from functions.rollup.learn import is_due, learn
from functions.rollup.request import read_request
from functions.rollup.roll_up import rebuild, roll_up

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.typing import LambdaContext

logger = Logger()
store = connect()
config = load_config()
maintained = config.calendar.covers
spiking = frozenset(monitor.id for monitor in config.monitors.values() if monitor.spike)


@logger.inject_lambda_context
def lambda_handler(event: dict[str, Any], context: "LambdaContext") -> dict[str, Any]:
    """Roll the past hours up, or rebuild the days that `event` asks for.

    Returns what was done; where the time did not suffice, `left` is the event that does the rest.
    """
    at = datetime.now(UTC)
    request = read_request(event, today=at.date())
    done = (
        roll_up(store, at=at, maintained=maintained, evidence_of=spiking)
        if request is None
        else rebuild(
            store,
            request,
            at=at,
            seconds_left=lambda: context.get_remaining_time_in_millis() / 1000,
            maintained=maintained,
            evidence_of=spiking,
        )
    )
    learnt = learn(store, spiking, at=at) if request is None and is_due(at) else 0
    report = {
        "days": done.days,
        "hours_written": done.hours_written,
        "learnt": learnt,
        "left": done.left.event() if done.left else None,
    }
    logger.info("Rolled up", extra=report)
    return report
