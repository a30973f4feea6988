"""What AWS itself says of an alarm, or of a queue."""

from dataclasses import dataclass
from typing import ClassVar

from functions.domain.checks.check import Check

NO_DATA = "no_data"


@dataclass(frozen=True, slots=True, kw_only=True)
class AwsCheck(Check):
    """The CloudWatch alarm `alarm` or the SQS queue `queue`, by name; one of the two is set.

    `account` is that of the ARN that was written, None for the probe's own. `composite` alarms are listed apart.
    `on_alarm` is the verdict while the alarm is in ALARM; `on_insufficient_data` a verdict, or NO_DATA. Of a
    `dead_letter` queue every message counts as its depth. `oldest`: whether anybody asks for the age of the oldest
    message, which costs a request more.
    """

    kind: ClassVar[str] = "aws"

    region: str
    account: str | None = None
    alarm: str | None = None
    composite: bool = False
    on_alarm: str = "down"
    on_insufficient_data: str = NO_DATA
    queue: str | None = None
    dead_letter: bool = False
    oldest: bool = False
