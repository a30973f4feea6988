"""Matchers as people write them, to matchers as the functions read them, with all that is wrong found at once."""

from collections.abc import Callable
from dataclasses import dataclass, field

from configuration.nearest import nearest
from configuration.operands import OperandError
from configuration.problem import Finding, Location
from configuration.wording import found, listed, quoted
from functions.domain.operand import Operand
from functions.domain.operators import OPERATORS

Matcher = dict[str, object]

_SYNONYMS = {
    synonym: name
    for name, synonyms in {
        "eq": "== = equals equal is",
        "ne": "!= neq not not_equals",
        "lt": "< less_than below",
        "le": "<= lte at_most max",
        "gt": "> greater_than above",
        "ge": ">= gte at_least min",
        "in": "one_of any_of",
        "not_in": "nin none_of",
        "contains": "includes has",
        "starts_with": "prefix",
        "ends_with": "suffix",
        "matches": "regex pattern match",
        "exists": "present",
        "length": "len size",
        "each": "all every",
        "any": "some",
    }.items()
    for synonym in synonyms.split()
}
"""What other tools call the operators."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What a matcher is asked of.

    `name` stands in messages; `operand` returns an operand as config.json has it, or raises OperandError. `length` is
    the subject of what `length` holds. `list_means_in` is for status codes, where a bare list is a choice. `usual` is
    the operator to suggest where a bare value makes no sense, since nothing measured is ever exactly that.
    """

    name: str
    operators: tuple[str, ...]
    operand: Callable[[str, object], object]
    length: "Subject | None" = None
    list_means_in: bool = False
    usual: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """Reads one matcher; `findings` count their locations from its top."""

    findings: list[Finding] = field(default_factory=list)

    def matcher(self, value: object, subject: Subject, location: Location = ()) -> Matcher:
        """Return `value` as a mapping of operators; what is wrong is added to the findings and left out."""
        if isinstance(value, list) and subject.list_means_in:
            return {"in": self._operand("in", value, subject, location)}
        if not isinstance(value, dict):
            return self._bare(value, subject, location)
        if not value:
            self._wrong(location, f"found an empty mapping; allowed: {self._allowed(subject)}")
        matcher: Matcher = {}
        for name, operand in value.items():
            inner = (*location, name)
            if name in subject.operators:
                matcher[name] = self._operand(name, operand, subject, inner)
            else:
                self._unknown(name, subject, inner)
        return matcher

    def _bare(self, value: object, subject: Subject, location: Location) -> Matcher:
        if subject.usual is None:
            return {"eq": self._operand("eq", value, subject, location)}
        meant = f"{{{subject.usual}: {value}}}" if isinstance(value, str) else None
        self._wrong(
            location, f"found {found(value)}, but {subject.name} is never exactly that; say `lt` or `gt`", meant
        )
        return {}

    def _operand(self, name: str, value: object, subject: Subject, location: Location) -> object:
        kind = OPERATORS[name].operand
        if name == "length" and subject.length:
            return self.matcher(value, subject.length, location)
        if kind is Operand.MATCHER:
            return self.matcher(value, subject, location)
        if kind is Operand.VALUES:
            if not isinstance(value, list) or not value:
                self._wrong(location, f"found {found(value)}; `{name}` takes a list of at least one value")
                return []
            return [self._value(name, item, subject, (*location, at)) for at, item in enumerate(value)]
        return self._value(name, value, subject, location)

    def _value(self, name: str, value: object, subject: Subject, location: Location) -> object:
        try:
            return subject.operand(name, value)
        except OperandError as error:
            self._wrong(location, str(error), error.suggestion)
            return None

    def _unknown(self, name: str, subject: Subject, location: Location) -> None:
        if name in OPERATORS:
            message = f"`{name}` cannot be asked of {subject.name}; allowed: {self._allowed(subject)}"
            meant = None
        else:
            message = f"unknown operator {quoted(name)}; allowed: {self._allowed(subject)}"
            near = nearest(name, [*subject.operators, *_SYNONYMS])
            meant = _SYNONYMS.get(near or "", near)
        suggestion = meant if meant in subject.operators else None
        self.findings.append(Finding(location=location, message=message, suggestion=suggestion, at_key=True))

    def _wrong(self, location: Location, message: str, suggestion: str | None = None) -> None:
        self.findings.append(Finding(location=location, message=message, suggestion=suggestion))

    @staticmethod
    def _allowed(subject: Subject) -> str:
        return listed(list(subject.operators))
