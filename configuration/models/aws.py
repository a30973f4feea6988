"""Alarms and queues of AWS."""

import re
from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from configuration.models.check import CheckModel
from configuration.models.model import all_wrong, wrong
from configuration.problem import Finding
from configuration.regions import check_region, partitions
from configuration.wording import listed, quoted
from functions.domain.secret import REFERENCE

_ALARM_ARN = "arn:aws:cloudwatch:REGION:ACCOUNT:alarm:NAME"
_QUEUE_ARN = "arn:aws:sqs:REGION:ACCOUNT:NAME"
_QUEUE_NAME = re.compile(r"(?=.{1,80}$)[A-Za-z0-9_-]+(\.fifo)?")
_QUEUE_URL = re.compile(
    r"https?://sqs\.(?P<region>[a-z0-9-]+)\.amazonaws\.com(?:\.cn)?/(?P<account>\d{12})/(?P<name>[^/?]+)"
)
_LONGEST_ALARM = 255
_WHAT = ("alarm", "queue", "dead_letter_queue")


def _arn(text: str, *, service: str, form: str) -> list[str] | None:
    """Return what follows the service in an ARN: region, account, the rest; None for what is no ARN."""
    if not text.startswith("arn:"):
        return None
    parts = text.split(":", 5)
    if len(parts) < 6 or parts[2] != service:  # noqa: PLR2004 - arn, partition, service, region, account, resource
        whose = f"something of `{parts[2]}`" if any(parts[2:3]) else "nothing in particular"
        raise wrong(f"{quoted(text)} is the ARN of {whose}; what is needed is a name, or `{form}`")
    if partitions().get(parts[3]) != parts[1]:
        raise wrong(f"{quoted(text)}: there is no region `{parts[3]}` in `{parts[1]}`; what is needed is `{form}`")
    if not re.fullmatch(r"\d{12}", parts[4]):
        raise wrong(f"{quoted(text)}: an account has 12 digits; what is needed is `{form}`")
    return parts[3:]


def _alarm(text: str) -> str:
    parts = _arn(text, service="cloudwatch", form=_ALARM_ARN)
    if parts and not parts[2].startswith("alarm:"):
        raise wrong(f"{quoted(text)} is not the ARN of an alarm; that reads `{_ALARM_ARN}`")
    name = parts[2].removeprefix("alarm:") if parts else text
    if not 1 <= len(name) <= _LONGEST_ALARM or any(ord(c) < ord(" ") or ord(c) == 0x7F for c in name):  # noqa: PLR2004 (DEL)
        raise wrong(f"an alarm's name has 1 to {_LONGEST_ALARM} characters, and no control characters")
    if REFERENCE.search(name):
        raise wrong("the name of an alarm is no secret: the probe's role has to name it")
    return text


def _queue(text: str) -> str:
    address = _QUEUE_URL.fullmatch(text)
    if address:
        region, account, name = address["region"], address["account"], address["name"]
        meant = f"arn:{partitions().get(region, 'aws')}:sqs:{region}:{account}:{name}"
        raise wrong(f"{quoted(text)} is the address of a queue; its ARN is needed, or its name with a `region`", meant)
    parts = _arn(text, service="sqs", form=_QUEUE_ARN)
    name = parts[2] if parts else text
    if not _QUEUE_NAME.fullmatch(name):
        allowed = "up to 80 letters, digits, `-` and `_`, and `.fifo` at the end of one that is first in, first out"
        raise wrong(f"{quoted(name)} is no name of a queue; allowed: {allowed}")
    return text


QueueName = Annotated[str, AfterValidator(_queue)]


class Aws(CheckModel):
    """What AWS says of one alarm of CloudWatch, or of one queue of SQS."""

    claims: ClassVar = ("depth", "in_flight", "delayed", "oldest")

    alarm: Annotated[str, AfterValidator(_alarm)] | None = Field(
        default=None, description=f"A CloudWatch alarm: its name, or `{_ALARM_ARN}`."
    )
    queue: QueueName | None = Field(default=None, description=f"An SQS queue: its name, or `{_QUEUE_ARN}`.")
    dead_letter_queue: QueueName | None = Field(
        default=None, description="The same for a queue that is to be empty; in `depth`, every message of it counts."
    )
    region: Annotated[str, AfterValidator(check_region)] | None = Field(
        default=None, description="Where it is; required beside a name, and part of an ARN."
    )
    composite: bool | None = Field(
        default=None,
        description="Whether the alarm is a composite one. AWS shows these only to roles that may see all alarms.",
    )
    on_alarm: Literal["down", "degraded"] | None = Field(
        default=None, description="What ALARM means: `down` (the default) or `degraded`."
    )
    on_insufficient_data: Literal["no_data", "up", "degraded", "down"] | None = Field(
        default=None, description="What INSUFFICIENT_DATA means: `no_data` (the default), `up`, `degraded` or `down`."
    )

    @model_validator(mode="after")
    def says_one_thing(self) -> Self:
        """Refuse none and two of them, keys of the other, and a name without a place."""
        findings = list(self._findings())
        if findings:
            raise all_wrong(findings, self)
        return self

    def _findings(self) -> Iterator[Finding]:
        there = [key for key in _WHAT if key in self.model_fields_set]
        if not there:
            yield Finding(
                location=(),
                message=f"nothing says what to look at; one of these has to be there: {listed(list(_WHAT))}",
            )
            return
        if len(there) > 1:
            message = f"{listed(there)} exclude each other; keep one, or make two monitors"
            yield Finding(location=(there[1],), message=message, at_key=True)
            return
        for key in ("composite", "on_alarm", "on_insufficient_data"):
            if key in self.model_fields_set and there != ["alarm"]:
                yield Finding(location=(key,), message=f"`{key}` belongs to an `alarm`", at_key=True)
        if self._is_arn and self.region is not None and self.region != self.place[0]:
            yield Finding(location=("region",), message=f"the ARN is of {self.place[0]}; leave `region` out")
        if not self._is_arn and self.region is None:
            message = f"a name alone does not say where it is; add `region: eu-west-1`, or write `{self._form}`"
            yield Finding(location=(there[0],), message=message)

    @property
    def place(self) -> tuple[str, str | None, str]:
        """Return region, account (None for the one that it is deployed to) and name."""
        if not self._is_arn:
            return self.region or "", None, self._written
        _, _, _, region, account, name = self._written.split(":", 5)
        return region, account, name.removeprefix("alarm:") if self.alarm else name

    def compiled(self, asked: frozenset[str]) -> dict[str, object]:
        """Return the fields of the domain's class."""
        region, account, name = self.place
        return {
            "region": region,
            **({"account": account} if account else {}),
            ("alarm" if self.alarm else "queue"): name,
            **({"dead_letter": True} if self.dead_letter_queue else {}),
            **({"oldest": True} if "oldest" in asked else {}),
            **{
                key: value
                for key in ("composite", "on_alarm", "on_insufficient_data")
                if (value := getattr(self, key)) is not None
            },
        }

    def expected(self) -> dict[str, object] | None:
        """Return that a dead-letter queue is empty."""
        return {"depth": {"eq": 0}} if self.dead_letter_queue else None

    @property
    def _written(self) -> str:
        return self.alarm or self.queue or self.dead_letter_queue or ""

    @property
    def _is_arn(self) -> bool:
        return self._written.startswith("arn:")

    @property
    def _form(self) -> str:
        return _ALARM_ARN if self.alarm else _QUEUE_ARN
