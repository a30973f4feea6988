"""How commands load a pulseboard.yaml, and tell what is wrong with one."""

from collections.abc import Sequence
from pathlib import Path

import typer
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from cli.options import BAD_INPUT
from configuration import Configuration, ConfigurationError, Problem, load

DEFAULT_FILE = Path("pulseboard.yaml")


def load_or_exit(path: Path) -> Configuration:
    """Return what the file at `path` says; where it is wrong, say so on the standard error and exit with status 2."""
    try:
        return load(path)
    except ConfigurationError as error:
        print_problems(error.problems, console=Console(stderr=True, highlight=False))
        raise typer.Exit(BAD_INPUT) from error


def print_problems(problems: Sequence[Problem], *, console: Console) -> None:
    """Print each problem in words, with the line of the file that it is about, and how many there are."""
    lines = {file: _lines(Path(file)) for file in {problem.file for problem in problems}}
    for problem in problems:
        console.print(_words(problem, style="bold red"), soft_wrap=True)
        _print_line(problem, lines[problem.file], console)
    count = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
    console.print(f"{count} to mend in {', '.join(sorted(lines))}.", soft_wrap=True)


def print_warnings(warnings: Sequence[Problem], *, console: Console) -> None:
    """Print each warning in words."""
    for warning in warnings:
        console.print(Text.assemble(("warning: ", "bold yellow"), _words(warning, style="yellow")), soft_wrap=True)


def _words(problem: Problem, *, style: str) -> Text:
    """Return `FILE:LINE:COLUMN: PATH`, the message, and what was probably meant: a form that editors link to."""
    text = Text()
    text.append(f"{problem.file}:{problem.line}:{problem.column}:", style="dim")
    if problem.path:
        text.append(f" {problem.path}:", style=style)
    text.append(f" {problem.message}")
    if problem.suggestion:
        text.append(f". Did you mean `{problem.suggestion}`?", style="green")
    return text


def _print_line(problem: Problem, lines: Sequence[str], console: Console) -> None:
    """Print the line and point at the column, where a person sits in front of it."""
    if not console.is_terminal or problem.line > len(lines):
        return
    gutter = f"{problem.line:>5} | "
    line = lines[problem.line - 1]
    room = max(console.width - len(gutter) - 1, 20)
    if cell_len(line) <= room:
        indent = len(gutter) + cell_len(line[: problem.column - 1])
        console.print(Text.assemble((gutter, "dim"), line), soft_wrap=True)
        console.print(Text(" " * indent + "^", style="green"), soft_wrap=True)


def _lines(path: Path) -> Sequence[str]:
    try:
        return path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, ValueError):
        return ()
