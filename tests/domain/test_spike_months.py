"""Months of ordinary life in silence, and a blocked event loop within three runs: the promise of `spike`."""

from pathlib import Path

import pytest

from tests.fakes.spike_months import Month, months, table

DOCS = Path(__file__).parents[2] / "docs" / "judging.md"


@pytest.fixture(scope="module")
def results() -> dict[str, list[Month]]:
    """Return a month of every service with every seed: some fifteen seconds of work."""
    return months()


def test_a_month_of_ordinary_life_is_silent(results: dict[str, list[Month]]) -> None:
    """Cycles, drift, a deploy, pauses and a heavy tail, for every service and seed."""
    assert {name: [month.alarms for month in each] for name, each in results.items()} == {
        name: [0] * len(each) for name, each in results.items()
    }


def test_a_blocked_event_loop_is_seen_within_three_runs(results: dict[str, list[Month]]) -> None:
    """At any hour of the month; a service whose ordinary noise is as large may take longer, but most are seen."""
    for name, each in results.items():
        expected = 0.7 if "rough" in name else 0.99
        assert min(month.within_three for month in each) >= expected, name
        assert min(len(month.runs_to_detection) for month in each) > 100


def test_the_table_of_the_documentation_is_current(results: dict[str, list[Month]]) -> None:
    """`python -m tests.fakes.spike_months` prints the new one."""
    assert table(results) in DOCS.read_text(encoding="utf-8")
