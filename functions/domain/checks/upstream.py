"""What somebody else's status page says of them."""

from dataclasses import dataclass
from typing import ClassVar

from functions.domain.checks.check import Check

STATUSPAGE = "statuspage"
FEED = "feed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Upstream(Check):
    """A status page to read; `name` is who it is about, in public words.

    `format` is `statuspage` (`url` is the page, or its summary.json) or `feed` (`url` is an RSS or Atom feed).
    `component` is the id or the name of the only part of a Statuspage that matters.
    """

    kind: ClassVar[str] = "upstream"

    name: str
    url: str
    format: str = STATUSPAGE
    component: str | None = None
