"""Text that strangers wrote, made fit for markup: no character that XML or HTML forbids."""

import re
from typing import Final, TypeVar

_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
"""Outside of `Char` in XML 1.0, or a control or noncharacter that the HTML standard calls a parse error."""

_DIRECTION: Final = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Marks that turn the reading direction: inside a badge, or a title, they would also turn our own words."""

_Text = TypeVar("_Text", bound=object)


def allowed(value: _Text) -> _Text:
    """Return `value` with what markup forbids replaced by U+FFFD; anything but text comes back as it is.

    The type is kept, so that text which is marked as safe stays so.
    """
    if isinstance(value, str) and _FORBIDDEN.search(value):
        return type(value)(_FORBIDDEN.sub("\ufffd", value))
    return value


def one_line(text: str, *, limit: int) -> str:
    """Return `text` on one line without direction marks, cut to `limit` characters with an ellipsis."""
    line = " ".join(_DIRECTION.sub("", allowed(text)).split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"
