"""Tables of docs/ out of bench/latest.json."""

import json
from pathlib import Path

import pytest

from bench.__main__ import LATEST
from bench.published import PAGES, TABLES, filled

LATEST_RUN = json.loads(LATEST.read_text(encoding="utf-8"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_pages_say_what_was_measured_last(page: Path) -> None:
    """`python -m bench docs` makes it so."""
    text = page.read_text(encoding="utf-8")
    assert filled(text, LATEST_RUN) == text


def test_every_table_is_on_a_page() -> None:
    """Nothing is measured that nobody reads."""
    text = "".join(page.read_text(encoding="utf-8") for page in PAGES)
    assert [name for name in TABLES if f"<!-- bench: {name} -->" not in text] == []


def test_a_bill_has_a_column_for_each_size_and_its_sum_last() -> None:
    """A line that a size does not have is empty there; the dearest of 100 monitors comes first."""
    latest = {
        "cost": {
            "at": "2026-11-22T18:00:00Z",
            "sizes": {
                "1000": {"dollars": 3.0, "lines": [{"name": "b", "dollars": 3.0}]},
                "100": {"dollars": 1.5, "lines": [{"name": "a", "dollars": 0.5}, {"name": "b", "dollars": 1.0}]},
            },
        }
    }

    text = filled("Before\n<!-- bench: bill -->\nold\n<!-- end -->\nafter", latest)

    assert text.splitlines() == [
        "Before",
        "<!-- bench: bill -->",
        "|  | 100 monitors | 1,000 monitors |",
        "| --- | ---: | ---: |",
        "| b | 1.0000 | 3.0000 |",
        "| a | 0.5000 |  |",
        "| **together** | **1.50** | **3.00** |",
        "",
        "Run of 2026-11-22.",
        "<!-- end -->",
        "after",
    ]


def test_a_table_that_nobody_knows_is_an_error() -> None:
    """A marker with a slip in its name would otherwise keep old figures for ever."""
    with pytest.raises(KeyError, match="bil"):
        filled("<!-- bench: bil -->\n<!-- end -->", LATEST_RUN)
