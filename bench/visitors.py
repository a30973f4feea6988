"""What readers cost: visitors of the page, and callers of the API. Apart from the monthly bill: it has no visitors."""

from dataclasses import dataclass

from bench import prices
from bench.bill import Line
from bench.usage import Usage

VIEWS = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A first look at the page: requests, and bytes compressed as CloudFront does."""

    requests: int
    transferred: int


def view_lines(view: View) -> tuple[Line, ...]:
    """Return what VIEWS first looks cost."""
    return (
        Line(
            name="CloudFront requests",
            quantity=VIEWS * view.requests,
            unit="requests",
            price=prices.CLOUDFRONT_REQUEST,
        ),
        Line(
            name="CloudFront transfer",
            quantity=VIEWS * view.transferred / prices.GB,
            unit="GB",
            price=prices.CLOUDFRONT_GB,
        ),
    )


def call_lines(call: Usage) -> tuple[Line, ...]:
    """Return what VIEWS calls of the API that no cache answers cost; `call` is one."""
    use = call.functions["api"]
    return (
        Line(name="HTTP API", quantity=VIEWS, unit="requests", price=prices.HTTP_API_REQUEST),
        Line(
            name=f"Lambda api, {use.memory_mb} MB",
            quantity=VIEWS * use.gb_seconds,
            unit="GB-s",
            price=prices.LAMBDA_GB_SECOND,
        ),
        Line(name="Lambda requests", quantity=VIEWS, unit="requests", price=prices.LAMBDA_REQUEST),
        Line(name="S3 GET", quantity=VIEWS * call.s3_reads, unit="requests", price=prices.S3_READ_REQUEST),
        Line(name="DynamoDB reads", quantity=VIEWS * call.read_units, unit="RRU", price=prices.DYNAMODB_READ_UNIT),
        Line(name="X-Ray traces", quantity=VIEWS * call.traces, unit="traces", price=prices.XRAY_TRACE),
        Line(
            name="CloudWatch Logs, written",
            quantity=VIEWS * call.log_bytes / prices.GB,
            unit="GB",
            price=prices.LOGS_INGESTED_GB,
        ),
    )
