"""Regular expressions on a stranger's text."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.domain.pattern import GaveUpError, cautious_search, check_regex


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("ok", "all ok", True),
        (r"^v\d+\.\d+$", "v1.22", True),
        (r"^(up|ok|healthy)$", "down", False),
        (r"(?i)HEALTHY", "healthy", True),
        (r"colou?r", "color", True),
        ("ok", "x" * 400_000 + "ok", True),
    ],
)
def test_what_must_end_is_searched(pattern: str, text: str, found: bool) -> None:  # noqa: FBT001 - a column of the table
    """Everyday expressions need no guard."""
    assert cautious_search(re.compile(pattern), text) == found


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"(a+)+$", "a" * 40 + "b"),
        (r"(a|a)*$", "a" * 40 + "b"),
        (r"(a|aa){1,99}$", "a" * 40 + "b"),
        (r"(?x) ( a+ ) + $", "a" * 40 + "b"),
        (r"a*a*a*a*a*a*b", "a" * 3000),
        (r"a?" * 40 + "a" * 40, "a" * 40),
        (r"(a|a)" * 30 + "b", "a" * 30),
        (r".*.*=", "x" * 100_000),
    ],
)
def test_what_might_not_end_is_given_up_at_once(pattern: str, text: str) -> None:
    """Exponential or polynomial: nothing is started that cannot be stopped."""
    started = time.process_time()
    with pytest.raises(GaveUpError, match="gave up"):
        cautious_search(re.compile(pattern), text)
    assert time.process_time() - started < 1


@given(
    pattern=st.text(alphabet="ab|?*+().^$", max_size=9).filter(lambda pattern: check_regex(pattern) is None),
    text=st.text(alphabet="ab", max_size=60),
)
def test_caution_never_changes_an_answer_and_always_ends(pattern: str, text: str) -> None:
    """Where it answers at all it says what `re` says, within a second of work."""
    started = time.process_time()
    try:
        answer = cautious_search(re.compile(pattern), text)
    except GaveUpError:
        return
    assert time.process_time() - started < 1
    assert answer == (re.search(pattern, text) is not None)


@pytest.mark.parametrize(
    ("pattern", "problem"),
    [
        ("(a", "missing ), unterminated subpattern at character 1"),
        ("*", "nothing to repeat at character 1"),
        ("[[a]", "Possible nested set at position 1"),
        ("a{9999999999999999999}", "the repetition number is too large"),
        ("(" * 5000 + ")" * 5000, "too deeply nested"),
        ("a+", None),
    ],
)
def test_a_pattern_that_does_not_compile_is_explained(pattern: str, problem: str | None) -> None:
    """What is wrong and where, warnings about tomorrow's meaning included."""
    found = check_regex(pattern)
    if problem is None:
        assert found is None
    else:
        assert found is not None
        assert problem in found
