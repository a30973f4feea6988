"""`{{ name }}` in the texts of a step: what an earlier step's answer held.

Neither `${NAME}`, which is filled in when pulseboard.yaml is read, nor `secret:NAME` can be taken for it. `{{{{` stands
for a literal `{{`. What an answer said is data wherever it is filled in: it never decides where a request goes.
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Final
from urllib.parse import quote, urljoin, urlsplit

Value = str | int | float | bool
"""What can be filled in: a JSON scalar."""

NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")

_LITERAL: Final = "{{{{"
_PLACE: Final = re.compile(r"\{\{\{\{|\{\{(?P<inside>[^{}]*)\}\}|\{\{")
_ORIGIN: Final = re.compile(r"https?://[^/?#{}\\\s]+", re.IGNORECASE)
_DOTS: Final = re.compile(r"\.|\.\.|%2e|%2e\.|\.%2e|%2e%2e", re.IGNORECASE)
_PORTS: Final = {"http": 80, "https": 443}


class FillError(ValueError):
    """A value that cannot stand where it is wanted; the message names it and does not quote it."""


def names_in(text: str) -> Iterator[str]:
    """Yield the names that `text` refers to, in order of appearance."""
    for match in _PLACE.finditer(text):
        name = _name(match)
        if name is not None:
            yield name


def flaws_in(text: str) -> Iterator[str]:
    """Yield each `{{` that is neither a reference nor a literal, with what is inside."""
    for match in _PLACE.finditer(text):
        if match[0] != _LITERAL and _name(match) is None:
            yield match[0]


def literally(text: str) -> str:
    """Return `text` so that filling in leaves it as it is."""
    return text.replace("{{", _LITERAL)


def origin_of(url: str) -> str | None:
    """Return the scheme and host that `url` has in plain text; None where they are not all plain."""
    match = _ORIGIN.match(url)
    if match is None or (url[match.end() :].startswith(("{", "}")) and not _reference(url)):
        return None
    return match[0]


def stand_in(url: str) -> str:
    """Return `url` as an address of the same form, for whoever looks at the form: an `x` for each value."""
    origin = origin_of(url)
    if origin is not None and _reference(url):
        return f"{origin}/x"
    return _PLACE.sub("x", url)


def fill(text: str, values: Mapping[str, Value]) -> str:
    """Return `text` with the values as they are; a name without a value stays (a secret may look like one)."""

    def value(match: re.Match[str]) -> str:
        name = _name(match)
        if name is None:
            return "{{" if match[0] == _LITERAL else match[0]
        return as_text(values[name]) if name in values else match[0]

    return _PLACE.sub(value, text)


def fill_header(text: str, values: Mapping[str, Value]) -> str:
    """Return the header's value; raises FillError for one with a line break or another control character."""
    for name in names_in(text):
        if name in values and any(ord(c) < ord(" ") or ord(c) == 0x7F for c in as_text(values[name])):  # noqa: PLR2004 - DEL
            raise FillError(f"`{name}` holds a line break or a control character, which no header can hold")
    return fill(text, values)


def fill_json(document: object, values: Mapping[str, Value]) -> object:
    """Return the document with values in its texts; a text that is nothing but a reference becomes the value itself.

    Whatever a value holds, the document keeps its structure: it is filled in before it is written.
    """
    if isinstance(document, str):
        match = _PLACE.fullmatch(document)
        name = None if match is None else _name(match)
        return values[name] if name is not None and name in values else fill(document, values)
    if isinstance(document, list | tuple):
        return [fill_json(item, values) for item in document]
    if isinstance(document, Mapping):
        return {key: fill_json(item, values) for key, item in document.items()}
    return document


def fill_url(url: str, values: Mapping[str, Value]) -> str:
    """Return the address: values are percent-encoded, and scheme, host and port are those of the template.

    A value that is all that follows the origin is an address itself, relative to it, as a `Location` is. Raises
    FillError where that leads elsewhere, and for a value that would climb in the path.
    """
    origin = origin_of(url)
    name = _reference(url)
    if origin is not None and name is not None and name in values:
        return _followed(origin, name, as_text(values[name]))
    quoted = {name: quote(as_text(value), safe="") for name, value in values.items()}
    filled = fill(url, quoted)
    if _climbs(filled) > _climbs(_PLACE.sub("x", url)):
        raise FillError("a value is `.` or `..`, which in a path means another place")
    return filled


def as_text(value: Value) -> str:
    """Return a value as text: a number and a yes-or-no value as JSON writes them."""
    return value if isinstance(value, str) else json.dumps(value)


def _name(match: re.Match[str]) -> str | None:
    inside = (match["inside"] or "").strip()
    return inside if NAME.fullmatch(inside) else None


def _reference(url: str) -> str | None:
    """Return the name that is all that follows the origin; None where there is more, or something else."""
    origin = _ORIGIN.match(url)
    match = None if origin is None else _PLACE.fullmatch(url, origin.end())
    return None if match is None else _name(match)


def _followed(origin: str, name: str, target: str) -> str:
    elsewhere = FillError(f"`{name}` does not lead to an address at {origin}")
    if "\\" in target or any(ord(c) <= ord(" ") or ord(c) == 0x7F for c in target):  # noqa: PLR2004 - DEL
        raise elsewhere
    try:
        there = urlsplit(urljoin(f"{origin}/", target))
        here = urlsplit(origin)
        same = (there.scheme, there.hostname, there.port or _PORTS.get(there.scheme), there.username) == (
            here.scheme,
            here.hostname,
            here.port or _PORTS.get(here.scheme),
            None,
        )
    except ValueError as error:
        raise elsewhere from error
    if not same:
        raise elsewhere
    # Put together again, so that no reading of the address can find another host in it.
    path = there.path if there.path.startswith("/") else f"/{there.path}"
    return f"{origin}{path}{f'?{there.query}' if there.query else ''}"


def _climbs(url: str) -> int:
    path = re.split(r"[?#]", url, maxsplit=1)[0]
    return sum(1 for segment in path.split("/") if _DOTS.fullmatch(segment))
