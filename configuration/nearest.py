"""The known word that somebody probably meant."""

from collections.abc import Iterable
from difflib import get_close_matches

_NEAR = 0.6
"""Similarity from which a word counts as meant: `intervall` and `time_out` are, `url` for `method` is not."""


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the word of `known` that is nearest to `word`, case aside; None where none is near."""
    by_fold = {name.casefold().replace("-", "_"): name for name in known}
    matches = get_close_matches(word.casefold().replace("-", "_")[:100], by_fold, n=1, cutoff=_NEAR)
    return by_fold[matches[0]] if matches else None
