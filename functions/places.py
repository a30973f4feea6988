"""Where each page is: its bucket and its address, as the deployment tells the functions.

The main page's stand in BUCKET_NAME and PAGE_URL; those of the others in OTHER_PAGES, a JSON object by page id:
`{"internal": {"bucket": "…", "url": "https://…"}}`, without trailing slashes. A function is told what it needs.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from functions.domain.page import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A page's bucket and address; empty where the function was not told."""

    bucket: str = ""
    url: str = ""


def read_places(pages: Sequence[Page], environment: Mapping[str, str]) -> dict[str, Place]:
    """Return the places by page id, in the order of the pages; of those that the function is told of."""
    main = Place(bucket=environment.get("BUCKET_NAME", ""), url=environment.get("PAGE_URL", ""))
    others: Mapping[str, Mapping[str, str]] = json.loads(environment.get("OTHER_PAGES") or "{}")
    return {
        page.id: main if position == 0 else Place(**others[page.id])
        for position, page in enumerate(pages)
        if position == 0 or page.id in others
    }
