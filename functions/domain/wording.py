"""How values that a target sent are quoted: short, on one line, with nothing invisible in them."""

import json
from collections.abc import Iterable

from functions.domain.json_value import MISSING
from functions.domain.result import REASON_LIMIT

EXPECTED_LIMIT = 80
"""Characters that a reason keeps of what was expected, so that there is room for what was seen."""

_MORE = 12
"""Room for "; +999 more"."""


def cut(text: str, limit: int = REASON_LIMIT) -> str:
    """Return the text, ending in an ellipsis where it was longer than `limit` characters."""
    return text if len(text) <= limit else text[: limit - 1] + "…"


def visible(text: str) -> str:
    r"""Return the text with all that does not print (controls, bidi marks, lone surrogates) as `\uXXXX`."""
    if text.isprintable():
        return text
    return "".join(
        c if c.isprintable() else f"\\u{ord(c):04x}" if ord(c) <= 0xFFFF else f"\\U{ord(c):08x}"  # noqa: PLR2004 - the Basic Multilingual Plane's end
        for c in text
    )


def show(value: object) -> str:
    """Return the value as JSON on one line, cut to `REASON_LIMIT` characters."""
    if value is MISSING:
        return "nothing"
    if isinstance(value, str):
        value = value[:REASON_LIMIT]
        quoted = json.dumps(value, ensure_ascii=False)
        return cut(visible(quoted))
    return cut(visible(json.dumps(value, ensure_ascii=False, default=str)))


def join_reasons(reasons: Iterable[str]) -> str:
    """Return as many of the reasons as fit, joined with "; ", and how many more there are.

    The first is always there, cut to `REASON_LIMIT` characters, which is also the most that is returned.
    """
    first, *others = reasons
    text = cut(first)
    for position, reason in enumerate(others):
        left = len(others) - position
        longer = f"{text}; {reason}"
        if len(longer) + (_MORE if left > 1 else 0) > REASON_LIMIT:
            suffix = f"; +{left} more"
            return f"{cut(text, REASON_LIMIT - len(suffix))}{suffix}"
        text = longer
    return text
