"""How often, how long and how many times: of one monitor, or the default of all."""

from typing import Annotated

from pydantic import Field, PlainValidator

from configuration.models.fields import AttemptGap, Timeout, duration_schema
from configuration.models.model import Model, wrong
from configuration.timing import LONGEST_INTERVAL, MINUTE, MOST_ATTEMPTS
from configuration.units import UnitError, duration, spell


def whole_minutes(value: object) -> int:
    """Return seconds: whole minutes, since that is how finely EventBridge Scheduler can tell times apart."""
    allowed = "allowed are whole minutes from `1m` (or `60s`) to `24h`: the scheduler knows nothing finer than a minute"
    try:
        seconds = duration(value)
    except UnitError as error:
        raise wrong(str(error), error.suggestion) from error
    if seconds < MINUTE or seconds > LONGEST_INTERVAL:
        meant = "1m" if seconds < MINUTE else "24h"
        raise wrong(f"an interval of {spell(seconds)} cannot be scheduled; {allowed}", meant)
    if seconds % MINUTE:
        raise wrong(f"an interval of {spell(seconds)} cannot be scheduled; {allowed}", f"{round(seconds / MINUTE)}m")
    return round(seconds)


class Confirmation(Model):
    """How many runs in a row it takes to believe a change."""

    failures: int | None = Field(
        default=None, ge=1, le=10, description="Failing runs in a row before an incident is opened. Default 1."
    )
    recoveries: int | None = Field(
        default=None, ge=1, le=10, description="Good runs in a row before an incident is resolved. Default 2."
    )


class Timing(Model):
    """What `defaults` and each monitor have in common."""

    interval: Annotated[int, PlainValidator(whole_minutes), duration_schema("1m", "5m", "1h")] | None = Field(
        default=None, description="How often to check: whole minutes from 1m to 24h. Default 60s."
    )
    timeout: Timeout | None = Field(
        default=None,
        description="How long one attempt may take, from the name's look-up to the last byte. Default 10s.",
    )
    attempts: int | None = Field(
        default=None,
        ge=1,
        le=MOST_ATTEMPTS,
        description="How often a failing check is tried before it counts. Default 2.",
    )
    attempt_gap: AttemptGap | None = Field(default=None, description="The wait between two attempts. Default 2s.")
    confirmation: Confirmation | None = Field(
        default=None, description="How many runs in a row confirm a failure or a recovery."
    )
    regions: list[str] | None = Field(
        default=None,
        min_length=1,
        description="The regions to check from, of those in the top-level `regions`. Default: all of them.",
    )


class Defaults(Timing):
    """What monitors use that do not say otherwise."""
