"""Alarms of CloudWatch, and queues of SQS: what AWS says of them now.

Prices (list, us-east-1): DescribeAlarms $0.01 for 1,000 requests of up to 100 alarms, a million a month free of charge;
GetMetricData $0.01 for 1,000 metrics; GetQueueAttributes $0.40 for a million; GetCallerIdentity nothing.
"""

import threading
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeVar

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError, NoCredentialsError

if TYPE_CHECKING:
    from mypy_boto3_cloudwatch import CloudWatchClient
    from mypy_boto3_cloudwatch.literals import AlarmTypeType
    from mypy_boto3_cloudwatch.type_defs import MetricDataQueryTypeDef, MetricTypeDef
    from mypy_boto3_sqs import SQSClient

AT_ONCE = 100
"""Alarms that one DescribeAlarms takes by name."""
METRICS_AT_ONCE = 500
NEWEST = timedelta(minutes=10)
"""How far back the newest value of a metric is looked for: SQS sends one a minute, which takes some to arrive."""

# Shorter than the margin that a run keeps free: an AWS that hangs must not take the run with it.
_PATIENCE = Config(connect_timeout=1, read_timeout=2, retries={"mode": "standard", "total_max_attempts": 2})
_DENIED = ("AccessDenied", "AccessDeniedException")
_COUNTS = {
    "depth": "ApproximateNumberOfMessages",
    "in_flight": "ApproximateNumberOfMessagesNotVisible",
    "delayed": "ApproximateNumberOfMessagesDelayed",
}

K = TypeVar("K")
V = TypeVar("V")


class AwsTroubleError(Exception):
    """AWS does not tell; the message says why, as it reads on after what was asked for and a colon."""


class DeniedError(AwsTroubleError):
    """Whoever asks may not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmKey:
    """An alarm's place; composite ones are listed apart."""

    region: str
    name: str
    composite: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """An alarm's state (`OK`, `ALARM`, `INSUFFICIENT_DATA`), and CloudWatch's own words on why."""

    state: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Age:
    """How many seconds the oldest message of a queue had waited in the minute that began `at`."""

    seconds: float
    at: datetime


Told = Mapping[AlarmKey, Alarm | AwsTroubleError | None]


class Clients:
    """boto3's clients by service and region, each made when it is first needed."""

    def __init__(self, make: Callable[..., Any] = boto3.client) -> None:
        self._make = make
        self._made: dict[tuple[str, str], Any] = {}
        self._lock = threading.Lock()

    def get(self, service: str, region: str) -> Any:  # noqa: ANN401 - each service has its own class
        """Return the client; raises BotoCoreError where the settings of this machine allow none."""
        with self._lock:  # making one is not safe in several threads
            key = (service, region)
            if key not in self._made:
                self._made[key] = self._make(service, region_name=region, config=_PATIENCE)
            return self._made[key]


class AwsReader:
    """Asks AWS; every method blocks, and may be called from any thread."""

    def __init__(self, clients: Clients | None = None) -> None:
        self._clients = clients or Clients()
        self._account: str | None = None
        self._refused: set[AlarmKey] = set()

    def account(self, region: str) -> str:
        """Return the number of the account whose credentials these are; raises AwsTroubleError."""
        if self._account is None:
            found = _told(lambda: self._clients.get("sts", region).get_caller_identity())
            self._account = str(found["Account"])
        return self._account

    def alarms(self, keys: Collection[AlarmKey]) -> Told:
        """Return each alarm, None where there is no such, or why it cannot be told."""
        told: dict[AlarmKey, Alarm | AwsTroubleError | None] = {}
        kinds = {(key.region, key.composite, key in self._refused) for key in keys}
        for region, composite, refused in sorted(kinds):
            these = (
                key for key in keys if (key.region, key.composite, key in self._refused) == (region, composite, refused)
            )
            for part in list(_parts(sorted(these, key=lambda key: key.name), AT_ONCE)):
                told |= self._alarms(part)
        return told

    def _alarms(self, keys: list[AlarmKey]) -> Told:
        """Return alarms of one region and type.

        One that we may not ask for hides all others of a request. Then each is asked for by itself, once: from then on
        those that were refused have a request of their own, and cost no more than that.
        """
        try:
            client = _told(lambda: self._clients.get("cloudwatch", keys[0].region))
            found = _told(lambda: _described(client, keys))
        except DeniedError as error:
            if len(keys) == 1 or self._refused.issuperset(keys):
                self._refused.update(keys)
                return dict.fromkeys(keys, error)
            return {key: alarm for one in keys for key, alarm in self._alarms([one]).items()}
        except AwsTroubleError as error:
            return dict.fromkeys(keys, error)
        self._refused.difference_update(keys)
        return found

    def counts(self, *, region: str, account: str, queue: str) -> Mapping[str, int] | None:
        """Return a queue's messages by `depth`, `in_flight`, `delayed`; None where there is no such queue.

        Raises AwsTroubleError.
        """

        def ask() -> Mapping[str, int] | None:
            client: SQSClient = self._clients.get("sqs", region)
            address = f"{client.meta.endpoint_url}/{account}/{queue}"
            try:
                # The stubs want the attributes' names as literals, and give them back as such.
                answer = client.get_queue_attributes(QueueUrl=address, AttributeNames=[*_COUNTS.values()])  # type: ignore[list-item]
            except client.exceptions.QueueDoesNotExist:
                return None
            attributes: Mapping[str, str] = answer["Attributes"]  # type: ignore[assignment]  # as above
            return {name: int(attributes[attribute]) for name, attribute in _COUNTS.items()}

        return _told(ask)

    def ages(self, keys: Collection[tuple[str, str]]) -> Mapping[tuple[str, str], Age | AwsTroubleError | None]:
        """Return, by region and queue, the newest age of its oldest message; None where there is none."""
        told: dict[tuple[str, str], Age | AwsTroubleError | None] = {}
        for region in sorted({region for region, _ in keys}):
            for queues in _parts(sorted(queue for where, queue in keys if where == region), METRICS_AT_ONCE):
                try:
                    found = self._ages(region, queues)
                    told |= {(region, queue): found.get(queue) for queue in queues}
                except AwsTroubleError as error:
                    told |= {(region, queue): error for queue in queues}
        return told

    def _ages(self, region: str, queues: list[str]) -> Mapping[str, Age]:
        def ask() -> Mapping[str, Age]:
            client: CloudWatchClient = self._clients.get("cloudwatch", region)
            now = datetime.now(UTC)
            newest: dict[str, Age] = {}
            for page in client.get_paginator("get_metric_data").paginate(
                MetricDataQueries=[_age_of(f"q{at}", queue) for at, queue in enumerate(queues)],
                StartTime=now - NEWEST,
                EndTime=now,
                ScanBy="TimestampDescending",
            ):
                for series in page["MetricDataResults"]:
                    if series["Values"]:
                        age = Age(seconds=series["Values"][0], at=series["Timestamps"][0])
                        newest.setdefault(queues[int(series["Id"][1:])], age)
            return newest

        return _told(ask)


def _described(client: "CloudWatchClient", keys: list[AlarmKey]) -> Mapping[AlarmKey, Alarm | None]:
    kind: AlarmTypeType = "CompositeAlarm" if keys[0].composite else "MetricAlarm"
    # A page holds 50 unless more are asked for.
    answer = client.describe_alarms(AlarmNames=[key.name for key in keys], AlarmTypes=[kind], MaxRecords=AT_ONCE)
    found = [*answer.get("MetricAlarms", ()), *answer.get("CompositeAlarms", ())]
    known = {each["AlarmName"]: Alarm(state=each["StateValue"], reason=each.get("StateReason", "")) for each in found}
    return {key: known.get(key.name) for key in keys}


def _age_of(identity: str, queue: str) -> "MetricDataQueryTypeDef":
    """Return the query; what metrics there are: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html."""
    metric: MetricTypeDef = {
        "Namespace": "AWS/SQS",
        "MetricName": "ApproximateAgeOfOldestMessage",
        "Dimensions": [{"Name": "QueueName", "Value": queue}],
    }
    return {"Id": identity, "MetricStat": {"Metric": metric, "Period": 60, "Stat": "Maximum"}}


def _told(ask: Callable[[], V]) -> V:
    """Return what `ask` returns; whatever keeps AWS from telling is an AwsTroubleError."""
    try:
        return ask()
    except NoCredentialsError as error:
        words = "there are no AWS credentials; set AWS_PROFILE, or sign in"
        raise AwsTroubleError(words) from error
    except ClientError as error:
        code = error.response.get("Error", {}).get("Code", "unknown error")
        if code in _DENIED:
            raise DeniedError(f"not allowed ({code})") from error
        raise AwsTroubleError(code) from error
    except BotoCoreError as error:
        raise AwsTroubleError(type(error).__name__) from error


def _parts(items: list[K], size: int) -> Iterator[list[K]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]
