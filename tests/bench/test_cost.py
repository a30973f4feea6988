"""From measured hours to the month."""

import json
from dataclasses import asdict

import pytest

from bench.bill import total_dollars
from bench.cost import TROUBLED, month_of
from bench.objects import kind_of_object
from bench.simulation import counted_elsewhere
from bench.usage import FunctionUse, Stored, Usage


def report(quiet: Usage, troubled: Usage, start_ms: float = 0) -> dict[str, object]:
    """Return what the simulation of one size writes, as it is read back from JSON."""
    start = FunctionUse(memory_mb=1024, billed_ms=start_ms)
    document = {
        "quiet_hour": asdict(quiet),
        "troubled_hour": asdict(troubled),
        "once_a_day": asdict(Usage()),
        "monitors": 0,
        "cold_starts": {"probe": asdict(start), "api": asdict(start)},
        "stored": asdict(Stored()),
    }
    read: dict[str, object] = json.loads(json.dumps(document))
    return read


def test_a_month_has_quiet_and_troubled_hours() -> None:
    """720 together; a dollar an hour of S3 reads in quiet ones, two in troubled ones."""
    month = month_of(report(Usage(s3_reads=2.5e6), Usage(s3_reads=5e6)))

    assert total_dollars(month) == pytest.approx(720 - TROUBLED + 2 * TROUBLED)


def test_starts_are_paid_but_those_of_the_api_which_has_no_visitors_here() -> None:
    """12 a day, of one second at 1 GB, of the one function."""
    month = month_of(report(Usage(), Usage(), start_ms=1000))

    assert total_dollars(month) == pytest.approx(12 * 30 * 0.0000133334)


def test_what_a_new_day_brings_is_paid_thirty_times() -> None:
    """A rendering that was measured: a dollar a day of S3 reads."""
    month = month_of({**report(Usage(), Usage()), "once_a_day": asdict(Usage(s3_reads=2.5e6))})

    assert total_dollars(month) == pytest.approx(30)


def test_certificates_are_paid_as_often_as_their_badges_change() -> None:
    """Two PUTs of each monitor a week."""
    month = month_of({**report(Usage(), Usage()), "monitors": 100})

    assert total_dollars(month) == pytest.approx(2 * 100 * 30 / 7 * 0.000005)


@pytest.mark.parametrize(
    ("kind", "counted"),
    [
        ("badge of a monitor: certificate.svg", True),
        ("badge of a monitor: uptime-24h.json", True),
        ("badge of a page: response-time-p50.svg", False),
        ("badge of a monitor: response-time.json", False),
        ("badge of a monitor: uptime-7d.plastic.svg", False),
    ],
)
def test_of_a_new_day_only_those_badges_count_that_nothing_else_counts(kind: str, counted: bool) -> None:  # noqa: FBT001 (a column)
    """The hours renew some, a rule stands for certificates."""
    assert counted_elsewhere(kind) is counted


@pytest.mark.parametrize(
    ("key", "kind"),
    [
        ("index.html", "index.html"),
        ("monitors/api", "monitors/…"),
        ("badge/acme/status.svg", "badge of a page: status.svg"),
        ("badge/acme/api/uptime-24h.json", "badge of a monitor: uptime-24h.json"),
    ],
)
def test_objects_are_counted_by_what_they_are(key: str, kind: str) -> None:
    """100 monitors' pages are one kind."""
    assert kind_of_object(key) == kind
