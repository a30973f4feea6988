"""Text that strangers wrote, put into Markdown of ours: the counterpart of escaping for HTML."""

import re
from typing import Final

from markupsafe import Markup

from functions.render.plain_text import one_line

_LONGEST: Final = 1000
_NOTHING: Final = "…"
"""In the place of an empty text: a link needs words."""
_MARKS: Final = re.compile(r"([\\`*_{}\[\]<>#|~&!$])")
_AT_START: Final = re.compile(r"^([-+=]|\d+(?=[.)](?:\s|$)))")


def as_markdown(text: str) -> Markup:
    """Return `text` on one line as Markdown that shows just it: no mark in it means anything, also in a table.

    It is escaped for Markdown, and so need not be escaped for HTML.
    """
    escaped = _MARKS.sub(r"\\\1", one_line(text, limit=_LONGEST) or _NOTHING)
    start = _AT_START.match(escaped)
    if start is not None:
        first = start[0]
        rest = escaped[len(first) :]
        escaped = f"{first}\\{rest}" if first.isdigit() else f"\\{first}{rest}"
    return Markup(escaped)  # noqa: S704 (Markdown, in which nothing is left that means anything)
