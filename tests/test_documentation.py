"""The documentation leads where it says, and its index leads everywhere."""

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from infra.options import ROOT

PAGES: Final = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK: Final = re.compile(r"\]\(([^)\s]+)\)")
CODE: Final = re.compile(r"^```.*?^```$|^    [^\n]*$|`[^`\n]*`", re.MULTILINE | re.DOTALL)


def named(page: Path) -> str:
    """Return a page's path from the root of the project."""
    return page.relative_to(ROOT).as_posix()


def links(page: Path) -> Iterator[str]:
    """Yield where a page's links lead, within the project."""
    for found in LINK.finditer(CODE.sub("", page.read_text(encoding="utf-8"))):
        if not found[1].startswith(("https://", "http://", "mailto:")):
            yield found[1]


def anchors(page: Path) -> set[str]:
    """Return what GitHub calls the headings of a page: in lower case, without punctuation, blanks as hyphens."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    plain = (LINK.sub("", heading).replace("`", "").strip().lower() for heading in headings)
    return {
        "".join(c for c in text if c in "- _" or unicodedata.category(c)[0] in "LN").replace(" ", "-") for text in plain
    }


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_links_lead_somewhere(page: Path) -> None:
    """To a file that is there and, in a page, to a heading that is there."""
    lost = []
    for link in links(page):
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        if not target.exists() or (anchor and anchor not in anchors(target)):
            lost.append(link)
    assert lost == []


@pytest.mark.parametrize("folder", ["docs", "docs/decisions"])
def test_the_index_names_every_page(folder: str) -> None:
    """Whoever begins there comes to all of them."""
    index = ROOT / folder / "README.md"
    there = {page.name for page in (ROOT / folder).glob("*.md")} - {"README.md"}
    assert there - {link.partition("#")[0] for link in links(index)} == set()
