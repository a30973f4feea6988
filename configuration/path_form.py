"""What a JSON path means, in a form that two parsers can be compared by, and how to spell it.

A form is a start (`$` or `@`) and steps; a step goes to children or to descendants, and selects there. How steps nest
in a parser's tree does not matter to what they select (each maps the nodes that it is given, in order), so a form is
flat; nor does the nesting of a chain of `&&`, or of `||`.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from functions.domain.json_value import type_name


@dataclass(frozen=True, slots=True)
class Names:
    """Members of an object."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Indices:
    """Elements of an array, negative ones from its end."""

    indices: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Slice:
    """A range of an array."""

    start: int | None
    stop: int | None
    step: int | None


@dataclass(frozen=True, slots=True)
class Wildcard:
    """All children."""


@dataclass(frozen=True, slots=True)
class Filter:
    """The children for which the test holds."""

    test: "Test"


Selector: TypeAlias = Names | Indices | Slice | Wildcard | Filter


@dataclass(frozen=True, slots=True)
class Step:
    """One segment of a path."""

    selector: Selector
    descend: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """A path: from the document's root (`$`) or, in a filter, from the child that is tested (`@`)."""

    start: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Literal:
    """A string, number, boolean or null; `kind` keeps `1` and `true` apart."""

    kind: str
    value: object

    @classmethod
    def of(cls, value: object) -> "Literal":
        """Return the literal of a JSON value."""
        return cls(type_name(value), value)


@dataclass(frozen=True, slots=True)
class Exists:
    """Whether the query selects anything; `negated`: whether it selects nothing."""

    query: Query
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Comparison:
    """A query held against a value or another query."""

    left: Query
    operator: str
    right: Query | Literal


@dataclass(frozen=True, slots=True)
class AllOf:
    """A chain of `&&`."""

    tests: tuple["Test", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """A chain of `||`."""

    tests: tuple["Test", ...]


Test: TypeAlias = Exists | Comparison | AllOf | AnyOf


def chain(kind: type[AllOf] | type[AnyOf], tests: list[Test]) -> Test:
    """Return the tests joined, those of the same kind taken up into one chain."""
    flat: list[Test] = []
    for test in tests:
        if isinstance(test, kind):
            flat.extend(test.tests)
        else:
            flat.append(test)
    return flat[0] if len(flat) == 1 else kind(tuple(flat))


def spell(query: Query) -> str:
    """Return the query in the spelling that both RFC 9535 and jsonpath-ng are most likely to read alike."""
    return query.start + "".join(_step(step) for step in query.steps)


def _step(step: Step) -> str:
    match step.selector:
        case Names((name,)) if re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", name) and name not in ("where", "wherenot"):
            return f"{'..' if step.descend else '.'}{name}"
        case Names(names):
            inner = ",".join(map(_quoted, names))
        case Indices(indices):
            inner = ",".join(map(str, indices))
        case Slice(start, stop, by):
            ends = f"{'' if start is None else start}:{'' if stop is None else stop}"
            inner = ends if by is None else f"{ends}:{by}"
        case Wildcard():
            inner = "*"
        case Filter(test):
            inner = f"?{_test(test)}"
    return f"{'..' if step.descend else ''}[{inner}]"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"


def _test(test: Test, *, grouped: bool = False) -> str:
    match test:
        case Exists(query, negated):
            return f"{'!' if negated else ''}{spell(query)}"
        case Comparison(left, operator, right):
            return f"{spell(left)} {operator} {spell(right) if isinstance(right, Query) else _literal(right.value)}"
        case AllOf(tests):
            return " && ".join(_test(part, grouped=True) for part in tests)
        case AnyOf(tests):
            text = " || ".join(_test(part) for part in tests)
            return f"({text})" if grouped else text


def _literal(value: object) -> str:
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, float):
        plain = format(Decimal(repr(value)), "f")  # jsonpath-ng does not know exponents
        return plain if "." in plain else f"{plain}.0"
    return _quoted(value) if isinstance(value, str) else str(value)
