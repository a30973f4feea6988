"""Regular expressions from pulseboard.yaml, searched in text that a stranger sent."""

import re
import warnings
from collections.abc import Callable
from typing import TypeAlias

STEPS = 1_000_000
"""Backtracking steps that `cautious_search` allows itself: some tens of milliseconds."""

Search: TypeAlias = Callable[[re.Pattern[str], str], bool]


class GaveUpError(Exception):
    """Looking took too long: nothing is known of whether it would have been found."""


def check_regex(pattern: str) -> str | None:
    """Return what is wrong with a regular expression, in words for its author; None when it compiles."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # what Python warns of today is read in another way tomorrow
        try:
            re.compile(pattern)
        except re.error as error:
            place = "" if error.pos is None else f" at character {error.pos + 1}"
            return f"{error.msg}{place}"
        except (Warning, OverflowError) as problem:
            return str(problem)
        except RecursionError:
            return "too deeply nested"
    return None


def search(pattern: re.Pattern[str], text: str) -> bool:
    """Tell whether the pattern is found anywhere: only where something else ends it in time."""
    return pattern.search(text) is not None


def cautious_search(pattern: re.Pattern[str], text: str) -> bool:
    """Tell whether the pattern is found anywhere, where nothing could interrupt the search.

    Python's matcher backtracks, so the bound has to be known before it starts. Without a repeated group, one start has
    at most as many ways as the choices multiply to: the text's length for `*`, `+` and `{`, two for `?` and `|`. More
    than `STEPS` in all, or a repeated group (its ways may be exponential): raises GaveUpError without searching.
    """
    source = pattern.pattern
    if pattern.flags & re.VERBOSE or re.search(r"\)[*+{]", source):
        raise GaveUpError("gave up: a repeated group may take for ever on such a text")
    repeats = sum(map(source.count, "*+{"))
    options = sum(map(source.count, "?|"))
    if (len(text) + 1) ** (1 + repeats) * 2**options > STEPS:
        raise GaveUpError("gave up: this expression may take for ever on so long a text")
    return search(pattern, text)
