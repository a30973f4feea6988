"""A recording from its file to results: plain, gzipped or from the standard input."""

import gzip
import io
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from cli.recording.assessing import Assessor
from cli.recording.parsing import Fault, LineError, parse_line
from cli.recording.runs import Recording
from functions.domain.monitor import Monitor

STANDARD_INPUT = "-"
SHOWN = 20
"""Problems that are kept to be shown: whoever exports in a wrong form has the same one in every line."""
_GZIP = b"\x1f\x8b"
_BETWEEN_REPORTS = 5_000


class UnreadableError(Exception):
    """The file as a whole cannot be read; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What is wrong with the line of that number, counted from 1."""

    line: int
    fault: Fault


@dataclass(slots=True, kw_only=True)
class Reading:
    """`recorded` is in order of time. `problems` holds the first SHOWN of `problem_count`."""

    recorded: Recording = field(default_factory=Recording)
    notes: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    problem_count: int = 0


def read_recording(name: str, monitors: Mapping[str, Monitor], *, advanced: Callable[[int, int], None]) -> Reading:
    """Return what the file called `name` holds; `-` is the standard input.

    `advanced` is told now and then how many bytes of how many are read; 0 where nobody knows how many there are.
    Raises UnreadableError.
    """
    reading, assessor = Reading(), Assessor(monitors)
    with _opened(name) as (lines, position, size):
        for number, text in enumerate(_whole(lines), start=1):
            if number % _BETWEEN_REPORTS == 0:
                advanced(position(), size)
            if text.isspace():
                continue
            try:
                line = parse_line(text, monitors)
            except LineError as error:
                room = SHOWN - len(reading.problems)
                reading.problems += [Problem(line=number, fault=fault) for fault in error.faults[:room]]
                reading.problem_count += len(error.faults)
                continue
            if not reading.problem_count:
                reading.recorded.add(line.at, line.region, assessor.result(line))
    reading.recorded.sort()
    reading.notes += assessor.notes()
    return reading


@contextmanager
def _opened(name: str) -> Iterator[tuple[Iterable[bytes], Callable[[], int], int]]:
    """Yield the lines, how to ask how many bytes of the file are read, and how many there are."""
    with ExitStack() as closing:
        try:
            if name == STANDARD_INPUT:
                # A reader of its own, since the stand-in for standard input in tests cannot peek.
                raw, size = io.BufferedReader(cast("io.RawIOBase", sys.stdin.buffer)), 0
            else:
                path = Path(name)
                raw, size = closing.enter_context(io.BufferedReader(io.FileIO(path))), path.stat().st_size
            zipped = raw.peek(2)[:2] == _GZIP
        except (OSError, ValueError) as error:  # ValueError: a null byte in the name
            raise UnreadableError(getattr(error, "strerror", None) or str(error)) from error
        lines: Iterable[bytes] = closing.enter_context(gzip.open(raw)) if zipped else raw
        yield lines, (raw.tell if size else lambda: 0), size


def _whole(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the lines; raises UnreadableError where the file breaks off."""
    try:
        yield from lines
    except (OSError, EOFError, zlib.error) as error:
        raise UnreadableError(f"it breaks off or is damaged ({error})") from error
