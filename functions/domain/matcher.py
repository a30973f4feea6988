"""A matcher: operators that must all hold of one value."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from functions.domain.json_value import MISSING, type_name
from functions.domain.operand import Operand
from functions.domain.operators import OPERATORS, QUICK_OPERATORS, Mismatch, StatusClass, Terms
from functions.domain.pattern import check_regex

_STATUS_CLASS = re.compile(r"[1-5]xx", re.ASCII)


class MatcherError(ValueError):
    """A matcher that pulseboard.yaml should not have let through; says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Matcher:
    """Operators and their operands, in the order in which they were written; all must hold."""

    conditions: tuple[tuple[str, object], ...]

    @classmethod
    def decode(cls, written: object, *, status: bool = False) -> "Matcher":
        """Return the matcher of config.json's `{"op": operand, ...}`; a bare value means `eq`.

        With `status`, operands that read `2xx` stand for all codes of that hundred. Raises MatcherError.
        """
        if not isinstance(written, Mapping):
            written = {"eq": written}
        if not written:
            raise MatcherError("a matcher needs at least one operator")
        return cls(tuple((str(name), _decode(str(name), operand, status=status)) for name, operand in written.items()))

    def mismatch(self, actual: object, terms: Terms) -> Mismatch | None:
        """Return why `actual` (MISSING where there is no value) does not hold; None when all operators do."""
        for name, operand in self.conditions:
            op = OPERATORS[name]
            if actual is MISSING and not op.takes_missing:
                return Mismatch(text="is missing", shape=True)
            if op.takes and type_name(actual) not in op.takes:
                text = f"expected {op.phrase(operand, terms)}, got the {type_name(actual)} {terms.show(actual)}"
                return Mismatch(text=text, shape=True)
            verdict = op.judge(actual, operand, terms)
            if isinstance(verdict, Mismatch):
                return verdict
            if not verdict:
                return Mismatch(text=f"expected {op.phrase(operand, terms)}, got {terms.show(actual)}", shape=op.shape)
        return None

    @property
    def quick(self) -> bool:
        """Tell whether nothing it may be held against can keep it busy."""
        return all(name in QUICK_OPERATORS for name, _ in self.conditions)

    def phrase(self, terms: Terms) -> str:
        """Return what it wants, as it reads on after "expected "."""
        return " and ".join(OPERATORS[name].phrase(operand, terms) for name, operand in self.conditions)


def _decode(name: str, operand: object, *, status: bool) -> object:
    """Return the operand as the operator's judge takes it."""
    if name not in OPERATORS:
        raise MatcherError(f"{name!r} is not an operator; there are {', '.join(OPERATORS)}")
    kind = OPERATORS[name].operand
    if not kind.accepts(operand):
        raise MatcherError(f"{name} takes {kind.value}")
    if kind.nested:
        return Matcher.decode(operand)
    if kind is Operand.PATTERN and (problem := check_regex(str(operand))):
        raise MatcherError(f"{name}: {problem}")
    if isinstance(operand, (list, tuple)) and kind is Operand.VALUES:
        return tuple(_status_class(value) if status else value for value in operand)
    return _status_class(operand) if status else operand


def _status_class(value: object) -> object:
    if isinstance(value, str) and _STATUS_CLASS.fullmatch(value.lower()):
        return StatusClass(int(value[0]))
    return value
