"""A month's usage as the lines of a bill. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bench import prices
from bench.usage import Stored, Usage


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line: `quantity` of `unit` in a month, at `price` dollars each."""

    name: str
    quantity: float
    unit: str
    price: float

    @property
    def dollars(self) -> float:
        """Return what the line comes to."""
        return self.quantity * self.price


def monthly_bill(month: Usage, stored: Stored) -> tuple[Line, ...]:
    """Return what `month` costs, without visitors, custom domain and alarms; lines of nothing are left out."""
    lines = (*_functions(month), *_requests(month), *_storage(month, stored))
    return tuple(line for line in lines if line.quantity)


def total_dollars(lines: Sequence[Line]) -> float:
    """Return the sum of the bill."""
    return sum(line.dollars for line in lines)


def _functions(month: Usage) -> Iterator[Line]:
    for name, use in sorted(month.functions.items()):
        yield Line(
            name=f"Lambda {name}, {use.memory_mb} MB",
            quantity=use.gb_seconds,
            unit="GB-s",
            price=prices.LAMBDA_GB_SECOND,
        )
    invocations = sum(use.invocations for use in month.functions.values())
    yield Line(name="Lambda requests", quantity=invocations, unit="requests", price=prices.LAMBDA_REQUEST)


def _requests(month: Usage) -> Iterator[Line]:
    yield Line(
        name="EventBridge Scheduler",
        quantity=month.schedule_invocations,
        unit="invocations",
        price=prices.SCHEDULER_INVOCATION,
    )
    yield Line(name="DynamoDB writes", quantity=month.write_units, unit="WRU", price=prices.DYNAMODB_WRITE_UNIT)
    yield Line(name="DynamoDB reads", quantity=month.read_units, unit="RRU", price=prices.DYNAMODB_READ_UNIT)
    yield Line(name="S3 PUT and LIST", quantity=month.s3_writes, unit="requests", price=prices.S3_WRITE_REQUEST)
    yield Line(name="S3 GET", quantity=month.s3_reads, unit="requests", price=prices.S3_READ_REQUEST)
    yield Line(name="SNS publishes", quantity=month.sns_publishes, unit="messages", price=prices.SNS_PUBLISH)
    yield Line(name="SNS e-mails", quantity=month.sns_emails, unit="messages", price=prices.SNS_EMAIL)
    yield Line(name="Secrets Manager reads", quantity=month.secret_reads, unit="reads", price=prices.SECRET_READ)
    yield Line(name="X-Ray traces", quantity=month.traces, unit="traces", price=prices.XRAY_TRACE)
    yield Line(
        name="CloudWatch custom metrics",
        quantity=month.metric_hours / prices.HOURS_A_MONTH,
        unit="metric-months",
        price=prices.METRIC_MONTH,
    )


def _storage(month: Usage, stored: Stored) -> Iterator[Line]:
    table = stored.table_bytes / prices.GB
    yield Line(name="DynamoDB storage", quantity=table, unit="GB-months", price=prices.DYNAMODB_GB_MONTH)
    yield Line(
        name="DynamoDB point-in-time recovery",
        quantity=table,
        unit="GB-months",
        price=prices.DYNAMODB_RECOVERY_GB_MONTH,
    )
    yield Line(
        name="S3 storage",
        quantity=stored.bucket_bytes / prices.GB,
        unit="GB-months",
        price=prices.S3_GB_MONTH,
    )
    logs = month.log_bytes / prices.GB
    yield Line(name="CloudWatch Logs, written", quantity=logs, unit="GB", price=prices.LOGS_INGESTED_GB)
    # No credit for compression: CloudWatch compresses what it stores, by an amount that it does not promise.
    yield Line(
        name="CloudWatch Logs, kept",
        quantity=logs * stored.log_days / 30,
        unit="GB-months",
        price=prices.LOGS_GB_MONTH,
    )
