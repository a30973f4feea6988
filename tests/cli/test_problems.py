"""How problems look to somebody who sits in front of a terminal, and how commands end on them."""

import io
from pathlib import Path

import pytest
import typer
from rich.console import Console

from cli.options import BAD_INPUT
from cli.problems import load_or_exit, print_problems
from configuration import ConfigurationError, load

TEXT = "page: {id: acme, title: Ünïcödé 日本, tite: x}\nmonitors: [{id: a, http: {url: 'https://x.example'}}]\n"


def printed(path: Path, *, terminal: bool, width: int = 100) -> list[str]:
    """Return the lines that are printed of the problems of the file at `path`."""
    console = Console(file=io.StringIO(), force_terminal=terminal, color_system=None, width=width, highlight=False)
    with pytest.raises(ConfigurationError) as caught:
        load(path, environment={})
    print_problems(caught.value.problems, console=console)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue().splitlines()


@pytest.fixture
def wrong_file(tmp_path: Path) -> Path:
    """Write a file with one unknown key, after characters that are two columns wide."""
    path = tmp_path / "pulseboard.yaml"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_a_terminal_shows_the_line_and_points_at_the_place(wrong_file: Path) -> None:
    """Also behind characters that are wider than one column."""
    _, line, pointer, count = printed(wrong_file, terminal=True)
    assert line == "    1 | " + TEXT.splitlines()[0]
    assert pointer == " " * (len("    1 | page: {id: acme, title: Ünïcödé 日本, ") + 2) + "^"
    assert count.startswith("1 problem to mend in ")


def test_a_line_that_is_too_long_for_the_terminal_is_left_out(wrong_file: Path) -> None:
    """Half a line with a pointer into nowhere helps nobody."""
    assert len(printed(wrong_file, terminal=True, width=30)) == 2


def test_a_pipe_gets_one_line_for_each_problem(wrong_file: Path) -> None:
    """For programs, and for whoever reads a build's log."""
    first, count = printed(wrong_file, terminal=False)
    assert first.startswith(f"{wrong_file}:1:37: page.tite: unknown key")
    assert count == f"1 problem to mend in {wrong_file}."


def test_other_commands_end_with_status_2(wrong_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What they were asked for is on the standard output: problems are not."""
    with pytest.raises(typer.Exit) as caught:
        load_or_exit(wrong_file)
    assert caught.value.exit_code == BAD_INPUT
    output = capsys.readouterr()
    assert output.out == ""
    assert "page.tite" in output.err
