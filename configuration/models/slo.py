"""What a monitor is measured by."""

from typing import Annotated

from pydantic import Field, PlainValidator

from configuration.models.fields import duration_schema
from configuration.models.model import Model, wrong
from configuration.units import DURATIONS, UnitError, duration, spell
from functions.domain.past import BARS


def _days(value: object) -> int:
    try:
        days = duration(value, bare="d") / DURATIONS["d"]
    except UnitError as error:
        raise wrong(str(error), error.suggestion) from error
    if days != round(days) or not 1 <= days <= BARS:
        raise wrong(f"found {spell(days * DURATIONS['d'])}; allowed are whole days from 1d to {BARS}d")
    return round(days)


class Slo(Model):
    """A service level objective."""

    target: float = Field(ge=50, le=99.999, description="The uptime to reach, in percent: `99.9`.")
    window: Annotated[int, PlainValidator(_days), duration_schema("7d", "30d", "90d")] | None = Field(
        default=None, description="The days over which it is to be reached, 1d to 90d, today included. Default 30d."
    )
