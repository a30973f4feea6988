"""Kinds of value that appear in more than one place."""

import re
from collections.abc import Callable
from typing import Annotated

from pydantic import AfterValidator, PlainValidator, WithJsonSchema

from configuration.models.model import wrong
from configuration.timing import LONGEST_GAP
from configuration.units import DURATION_PATTERN, UnitError, duration, spell
from configuration.wording import quoted

SLUG_PATTERN = r"^[a-z0-9](?:[a-z0-9-]{0,48}[a-z0-9])?$"
_HEADER_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
"""A token of RFC 9110, section 5.6.2."""

_SET_BY_THE_CONNECTION = frozenset({"content-length", "transfer-encoding", "connection", "upgrade", "te", "trailer"})
_LONGEST_LINE = 120
_LONGEST_TEXT = 2000


def _slug(text: str) -> str:
    if re.fullmatch(SLUG_PATTERN, text):
        return text
    meant = re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-")[:50].strip("-")
    raise wrong(
        f"{quoted(text)} is no id; allowed: 1 to 50 lower-case letters, digits and hyphens, no hyphen at either end",
        meant or None,
    )


def _line(text: str) -> str:
    if not text.strip():
        raise wrong("found only blanks; some text is needed")
    if len(text) > _LONGEST_LINE:
        raise wrong(f"found {len(text)} characters; at most {_LONGEST_LINE} are allowed")
    if any(ord(c) < ord(" ") or c in "\x7f\u2028\u2029" for c in text):
        raise wrong("found a line break or a control character; one line of text is allowed")
    return text


def _text(text: str) -> str:
    if not text.strip():
        raise wrong("found only blanks; some text is needed")
    if len(text) > _LONGEST_TEXT:
        raise wrong(f"found {len(text)} characters; at most {_LONGEST_TEXT} are allowed")
    if any(ord(c) < ord(" ") and c not in "\n\t" for c in text):
        raise wrong("found a control character")
    return text


def header_name(name: str) -> str:
    """Return the name in lower case, in which headers are compared."""
    if not _HEADER_NAME.fullmatch(name):
        raise wrong(f"{quoted(name)} is no header name; allowed: letters, digits and hyphens")
    return name.lower()


def _request_header_name(name: str) -> str:
    lower = header_name(name)
    if lower in _SET_BY_THE_CONNECTION:
        raise wrong(f"`{lower}` is set by the connection itself; leave it out")
    return lower


def _header_value(value: str) -> str:
    if any((ord(c) < ord(" ") and c != "\t") or ord(c) == 0x7F for c in value):  # noqa: PLR2004 (DEL)
        raise wrong("found a line break or a control character, which a header cannot hold")
    return value


def seconds_between(low: float, high: float, *, what: str, bare: str = "s") -> Callable[[object], float]:
    """Return a validator for durations in [low, high] seconds; `what` names the key in the message."""

    def validate(value: object) -> float:
        try:
            seconds = duration(value, bare=bare)
        except UnitError as error:
            raise wrong(str(error), error.suggestion) from error
        if not low <= seconds <= high:
            raise wrong(f"found {spell(seconds)}; {what} may be from {spell(low)} to {spell(high)}")
        return seconds

    return validate


def duration_schema(*examples: str) -> WithJsonSchema:
    """Return what editors are told of a duration."""
    return WithJsonSchema({"type": "string", "pattern": DURATION_PATTERN, "examples": list(examples)})


Slug = Annotated[str, AfterValidator(_slug), WithJsonSchema({"type": "string", "pattern": SLUG_PATTERN})]
Line = Annotated[
    str, AfterValidator(_line), WithJsonSchema({"type": "string", "minLength": 1, "maxLength": _LONGEST_LINE})
]
Text = Annotated[
    str, AfterValidator(_text), WithJsonSchema({"type": "string", "minLength": 1, "maxLength": _LONGEST_TEXT})
]
HeaderName = Annotated[str, AfterValidator(header_name)]
RequestHeaderName = Annotated[str, AfterValidator(_request_header_name)]
HeaderValue = Annotated[str, AfterValidator(_header_value)]
AttemptGap = Annotated[
    float, PlainValidator(seconds_between(0, LONGEST_GAP, what="the gap")), duration_schema("0s", "500ms", "2s")
]
Timeout = Annotated[
    float, PlainValidator(seconds_between(0.1, 880, what="a timeout")), duration_schema("5s", "10s", "30s")
]
