"""From measured hours to the month."""

import json
from dataclasses import asdict

import pytest

from bench.bill import total_dollars
from bench.cost import TROUBLED, month_of
from bench.objects import kind_of_object
from bench.usage import FunctionUse, Stored, Usage


def report(quiet: Usage, troubled: Usage, start_ms: float = 0) -> dict[str, object]:
    """Return what the simulation of one size writes, as it is read back from JSON."""
    start = FunctionUse(memory_mb=1024, billed_ms=start_ms)
    document = {
        "quiet_hour": asdict(quiet),
        "troubled_hour": asdict(troubled),
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


def test_badges_that_are_drawn_once_a_day_are_paid_as_if_each_had_changed() -> None:
    """Eight PUTs of each monitor on each of 30 days."""
    month = month_of({**report(Usage(), Usage()), "monitors": 100})

    assert total_dollars(month) == pytest.approx(8 * 100 * 30 * 0.000005)


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
