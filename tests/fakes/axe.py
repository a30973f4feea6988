"""What axe-core says of the page in a tab (https://github.com/dequelabs/axe-core)."""

from functools import cache
from pathlib import Path
from typing import Final

from playwright.sync_api import Page

SOURCE: Final = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
_RUN: Final = """async (rules) => {
  const {violations} = await axe.run(document, {resultTypes: ["violations"], rules});
  return violations.flatMap(({id, nodes}) =>
    nodes.map(({target, failureSummary}) => `${id}: ${target.join(" ")}: ${failureSummary}`));
}"""


def violations(page: Page, *, framed: bool = False) -> list[str]:
    """Return what breaks a rule of axe-core, its best practices included: rule, element and how to mend it.

    What is `framed` stands on somebody else's page, which has the heading. It is run from outside, so that
    the page's own content policy holds meanwhile.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(_source())
    found: list[str] = page.evaluate(_RUN, {"page-has-heading-one": {"enabled": not framed}})
    return found


@cache
def _source() -> str:
    return SOURCE.read_text(encoding="utf-8")
