"""The page about bad targets."""

from pathlib import Path

from functions.domain.verdict import Verdict
from tests.probe.bad_targets import TABLES, document

PAGE = Path(__file__).parents[2] / "docs" / "bad-targets.md"


def test_the_page_is_current() -> None:
    """`python -m tests.probe.bad_targets > docs/bad-targets.md` makes it so."""
    assert PAGE.read_text(encoding="utf-8") == document()


def test_there_are_enough_of_them() -> None:
    """At least sixty targets that are not well, of every kind that connects to one."""
    bad = [row for rows in TABLES.values() for row in rows.values() if row.verdict is not Verdict.UP]
    assert len(bad) >= 60
