"""docs/matchers.md tells the truth about operators and paths."""

import re
from pathlib import Path

import pytest

from configuration.jsonpath_rules import check_path
from functions.domain.operators import OPERATORS

PAGE = (Path(__file__).parents[2] / "docs" / "matchers.md").read_text(encoding="utf-8")


def rows(heading: str) -> list[list[str]]:
    """Return the cells of the first table under a heading, without its head; code marks are kept."""
    section = PAGE.split(f"# {heading}\n", 1)[1].split("\n#", 1)[0]
    lines = [line for line in section.splitlines() if line.startswith("| ")][2:]
    return [[cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line.strip("|"))] for line in lines]


def code(cell: str) -> str:
    """Return what stands between code marks; "" where nothing does."""
    found = re.fullmatch(r"(`+)\s?(.+?)\s?\1", cell)
    return found[2] if found else ""


def test_the_page_has_every_operator() -> None:
    """A new operator is not done until it is written down."""
    named = [name for row in rows("Operators") for name in re.findall(r"`(\w+)`", row[0])]
    assert named == [*OPERATORS]


@pytest.mark.parametrize("path", [code(row[0]) for row in rows("Accepted")])
def test_what_the_page_calls_accepted_is(path: str) -> None:
    """Each path of the table."""
    assert path
    assert check_path(path) is None


@pytest.mark.parametrize(("path", "instead"), [(code(row[0]), row[2]) for row in rows("Refused")])
def test_what_the_page_calls_refused_is_and_its_advice_works(path: str, instead: str) -> None:
    """Each path of the table, and what stands beside it."""
    assert path
    problem = check_path(path)
    assert problem is not None
    if code(instead):
        assert check_path(code(instead)) is None
    if instead.startswith("operator"):
        assert instead in problem
