"""What can be counted or measured besides an exchange, by the key under which it is asked for, and how it reads."""

from collections.abc import Callable, Mapping
from typing import Final

from functions.domain.wording import show

_UNITS = ((86400, "d"), (3600, "h"), (60, "min"), (1, "s"))


def _age(value: object) -> str:
    """Write seconds exactly, in whatever units it takes: `12 min 5 s`."""
    if not isinstance(value, (int, float)):
        return show(value)
    left, parts = round(value), []
    for size, unit in _UNITS:
        count, left = divmod(left, size)
        if count:
            parts.append(f"{count} {unit}")
    return " ".join(parts) or "0 s"


MEASURES: Final[Mapping[str, Callable[[object], str]]] = {
    "depth": show,
    "in_flight": show,
    "delayed": show,
    "oldest": _age,
}
"""Of a queue: messages that wait, that somebody works on, that are held back; and seconds the oldest has waited."""
