"""What a parsed JSON value is: equality, types and length as JSON means them, not as Python does."""

from enum import Enum
from typing import Final


class Missing(Enum):
    """The one value that no JSON document holds."""

    MISSING = "missing"


MISSING: Final = Missing.MISSING
"""What is looked at where there is nothing: an absent path, header or certificate."""

TYPES: Final = ("string", "number", "integer", "boolean", "null", "array", "object")
"""The names that `type` takes; `integer` is a number without a fraction, `1.0` included, as in JSON Schema."""


def same(left: object, right: object) -> bool:
    """Tell whether two JSON values are equal: `1` is `1.0`, but neither is `True` nor `"1"`, at any depth.

    Source: RFC 9535, section 2.3.5.2.2. Works without recursion, so nesting cannot exhaust the stack.
    """
    pairs = [(left, right)]
    while pairs:
        a, b = pairs.pop()
        if isinstance(a, bool) or isinstance(b, bool):
            if a is not b:
                return False
        elif isinstance(a, list) and isinstance(b, list):
            if len(a) != len(b):
                return False
            pairs.extend(zip(a, b, strict=True))
        elif isinstance(a, dict) and isinstance(b, dict):
            if a.keys() != b.keys():
                return False
            pairs.extend((value, b[name]) for name, value in a.items())
        elif isinstance(a, (list, dict)) or isinstance(b, (list, dict)) or a != b:
            return False
    return True


def is_number(value: object) -> bool:
    """Tell whether it is a JSON number: Python's booleans are not."""
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def type_name(value: object) -> str:
    """Return the name of the value's JSON type, `number` for all numbers."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, (int, float)):
        return "number"
    if isinstance(value, str):
        return "string"
    return "array" if isinstance(value, list) else "object"


def has_type(value: object, name: str) -> bool:
    """Tell whether the value is of the type that one of `TYPES` names."""
    if name == "integer":
        return (isinstance(value, int) and not isinstance(value, bool)) or (
            isinstance(value, float) and value.is_integer()
        )
    return type_name(value) == name
