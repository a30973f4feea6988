"""pulseboard.yaml to a `Source`: YAML 1.2, composed by ruamel.yaml, made into values here."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import Node
from ruamel.yaml.reader import ReaderError

from configuration.problem import ConfigurationError, Problem
from configuration.source import START, Place, Source
from configuration.tree import Tree, TreeError

_HINTS: Final = {
    "mapping values are not allowed": "put a text that holds `: ` in quotes, indent by the same blanks, and write `- `"
    " with a blank",
    "cannot start any token": "put a text that begins so in quotes",
    "unknown escape character": "write it in single quotes, where a backslash is a backslash",
    "undefined alias": "put a text that begins with `*` in quotes",
}
"""What usually lies behind a fault of syntax, by words of ruamel.yaml's message."""

LARGEST_FILE = 2_000_000
"""Bytes; a thousand monitors take a fifth of it."""


def read(path: Path, environment: Mapping[str, str]) -> Source:
    """Return the document in the file at `path`, its variables filled in from `environment`.

    Raises ConfigurationError for a file that cannot be read, is not UTF-8, is not YAML, or does not hold a mapping.
    """
    file = str(path)
    try:
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise _error(file, START, "there is no such file; name another, or write one here") from error
    except (OSError, ValueError) as error:  # ValueError: a null byte in the name
        reason = getattr(error, "strerror", None) or str(error)
        raise _error(file, START, f"the file cannot be read: {reason}") from error
    return parse(content, file=file, environment=environment)


def parse(content: bytes, *, file: str, environment: Mapping[str, str]) -> Source:
    """Return the document that `content` holds; `file` is what problems call it. Raises as `read` does."""
    text = _decode(content, file)
    root = _compose(text, file)
    if root is None:
        raise _error(file, START, "the file is empty; it needs at least `page` and `monitors`")
    tree = Tree(file, environment)
    try:
        value = tree.build(root)
    except TreeError as error:
        raise _error(file, error.place, str(error)) from error
    if not isinstance(value, dict):
        raise _error(file, START, "the file must hold a mapping with the keys `page` and `monitors`")
    return Source(
        file=file,
        value=value,
        keys=tree.keys,
        values=tree.values,
        templates=tree.templates,
        flaws=tree.problems,
        unreadable=tree.unreadable,
    )


def _decode(content: bytes, file: str) -> str:
    if len(content) > LARGEST_FILE:
        raise _error(file, START, f"the file has {len(content)} bytes; at most {LARGEST_FILE} are read")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8-sig", errors="replace")
        raise _error(
            file,
            _place_after(before),
            f"byte 0x{content[error.start]:02x} is not UTF-8; save the file in UTF-8",
        ) from error


def _compose(text: str, file: str) -> Node | None:
    """Return ruamel.yaml's node graph: anchors still shared, nothing built yet, marks on every node."""
    yaml = YAML(typ="safe", pure=True)
    # YAML lets an anchor be given again; ruamel.yaml would print a warning of its own.
    yaml.composer.warn_double_anchors = False
    try:
        node: Node | None = yaml.compose(text)
    except ReaderError as error:
        place = _place_after(text[: error.position])
        raise _error(file, place, f"the character U+{ord(text[error.position]):04X} is not allowed in YAML") from error
    except MarkedYAMLError as error:
        raise _syntax_error(error, text, file) from error
    except YAMLError as error:
        raise _error(file, START, f"this is not YAML: {error}") from error
    except RecursionError as error:
        raise _error(file, START, "the document is nested too deeply") from error
    except (AssertionError, ValueError, TypeError, AttributeError, IndexError, KeyError, NotImplementedError) as error:
        # ruamel.yaml lets these through for a few malformed documents, such as an unknown %YAML version.
        raise _error(file, START, "this is not YAML 1.2 that can be read") from error
    return node


def _syntax_error(error: MarkedYAMLError, text: str, file: str) -> ConfigurationError:
    mark = error.problem_mark or error.context_mark
    place = START if mark is None else Place(mark.line + 1, mark.column + 1)
    lines = text.splitlines()
    line = lines[place.line - 1] if place.line <= len(lines) else ""
    if "\t" in line[: max(place.column, len(line) - len(line.lstrip()))]:
        column = line.index("\t") + 1
        return _error(file, Place(place.line, column), "there is a tab here; YAML is indented with spaces")
    if "<block" in (error.problem or ""):
        return _error(file, place, "YAML syntax: this does not fit the indentation of the lines above it")
    problem = (error.problem or "cannot be read").replace("'<stream end>'", "the end of the file")
    start = error.context_mark
    where = f" that begins in line {start.line + 1}" if start is not None and start.line + 1 != place.line else ""
    context = f"{error.context}{where}, " if error.context else ""
    return _error(file, place, f"YAML syntax: {context}{problem}{_hint(problem, line[: place.column])}")


def _hint(problem: str, before: str) -> str:
    """Return what is usually behind it; `before` is the line up to and with the place."""
    if before.endswith("${"):
        return "; within braces, put a text with `${NAME}` in quotes"
    return next((f"; {words}" for sign, words in _HINTS.items() if sign in problem), "")


def _place_after(text: str) -> Place:
    return Place(text.count("\n") + 1, len(text) - (text.rfind("\n") + 1) + 1)


def _error(file: str, place: Place, message: str) -> ConfigurationError:
    return ConfigurationError([Problem(file=file, line=place.line, column=place.column, path="", message=message)])
