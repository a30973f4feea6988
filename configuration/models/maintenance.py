"""A planned window, once or recurring."""

import re
import warnings
from datetime import datetime
from typing import Annotated, Self

from pydantic import AfterValidator, Field, PlainValidator, WithJsonSchema, model_validator

from configuration.models.fields import Line, Slug, Text, duration_schema, seconds_between
from configuration.models.model import Model, all_wrong, wrong
from configuration.models.page import known_time_zone
from configuration.problem import Finding
from configuration.wording import quoted

LONGEST = 31 * 86_400
_PARTS = re.compile(r"[A-Z]+=[A-Z0-9,+-]+(;[A-Z]+=[A-Z0-9,+-]+)*")
_FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
_UNTIL = re.compile(r"\d{8}T\d{6}Z")
_EXAMPLE = "`FREQ=WEEKLY;BYDAY=SU`"


def moment(text: str) -> datetime:
    """Return the time that `text` says, with or without an offset. Raises what Pydantic reports."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise wrong(
            f"{quoted(text)} is no time; allowed: `2026-12-01T22:00` (in the time zone) or `2026-12-01T22:00+01:00`"
        ) from error
    if re.fullmatch(r"[0-9-]+", text):
        raise wrong(f"{quoted(text)} has no time of day; write it: `{text}T22:00`", f"{text}T22:00")
    return at


def _moment(text: str) -> str:
    moment(text)
    return text


def recurrence(text: str) -> str:
    """Return the rule in capitals and without its name; what it means is looked at where its start is known."""
    plain = text.strip().removeprefix("RRULE:").upper().rstrip(";")
    if not _PARTS.fullmatch(plain):
        raise wrong(f"{quoted(text)} is no recurrence rule of RFC 5545; allowed: such as {_EXAMPLE}")
    parts = dict(part.split("=", 1) for part in plain.split(";"))
    frequency = parts.get("FREQ")
    if frequency not in _FREQUENCIES:
        said = f"FREQ={frequency}" if frequency else "no FREQ"
        raise wrong(f"found {said}; a maintenance recurs DAILY, WEEKLY, MONTHLY or YEARLY: such as {_EXAMPLE}")
    if "UNTIL" in parts and not _UNTIL.fullmatch(parts["UNTIL"]):
        raise wrong(
            f"found UNTIL={parts['UNTIL']}; with a time zone, RFC 5545 wants it in UTC: `UNTIL=20271231T235959Z`"
        )
    if re.fullmatch(r"0+|-.*", parts.get("INTERVAL", "1")):
        raise wrong(f"found INTERVAL={parts['INTERVAL']}, with which it would never move on; the least is 1")
    if "UNTIL" in parts and "COUNT" in parts:
        raise wrong("UNTIL and COUNT are both there; a rule ends in one way")
    return plain


def first_occurrence(rule: str, start: datetime) -> datetime | None:
    """Return when `rule`, from `start` on (aware), happens first; None for never. Raises ValueError for no rule."""
    from dateutil.rrule import rrulestr  # noqa: PLC0415 - only where there is a rule

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            found: datetime | None = next(iter(rrulestr(rule, dtstart=start)), None)
        except (KeyError, TypeError, Warning, OverflowError) as error:
            raise ValueError(str(error)) from error
    return found


class Maintenance(Model):
    """A planned window: nobody is alerted of its monitors, the page says why, and uptime leaves it out."""

    title: Line = Field(description="What is being done, for the page.")
    description: Text | None = Field(default=None, description="A few words more, for the page.")
    from_: Annotated[str, AfterValidator(_moment)] = Field(
        alias="from",
        description="When it begins, or first begins: `2026-12-01T22:00` in the time zone, or with an offset.",
    )
    until: Annotated[str, AfterValidator(_moment)] | None = Field(
        default=None, description="When it ends. For what happens once; else a `duration`."
    )
    duration: (
        Annotated[float, PlainValidator(seconds_between(60, LONGEST, what="a duration")), duration_schema("30m", "2h")]
        | None
    ) = Field(default=None, description="How long it takes, 1m to 31d.")
    rrule: (
        Annotated[
            str, AfterValidator(recurrence), WithJsonSchema({"type": "string", "examples": ["FREQ=WEEKLY;BYDAY=SU"]})
        ]
        | None
    ) = Field(
        default=None,
        description="How it recurs: an RRULE of RFC 5545, DAILY, WEEKLY, MONTHLY or YEARLY. Default: once.",
    )
    time_zone: Annotated[str, AfterValidator(known_time_zone)] | None = Field(
        default=None, description="The IANA time zone of `from` and `until`, and of the rule. Default: the page's."
    )
    monitors: list[Slug] | None = Field(
        default=None, min_length=1, description="Ids of the monitors that it concerns. Default, without `groups`: all."
    )
    groups: list[Line] | None = Field(
        default=None, min_length=1, description="Groups whose monitors it concerns, beside `monitors`."
    )

    @model_validator(mode="after")
    def it_ends_in_one_way(self) -> Self:
        """Refuse a window without an end, with two, and a recurring one with `until`."""
        if self.rrule is not None and self.until is not None:
            message = "what recurs has a `duration`; the last time stands in the rule: `UNTIL=20271231T235959Z`"
            raise all_wrong([Finding(location=("until",), message=message, at_key=True)], self.until)
        if self.until is not None and self.duration is not None:
            message = "`until` and `duration` are both there; keep one"
            raise all_wrong([Finding(location=("duration",), message=message, at_key=True)], self.duration)
        if self.until is None and self.duration is None:
            ways = "`duration`" if self.rrule is not None else "`until` or `duration`"
            raise wrong(f"nothing says when it ends; add {ways}")
        return self
