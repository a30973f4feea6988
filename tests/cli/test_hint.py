"""Words that are not known, and what helps whoever wrote them."""

import pytest

from cli.hint import hint


@pytest.mark.parametrize(
    ("word", "known", "said"),
    [
        ("chekout", ["checkout", "search"], "Did you mean `checkout`?"),
        ("zzz", ["checkout", "search"], "There are: checkout, search."),
        ("zzz", [], "There are: none."),
    ],
)
def test_a_word_that_is_not_known_is_met_with_those_that_are(word: str, known: list[str], said: str) -> None:
    """What is near was probably meant; else all that there are."""
    assert hint(word, known) == said
