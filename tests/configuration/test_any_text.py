"""Whatever a file holds: a configuration, or a ConfigurationError, and nothing else."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from configuration import ConfigurationError, Problem, load
from configuration.loading import compile_source
from configuration.reading import LARGEST_FILE, parse
from tests.configuration.test_loading import ACME

_SCALARS = [
    "",
    "null",
    "true",
    "-1",
    "0",
    "1.5",
    "1e400",
    "9" * 50,
    "'x'",
    "60s",
    "secret:",
    "${A}",
    "$${",
    "\t",
    "\x85",
    "🙂",
]
_NODES = [
    "[]",
    "{}",
    "[[]]",
    "{a: {}}",
    "&a [*a]",
    "*a",
    "!t x",
    "!!int x",
    "<<: *a",
    "? x",
    "- x",
    "|",
    ">-",
    "%",
    "---",
    "...",
]
_FRAGMENTS = st.sampled_from(
    [*_SCALARS, *_NODES, "'", '"', ":", ": ", "{", "}", "[", "]", "\n", "\n  ", ",", "#", "@", "`"]
)


def assert_settled(content: bytes) -> None:
    """Assert that `content` is read or refused, and that every problem has a place and something to say."""
    problems = problems_of(content)
    assert all(problem.line >= 1 and problem.column >= 1 and problem.message for problem in problems or ())
    assert problems is None or problems


def problems_of(content: bytes) -> tuple[Problem, ...] | None:
    """Return why `content` is refused; None where it is not."""
    try:
        compile_source(parse(content, file="pulseboard.yaml", environment={"A": "b"}))
    except ConfigurationError as error:
        return error.problems
    return None


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """Return the example with a few pieces cut out or put in."""
    text = ACME
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        length = draw(st.integers(0, 12))
        text = text[:start] + draw(_FRAGMENTS) + text[start + length :]
    return text


@st.composite
def revalued(draw: st.DrawFn) -> str:
    """Return the example with the value of one line replaced: it is nearly always good YAML that means nothing."""
    lines = ACME.splitlines()
    position = draw(st.integers(0, len(lines) - 1))
    key, colon, _ = lines[position].partition(": ")
    lines[position] = f"{key}{colon}{draw(_FRAGMENTS)}"
    return "\n".join(lines)


@given(mutated())
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_mutated_file_is_read_or_refused(text: str) -> None:
    """No piece of YAML, wherever it stands, raises anything else."""
    assert_settled(text.encode())


@given(revalued())
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_value_of_any_key_is_read_or_refused(text: str) -> None:
    """No key takes a value that validation does not expect."""
    assert_settled(text.encode())


@given(st.binary(max_size=200))
@settings(max_examples=100, deadline=None)
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    """A file need not even be text."""
    assert_settled(content)


def test_an_alias_bomb_is_refused_before_it_unfolds() -> None:
    """Nine levels of nine aliases would be 387 million values."""
    levels = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    levels += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9)]
    with pytest.raises(ConfigurationError, match="more than 200000 values"):
        parse("\n".join(levels).encode(), file="bomb.yaml", environment={})


def test_a_bomb_of_merges_is_refused_before_it_unfolds() -> None:
    """`<<` unfolds as aliases do."""
    levels = ["a0: &a0 {x: 1}"]
    levels += [f"a{n}: &a{n} {{<<: [{', '.join([f'*a{n - 1}'] * 9)}]}}" for n in range(1, 9)]
    with pytest.raises(ConfigurationError, match="more than 200000 values"):
        parse("\n".join(levels).encode(), file="bomb.yaml", environment={})


def test_a_file_that_is_not_there_is_a_problem_of_the_file(tmp_path: Path) -> None:
    """The first thing that a newcomer gets wrong."""
    with pytest.raises(ConfigurationError, match="there is no such file") as caught:
        load(tmp_path / "pulsebord.yaml")
    assert caught.value.problems[0].file.endswith("pulsebord.yaml")


def test_a_directory_is_no_file(tmp_path: Path) -> None:
    """The operating system's words are passed on."""
    with pytest.raises(ConfigurationError, match="cannot be read: Is a directory"):
        load(tmp_path)


def test_a_file_that_is_not_utf_8_names_the_byte() -> None:
    """The place is that of the first byte that does not fit."""
    with pytest.raises(ConfigurationError) as caught:
        parse("page:\n  title: Süd".encode("latin-1"), file="f", environment={})
    (problem,) = caught.value.problems
    assert (problem.line, problem.column) == (2, 11)
    assert "0xfc is not UTF-8" in problem.message


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    """Some editors on Windows write one."""
    marked, plain = (
        compile_source(parse(mark + ACME.encode(), file="f", environment={})) for mark in (b"\xef\xbb\xbf", b"")
    )
    assert marked == plain


def test_a_file_that_is_too_large_is_not_parsed() -> None:
    """Reading it would take minutes."""
    with pytest.raises(ConfigurationError, match="bytes; at most"):
        parse(b"#" * (LARGEST_FILE + 1), file="f", environment={})
