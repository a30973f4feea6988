"""Operands of matchers, by what is asked: written with units and classes, kept as plain values."""

import re

from configuration.nearest import nearest
from configuration.units import UnitError, duration, size
from configuration.wording import found, listed
from functions.domain.json_value import TYPES
from functions.domain.operand import Operand
from functions.domain.operators import OPERATORS
from functions.domain.pattern import check_regex

_ORDERING = frozenset({"lt", "le", "gt", "ge"})
_SHORTEST_IN_MS = 50
"""A bare number below this was probably meant as seconds: hardly anything answers in fewer milliseconds."""

_LOWEST_STATUS, _HIGHEST_STATUS = 100, 599


class OperandError(ValueError):
    """An operand that makes no sense; `suggestion` is what was probably meant."""

    def __init__(self, message: str, suggestion: str | None = None) -> None:
        super().__init__(message)
        self.suggestion = suggestion


def status_operand(name: str, value: object) -> object:
    """Return a status code, or a class such as `2xx`."""
    if isinstance(value, int) and not isinstance(value, bool) and _LOWEST_STATUS <= value <= _HIGHEST_STATUS:
        return value
    if isinstance(value, str) and re.fullmatch(r"[1-5]xx", value, re.IGNORECASE) and name not in _ORDERING:
        return value.lower()
    meant = value if isinstance(value, str) and re.fullmatch(r"[1-5][0-9][0-9]", value) else None
    if isinstance(value, str) and re.fullmatch(r"[1-5](\*|\*\*|x|yy|00s)", value):
        meant = f"{value[0]}xx"
    allowed = f"a status code from {_LOWEST_STATUS} to {_HIGHEST_STATUS}, as a number"
    classes = "" if name in _ORDERING else ", or a class such as `2xx`"
    raise OperandError(f"found {found(value)}; allowed: {allowed}{classes}", meant)


def latency_operand(_name: str, value: object) -> object:
    """Return milliseconds."""
    seconds_meant = isinstance(value, int | float) and value < _SHORTEST_IN_MS
    return _whole(_duration(value, bare="s" if seconds_meant else "ms") * 1000)


def span_operand(_name: str, value: object) -> object:
    """Return seconds."""
    return _whole(_duration(value, bare="d"))


def age_operand(_name: str, value: object) -> object:
    """Return seconds."""
    return _whole(_duration(value, bare="s"))


def count_operand(_name: str, value: object) -> object:
    """Return a number of messages."""
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    raise OperandError(f"found {found(value)}; a number of messages is a whole number, 0 or more")


def length_operand(_name: str, value: object) -> object:
    """Return a count of characters, items or members."""
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    raise OperandError(f"found {found(value)}; a length is a whole number, 0 or more")


def size_operand(_name: str, value: object) -> object:
    """Return the length of a text, which may be written with a unit of size."""
    try:
        return size(value)
    except UnitError as error:
        raise OperandError(str(error), error.suggestion) from error


def text_operand(name: str, value: object) -> object:
    """Return an operand that a text is held against."""
    kind = OPERATORS[name].operand
    if kind is Operand.FLAG:
        return _checked(name, kind, value)
    if not isinstance(value, str):
        meant = f'"{value}"' if isinstance(value, int | float) and not isinstance(value, bool) else None
        raise OperandError(f"found {found(value)}, but what is looked at is text; put it in quotes", meant)
    return _checked(name, kind, value)


def json_operand(name: str, value: object) -> object:
    """Return an operand that a JSON value is held against; types are kept as they are."""
    kind = OPERATORS[name].operand
    if kind is Operand.TYPE:
        return _type(name, value)
    if kind is Operand.ORDERED and isinstance(value, str):
        return value
    return _checked(name, kind, value)


def _checked(name: str, kind: Operand, value: object) -> object:
    if kind is Operand.VALUES:
        return value  # one of the list
    if not kind.accepts(value):
        raise OperandError(f"found {found(value)}; `{name}` takes {kind.value}")
    if kind is Operand.PATTERN and (problem := check_regex(str(value))):
        raise OperandError(f"{found(value)} is no regular expression: {problem}")
    return value


def _type(name: str, value: object) -> object:
    for item in value if isinstance(value, list) else [value]:
        if item not in TYPES:
            meant = "null" if item is None else nearest(item, TYPES) if isinstance(item, str) else None
            raise OperandError(f"found {found(item)}; allowed types: {listed(list(TYPES))}", meant)
    return _checked(name, Operand.TYPE, value)


def _duration(value: object, *, bare: str) -> float:
    try:
        return duration(value, bare=bare)
    except UnitError as error:
        raise OperandError(str(error), error.suggestion) from error


def _whole(number: float) -> int | float:
    """Return a whole number as an integer: config.json reads better without `.0`."""
    rounded = round(number, 6)
    return int(rounded) if rounded == int(rounded) else rounded
