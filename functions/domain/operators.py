"""The operators of `expect` and `degraded`: what each takes, when it holds, and how it words what it wants.

To add one, write how it judges and add its line to `OPERATORS`; validation, the JSON Schema and the reasons follow.
"""

import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Protocol

from functions.domain.json_value import MISSING, has_type, is_number, same
from functions.domain.operand import Operand
from functions.domain.pattern import Search
from functions.domain.wording import EXPECTED_LIMIT, cut, show, visible


@dataclass(frozen=True, slots=True, kw_only=True)
class Mismatch:
    """Why a value does not hold: `text` reads on after the value's name.

    `shape` is True where the value is not even of the kind that could hold: missing, or of another type or length.
    """

    text: str
    shape: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What judging borrows: how to search text, and how to write a value down (with its unit, where it has one)."""

    search: Search
    show: Callable[[object], str] = show

    def expected(self, value: object) -> str:
        """Return an operand as a reason quotes it."""
        return cut(self.show(value), EXPECTED_LIMIT)


class Nested(Protocol):
    """A matcher as an operand."""

    def mismatch(self, actual: object, terms: Terms) -> Mismatch | None:
        """Return why `actual` does not hold; None when it does."""

    def phrase(self, terms: Terms) -> str:
        """Return what it wants."""


@dataclass(frozen=True, slots=True)
class StatusClass:
    """All status codes of one hundred: `2xx`."""

    hundreds: int

    def __str__(self) -> str:
        return f"{self.hundreds}xx"

    def __contains__(self, code: object) -> bool:
        return isinstance(code, int) and code // 100 == self.hundreds


Judge = Callable[[object, object, Terms], Mismatch | bool]
"""Judges a value (never MISSING) by an operand: True or False; a Mismatch where "expected, got" does not say it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Operator:
    """One operator. `phrase` words what it wants: it reads on after "expected "."""

    operand: Operand
    judge: Judge
    phrase: Callable[[object, Terms], str]
    takes: tuple[str, ...] = ()
    """The JSON types that it can judge; empty: all. Any other is a mismatch of shape."""
    shape: bool = False
    """Whether all that it asks about is the shape."""
    takes_missing: bool = False


def _says(words: str) -> Callable[[object, Terms], str]:
    """Return a phrase of `words` before the operand."""
    return lambda operand, terms: f"{words}{terms.expected(operand)}"


def _one_of(words: str, one: str) -> Callable[[object, Terms], str]:
    def phrase(operand: object, terms: Terms) -> str:
        values = [terms.expected(value) for value in _sequence(operand)]
        return cut(f"{words if len(values) > 1 else one}{', '.join(values)}", EXPECTED_LIMIT)

    return phrase


def _nested_phrase(words: str) -> Callable[[object, Terms], str]:
    return lambda operand, terms: f"{words} {_matcher(operand).phrase(terms)}"


def _sequence(operand: object) -> list[object]:
    return list(operand) if isinstance(operand, (list, tuple)) else [operand]


def _matcher(operand: object) -> Nested:
    """Return the operand of `length`, `each` and `any`: decoding made it a matcher."""
    return operand  # type: ignore[return-value]  # Matcher.decode has seen to it


def _equal(actual: object, operand: object) -> bool:
    return actual in operand if isinstance(operand, StatusClass) else same(actual, operand)


def _ordered(holds: Callable[[Any, Any], bool]) -> Judge:
    """Return a judge of order: between two numbers, or two strings by code point; else the shape is wrong."""

    def judge(actual: object, operand: object, terms: Terms) -> Mismatch | bool:
        comparable = (is_number(actual) and is_number(operand)) or (
            isinstance(actual, str) and isinstance(operand, str)
        )
        if not comparable:
            kind = "number" if is_number(operand) else "string"
            return Mismatch(text=f"expected a {kind} to compare, got {terms.show(actual)}", shape=True)
        return holds(actual, operand)

    return judge


def _contains(actual: object, operand: object, terms: Terms) -> Mismatch | bool:
    if isinstance(actual, list):
        return any(same(item, operand) for item in actual)
    if not isinstance(operand, str):
        return Mismatch(text=f"expected an array to look in, got {terms.show(actual)}", shape=True)
    return operand in actual if isinstance(actual, (str, dict)) else False


def _contains_not(actual: object, operand: object, terms: Terms) -> Mismatch | bool:
    found = _contains(actual, operand, terms)
    return found if isinstance(found, Mismatch) else not found


def _exists(actual: object, operand: object, terms: Terms) -> Mismatch | bool:
    if operand is True:
        return actual is not MISSING or Mismatch(text="is missing", shape=True)
    return actual is MISSING or Mismatch(text=f"expected to be missing, got {terms.show(actual)}", shape=True)


def _length(actual: object, operand: object, terms: Terms) -> Mismatch | bool:
    size = len(actual) if isinstance(actual, (str, list, dict)) else 0
    wanted = _matcher(operand)
    holds = wanted.mismatch(size, terms) is None
    return holds or Mismatch(text=f"expected length {wanted.phrase(terms)}, got {size}", shape=True)


def _items(actual: object) -> list[tuple[object, object]]:
    """Return the elements of an array by index, or the members of an object by name."""
    if isinstance(actual, dict):
        return list(actual.items())
    return list(enumerate(actual)) if isinstance(actual, list) else []


def _each(actual: object, operand: object, terms: Terms) -> Mismatch | bool:
    for place, item in _items(actual):
        found = _matcher(operand).mismatch(item, terms)
        if found is not None:
            return Mismatch(text=f"item {cut(show(place), EXPECTED_LIMIT)} {found.text}", shape=found.shape)
    return True


def _any(actual: object, operand: object, terms: Terms) -> bool:
    return any(_matcher(operand).mismatch(item, terms) is None for _, item in _items(actual))


_TEXT = ("string",)
_CONTAINERS = ("array", "object")

OPERATORS: Final[Mapping[str, Operator]] = {
    "eq": Operator(operand=Operand.VALUE, judge=lambda a, o, _: _equal(a, o), phrase=_says("")),
    "ne": Operator(operand=Operand.VALUE, judge=lambda a, o, _: not _equal(a, o), phrase=_says("not ")),
    "lt": Operator(operand=Operand.ORDERED, judge=_ordered(operator.lt), phrase=_says("< ")),
    "le": Operator(operand=Operand.ORDERED, judge=_ordered(operator.le), phrase=_says("<= ")),
    "gt": Operator(operand=Operand.ORDERED, judge=_ordered(operator.gt), phrase=_says("> ")),
    "ge": Operator(operand=Operand.ORDERED, judge=_ordered(operator.ge), phrase=_says(">= ")),
    "in": Operator(
        operand=Operand.VALUES,
        judge=lambda a, o, _: any(_equal(a, value) for value in _sequence(o)),
        phrase=_one_of("one of ", ""),
    ),
    "not_in": Operator(
        operand=Operand.VALUES,
        judge=lambda a, o, _: not any(_equal(a, value) for value in _sequence(o)),
        phrase=_one_of("none of ", "not "),
    ),
    "contains": Operator(
        operand=Operand.VALUE, judge=_contains, phrase=_says("to contain "), takes=(*_TEXT, *_CONTAINERS)
    ),
    "not_contains": Operator(
        operand=Operand.VALUE, judge=_contains_not, phrase=_says("not to contain "), takes=(*_TEXT, *_CONTAINERS)
    ),
    "starts_with": Operator(
        operand=Operand.TEXT,
        judge=lambda a, o, _: str(a).startswith(str(o)),
        phrase=_says("to start with "),
        takes=_TEXT,
    ),
    "ends_with": Operator(
        operand=Operand.TEXT, judge=lambda a, o, _: str(a).endswith(str(o)), phrase=_says("to end with "), takes=_TEXT
    ),
    "matches": Operator(
        operand=Operand.PATTERN,
        judge=lambda a, o, terms: terms.search(re.compile(str(o)), str(a)),  # re keeps what it has compiled
        phrase=lambda o, _: f"to match /{cut(visible(str(o)), EXPECTED_LIMIT)}/",
        takes=_TEXT,
    ),
    "exists": Operator(
        operand=Operand.FLAG,
        judge=_exists,
        phrase=lambda o, _: "to exist" if o else "to be missing",
        shape=True,
        takes_missing=True,
    ),
    "type": Operator(
        operand=Operand.TYPE,
        judge=lambda a, o, _: any(has_type(a, str(name)) for name in _sequence(o)),
        phrase=lambda o, _: f"type {' or '.join(map(str, _sequence(o)))}",
        shape=True,
    ),
    "length": Operator(
        operand=Operand.SIZE,
        judge=_length,
        phrase=_nested_phrase("length"),
        takes=(*_TEXT, *_CONTAINERS),
        shape=True,
    ),
    "each": Operator(operand=Operand.MATCHER, judge=_each, phrase=_nested_phrase("each item"), takes=_CONTAINERS),
    "any": Operator(operand=Operand.MATCHER, judge=_any, phrase=_nested_phrase("any item"), takes=_CONTAINERS),
}
"""All operators by name, in the order in which they are documented."""

QUICK_OPERATORS: Final = frozenset({"eq", "ne", "lt", "le", "gt", "ge", "in", "not_in", "exists", "type"})
"""Those that cannot take longer than reading what they judge did."""

STATUS_OPERATORS: Final = ("eq", "ne", "lt", "le", "gt", "ge", "in", "not_in")
"""What can be asked of a status code."""

QUANTITY_OPERATORS: Final = ("eq", "ne", "lt", "le", "gt", "ge")
"""What can be asked of `latency` (milliseconds) and of `certificate.expires_in` (seconds)."""

BODY_OPERATORS: Final = (
    *("eq", "ne", "in", "not_in", "contains", "not_contains", "starts_with", "ends_with", "matches", "length"),
)
"""What can be asked of the body as text; the operands of all but `length` are strings."""

HEADER_OPERATORS: Final = (*BODY_OPERATORS, "exists")
"""What can be asked of a header; the operands of all but `length` and `exists` are strings."""
