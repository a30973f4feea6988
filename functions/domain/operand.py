"""What an operator may be given in pulseboard.yaml."""

from collections.abc import Callable, Mapping
from enum import StrEnum

from functions.domain.json_value import TYPES, is_number


class Operand(StrEnum):
    """The kinds of operand; the value is what to tell a person who wrote something else."""

    VALUE = "any value"
    ORDERED = "a number or a string"
    VALUES = "a list of values"
    TEXT = "a string"
    PATTERN = "a regular expression"
    FLAG = "true or false"
    TYPE = "a type (" + ", ".join(TYPES) + ") or a list of types"
    SIZE = "a whole number, or a mapping of operators"
    MATCHER = "a value, or a mapping of operators"

    @property
    def nested(self) -> bool:
        """Tell whether a mapping there is a matcher of its own."""
        return self in (Operand.SIZE, Operand.MATCHER)

    def accepts(self, value: object) -> bool:
        """Tell whether `value` is of this kind, looking neither into nested matchers nor at what a pattern says."""
        return _ACCEPTS[self](value)


def _is_size(value: object) -> bool:
    return isinstance(value, Mapping) or (isinstance(value, int) and not isinstance(value, bool) and value >= 0)


def _is_type(value: object) -> bool:
    names = value if isinstance(value, (list, tuple)) else [value]
    return len(names) > 0 and all(name in TYPES for name in names)


_ACCEPTS: Mapping[Operand, Callable[[object], bool]] = {
    Operand.VALUE: lambda _: True,
    Operand.ORDERED: lambda value: is_number(value) or isinstance(value, str),
    Operand.VALUES: lambda value: isinstance(value, (list, tuple)) and len(value) > 0,
    Operand.TEXT: lambda value: isinstance(value, str),
    Operand.PATTERN: lambda value: isinstance(value, str),
    Operand.FLAG: lambda value: isinstance(value, bool),
    Operand.TYPE: _is_type,
    Operand.SIZE: _is_size,
    Operand.MATCHER: lambda _: True,
}

OPERAND_SCHEMAS: Mapping[Operand, Mapping[str, object]] = {
    Operand.VALUE: {},
    Operand.ORDERED: {"type": ["number", "string"]},
    Operand.VALUES: {"type": "array", "minItems": 1},
    Operand.TEXT: {"type": "string"},
    Operand.PATTERN: {"type": "string", "format": "regex"},
    Operand.FLAG: {"type": "boolean"},
    Operand.TYPE: {
        "anyOf": [{"enum": [*TYPES]}, {"type": "array", "minItems": 1, "items": {"enum": [*TYPES]}}],
    },
    Operand.SIZE: {"anyOf": [{"type": "integer", "minimum": 0}, {"$ref": "#/$defs/matcher"}]},
    Operand.MATCHER: {"anyOf": [{"type": ["string", "number", "boolean", "null"]}, {"$ref": "#/$defs/matcher"}]},
}
"""JSON Schema of each kind; the document that uses it defines `#/$defs/matcher`."""
