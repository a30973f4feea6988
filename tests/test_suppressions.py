"""A lint exception has its reason beside it (CONTRIBUTING.md)."""

import re
import tokenize
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from infra.options import ROOT

FOLDERS: Final = ("bench", "cli", "configuration", "examples", "functions", "infra", "localisation", "tests")
EXCEPTION: Final = re.compile(
    r"#\s*(?:noqa(?::\s*[A-Z]+[0-9]+(?:,\s*[A-Z]+[0-9]+)*)?|type:\s*ignore(?:\[[a-z, -]+\])?)"
)
REASON: Final = re.compile(r"[A-Za-z]{2}")


def sources() -> list[Path]:
    """Return the project's Python files."""
    return [ROOT / "app.py", *(file for folder in FOLDERS for file in sorted((ROOT / folder).rglob("*.py")))]


def unexplained(file: Path) -> Iterator[int]:
    """Yield the lines with an exception that neither the comment itself nor one right above gives a reason for."""
    with file.open("rb") as opened:
        comments = {
            token.start[0]: (token.string, token.line.lstrip().startswith("#"))
            for token in tokenize.tokenize(opened.readline)
            if token.type == tokenize.COMMENT
        }
    for line, (text, _) in comments.items():
        above, alone = comments.get(line - 1, ("", False))
        if EXCEPTION.search(text) and not REASON.search(EXCEPTION.sub("", text)) and not (above and alone):
            yield line


def test_every_exception_says_why() -> None:
    """To the linter's rules and to the types'."""
    found = [f"{file.relative_to(ROOT)}:{line}" for file in sources() for line in unexplained(file)]
    assert found == []
