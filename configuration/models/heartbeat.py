"""Workers and cron jobs that report in."""

from typing import Annotated, ClassVar, Self

from pydantic import AfterValidator, Field, PlainValidator, model_validator

from configuration.models.check import CheckModel
from configuration.models.fields import duration_schema, seconds_between
from configuration.models.model import all_wrong, wrong
from configuration.models.page import known_time_zone
from configuration.problem import Finding
from configuration.units import DURATIONS
from configuration.wording import quoted
from functions.domain.cron import CronError, check_cron

GRACE = 300.0
"""Seconds, where nothing is said."""

_SHORTEST, _LONGEST = DURATIONS["m"], 366 * DURATIONS["d"]


def _cron(expression: str) -> str:
    try:
        check_cron(expression)
    except CronError as error:
        raise wrong(f"{quoted(expression)} is no cron expression: {error}; an example: `0 3 * * 1-5`") from error
    return " ".join(expression.split())


def _seconds(what: str) -> PlainValidator:
    return PlainValidator(seconds_between(_SHORTEST, _LONGEST, what=what))


class Heartbeat(CheckModel):
    """When a worker or a cron job has to report in: every `period`, or by `cron`."""

    claims: ClassVar = ()

    period: Annotated[float, _seconds("a period"), duration_schema("1h", "1d")] | None = Field(
        default=None, description="The longest time between two pings, 1m to 366d."
    )
    cron: Annotated[str, AfterValidator(_cron)] | None = Field(
        default=None, description="When pings are due, as the crontab has it: `0 3 * * *`."
    )
    time_zone: Annotated[str, AfterValidator(known_time_zone)] | None = Field(
        default=None, description="The IANA time zone that `cron` is meant in. Default `UTC`."
    )
    grace: Annotated[float, _seconds("a grace time"), duration_schema("5m", "1h")] | None = Field(
        default=None,
        description="How late a ping may be, and how long a run may take that told of its start. Default 5m.",
    )

    @model_validator(mode="after")
    def one_schedule(self) -> Self:
        """Refuse none and two of them, and a time zone without a clock."""
        if self.period is None and self.cron is None:
            message = "nothing says when pings are due; add `period: 1h`, or `cron: 0 3 * * *`"
            raise all_wrong([Finding(location=(), message=message)], None)
        if self.period is not None and self.cron is not None:
            message = "`period` and `cron` are both there; keep one"
            raise all_wrong([Finding(location=("cron",), message=message, at_key=True)], self.cron)
        if self.period is not None and self.time_zone is not None:
            message = "a period is the same in every time zone; `time_zone` belongs to `cron`"
            raise all_wrong([Finding(location=("time_zone",), message=message, at_key=True)], self.time_zone)
        return self

    def compiled(self, asked: frozenset[str]) -> dict[str, object]:
        """Return the fields that are set, and the grace time; whole seconds."""
        fields = {"grace": GRACE, **super().compiled(asked)}
        return {name: round(value) if isinstance(value, float) else value for name, value in fields.items()}
