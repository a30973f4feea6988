"""Small pulseboard.yaml files with one thing in them, and what is said of them."""

import json
from collections.abc import Mapping

from configuration import Configuration, ConfigurationError
from configuration.loading import compile_source
from configuration.reading import parse
from functions.config import Config, decode_config
from functions.domain.checks.http import HttpRequest

HEAD = "page: {id: a, title: A}\n"
ONE = "monitors: [{id: x, http: {url: 'https://x.example'}}]\n"

Expected = tuple[int, int, str, str, str | None]
"""Line, column, path, a part of the message, and the suggestion."""


def top(text: str) -> str:
    """Return a file with `text` at the top level, from line 3."""
    return f"{HEAD}{ONE}{text}\n"


def page(text: str) -> str:
    """Return a file whose page has `text`, in line 4 and column 3."""
    return f"page:\n  id: a\n  title: A\n  {text}\n{ONE}"


def monitor(text: str) -> str:
    """Return a file whose monitor has `text`, in line 5 and column 5."""
    return f"{HEAD}monitors:\n  - id: x\n    http: {{url: 'https://x.example'}}\n    {text}\n"


def http(text: str) -> str:
    """Return a file whose request has `text`, in line 6 and column 7."""
    return f"{HEAD}monitors:\n  - id: x\n    http:\n      url: https://x.example\n      {text}\n"


def url(text: str) -> str:
    """Return a file whose request goes to `text`, in line 5 and column 12."""
    return f"{HEAD}monitors:\n  - id: x\n    http:\n      url: {text}\n"


def expect(text: str) -> str:
    """Return a file whose monitor expects `text`, in line 6 and column 7."""
    return f"{HEAD}monitors:\n  - id: x\n    http: {{url: 'https://x.example'}}\n    expect:\n      {text}\n"


def compiled(text: str, environment: Mapping[str, str] | None = None) -> Configuration:
    """Return what a file with `text` says."""
    return compile_source(parse(text.encode(), file="pulseboard.yaml", environment=environment or {}))


def deployed(configuration: Configuration) -> Config:
    """Return what the functions read of it, by way of the bytes that ship."""
    return decode_config(json.loads(json.dumps(configuration.runtime)))


def request_of(configuration: Configuration, monitor_id: str = "x") -> HttpRequest:
    """Return the request of an HTTP monitor."""
    check = deployed(configuration).monitors[monitor_id].check
    assert isinstance(check, HttpRequest)
    return check


def assert_problems(text: str, expected: tuple[Expected, ...]) -> None:
    """Assert that exactly these problems are found in `text`, in this order."""
    try:
        compiled(text)
    except ConfigurationError as error:
        found = [(p.line, p.column, p.path, p.message, p.suggestion) for p in error.problems]
    else:
        found = []
    assert [(line, column, path, hint) for line, column, path, _, hint in found] == [
        (line, column, path, hint) for line, column, path, _, hint in expected
    ], found
    for (*_, message, _), (*_, part, _) in zip(found, expected, strict=True):
        assert part in message
