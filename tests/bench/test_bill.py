"""The arithmetic of the bill, against figures worked out by hand."""

import pytest

from bench import prices
from bench.bill import monthly_bill, total_dollars
from bench.usage import FunctionUse, Stored, Usage, total

MINUTES = 43_200


def dollars(usage: Usage, stored: Stored | None = None) -> float:
    """Return the sum of the bill."""
    return total_dollars(monthly_bill(usage, stored or Stored()))


def test_nothing_costs_nothing() -> None:
    """And its bill has no lines."""
    assert monthly_bill(Usage(), Stored()) == ()


@pytest.mark.parametrize(
    ("usage", "expected"),
    [
        # 43,200 x 0.5 s x 0.25 GB = 5,400 GB-s, and 43,200 requests.
        (
            Usage(functions={"probe": FunctionUse(memory_mb=256, invocations=MINUTES, billed_ms=MINUTES * 500)}),
            5400 * 0.0000133334 + 0.0432 * 0.20,
        ),
        (Usage(schedule_invocations=MINUTES), 0.0432),
        (Usage(write_units=4_320_000), 2.70),
        (Usage(read_units=8_000_000), 1.00),
        (Usage(s3_writes=8640 * 1100), 47.52),
        (Usage(s3_reads=1_000_000), 0.40),
        (Usage(sns_publishes=1_000_000), 0.50),
        (Usage(sns_emails=1000), 0.02),
        (Usage(metric_hours=prices.HOURS_A_MONTH), 0.30),
        (Usage(metric_hours=72), 0.03),
        (Usage(log_bytes=2 * prices.GB), 1.06),
        (Usage(secret_reads=10_000), 0.05),
        (Usage(traces=1_000_000), 5.00),
    ],
)
def test_each_thing_costs_what_its_price_says(usage: Usage, expected: float) -> None:
    """One line a kind, in a month."""
    assert dollars(usage) == pytest.approx(expected, rel=1e-9)


def test_what_is_stored_is_paid_with_its_recovery() -> None:
    """A gigabyte in the table and ten in the bucket."""
    stored = Stored(table_bytes=prices.GB, bucket_bytes=10 * prices.GB)

    assert dollars(Usage(), stored) == pytest.approx(0.25 + 0.20 + 0.23)


def test_an_hour_makes_a_month() -> None:
    """Hours of two kinds, each so many times, are added up by function and by count."""
    quiet = Usage(functions={"probe": FunctionUse(memory_mb=256, invocations=60, billed_ms=30_000)}, write_units=180)
    troubled = Usage(functions={"probe": FunctionUse(memory_mb=256, invocations=60, billed_ms=90_000)}, sns_emails=4)

    month = total([quiet.times(700), troubled.times(20)])

    assert month.functions["probe"].invocations == 720 * 60
    assert month.functions["probe"].gb_seconds == pytest.approx(0.25 * (700 * 30 + 20 * 90))
    assert (month.write_units, month.sns_emails) == (700 * 180, 80)


def test_a_function_has_one_size() -> None:
    """Hours of differently sized functions are different deployments."""
    small = Usage(functions={"probe": FunctionUse(memory_mb=256)})
    large = Usage(functions={"probe": FunctionUse(memory_mb=512)})

    with pytest.raises(ValueError, match="256 MB and with 512 MB"):
        small.plus(large)
