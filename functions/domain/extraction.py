"""What a step takes out of its answer for the steps after it."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from functions.domain.answer import Answer
from functions.domain.claim import Subject
from functions.domain.json_body import BodyError
from functions.domain.json_value import MISSING, Missing, type_name
from functions.domain.jsonpath import look_up
from functions.domain.template import Value, as_text
from functions.domain.verdict import FailureKind

LONGEST: Final = 8192
"""Characters of a value: the longest tokens have a few thousand, and headers and addresses have to hold it."""

_TELLING: Final = 4
"""Characters from which a value may be a secret: masking `7` or `true` would only make reasons unreadable."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """A value to take, and the name under which later steps have it: from a JSON `path`, or else from a `header`."""

    name: str
    path: str | None = None
    header: str | None = None

    @classmethod
    def decode(cls, name: str, source: object) -> "Extraction":
        """Return the extraction of config.json: a path, or `{"header": name}`."""
        if isinstance(source, str):
            return cls(name=name, path=source)
        return cls(name=name, **dict(source))  # type: ignore[call-overload]  # the configuration was validated

    @property
    def place(self) -> str:
        """Return where it is looked for, in words."""
        return f"header `{self.header}`" if self.path is None else f"`{self.path}`"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortfall:
    """A value that is not there, or is none that can be used; the reason quotes nothing of it."""

    kind: FailureKind
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Extracted:
    """The values by name, and what was missing."""

    values: dict[str, Value] = field(default_factory=dict)
    shortfalls: tuple[Shortfall, ...] = ()

    @property
    def confidential(self) -> tuple[str, ...]:
        """Return what must not be seen, since it may be a token."""
        return tuple(text for value in self.values.values() if len(text := as_text(value)) >= _TELLING)


def extract(extractions: Iterable[Extraction], answer: Answer) -> Extracted:
    """Return what `answer` holds of what is wanted."""
    subject = Subject(answer)
    values: dict[str, Value] = {}
    shortfalls: list[Shortfall] = []
    for extraction in extractions:
        found = _found(extraction, subject)
        if isinstance(found, Shortfall):
            shortfalls.append(found)
        else:
            values[extraction.name] = found
    return Extracted(values=values, shortfalls=tuple(shortfalls))


def _found(extraction: Extraction, subject: Subject) -> Value | Shortfall:
    kind = FailureKind.HEADER if extraction.path is None else FailureKind.SCHEMA
    try:
        if extraction.path is None:
            value: object = subject.answer.headers.get(extraction.header or "", MISSING)
        else:
            value = look_up(extraction.path, subject.document())
    except BodyError as error:
        return Shortfall(kind=FailureKind.JSON, reason=f"{extraction.place} not found in its answer: the body {error}")
    problem = _problem(value)
    if problem is not None:
        return Shortfall(kind=kind, reason=f"{extraction.place} {problem}")
    assert isinstance(value, str | int | float)  # noqa: S101 - what `_problem` has just seen
    return value


def _problem(value: object) -> str | None:
    """Return why a value cannot be used; None where it can."""
    match value:
        case Missing.MISSING:
            return "not found in its answer"
        case None:
            return "is null in its answer"
        case list() | dict():
            return f"is an {type_name(value)} in its answer, not one value"
        case float() if not math.isfinite(value):
            return "is too large a number in its answer"
        case str():
            return _text_problem(value)
        case _:
            return None


def _text_problem(text: str) -> str | None:
    if not text:
        return "is empty in its answer"
    if len(text) > LONGEST:
        return f"has more than {LONGEST} characters in its answer"
    if any("\ud800" <= c <= "\udfff" for c in text):
        return "is no text in its answer: it holds half of a surrogate pair"
    return None
