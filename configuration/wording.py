"""How a value from the file is named in a message."""

import json

_LONGEST = 60
"""Characters of a value that are shown."""


def found(value: object) -> str:
    """Return what was found, and of what type it is, as part of a sentence."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return f"{'true' if value else 'false'} (a yes-or-no value)"
    if isinstance(value, int | float):
        return f"{value} (a number)"
    if isinstance(value, str):
        return f"{quoted(value)} (text)"
    if isinstance(value, list):
        return "a list" if value else "an empty list"
    return "a mapping" if value else "an empty mapping"


def quoted(text: str) -> str:
    """Return `text` in quotes, on one line, cut where it is long."""
    short = text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
    return json.dumps(short, ensure_ascii=not short.isprintable())


def listed(words: list[str]) -> str:
    """Return the words as `a`, `b`, `c`."""
    return ", ".join(f"`{word}`" for word in words)
