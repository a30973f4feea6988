"""A body, read as JSON: strictly, and whatever a stranger put there."""

import json
from typing import NoReturn

from functions.domain.wording import show

MAX_DEPTH = 100
"""Arrays and objects within each other: far more than a health body has, far less than a stack holds."""

_QUOTED = 40
"""Characters of a body that is not JSON which the reason shows."""


class BodyError(Exception):
    """The body is not a JSON document; the message says why and reads on after "body "."""


def parse_body(body: bytes, *, complete: bool = True) -> object:
    """Return the JSON document (RFC 8259) in `body`, UTF-8 with or without a byte order mark.

    Of members with the same name the last counts. Raises BodyError for anything else, NaN and Infinity included.
    """
    if not complete:
        raise BodyError(f"was cut after {len(body)} bytes, so it is not whole JSON")
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BodyError(f"is not JSON: broken UTF-8 at byte {error.start}") from error
    if not text.strip(" \t\r\n"):
        raise BodyError("is empty, not JSON")
    try:
        document: object = _DECODER.decode(text)
    except RecursionError as error:
        raise BodyError(f"is nested more than {MAX_DEPTH} deep") from error
    except ValueError as error:
        raise BodyError(f"is not JSON ({_problem(error)}): {show(text.lstrip()[:_QUOTED])}") from error
    # Most bodies have too few brackets to be too deep: then there is nothing to walk.
    if text.count("[") + text.count("{") > MAX_DEPTH and _depth_exceeds(document, MAX_DEPTH):
        raise BodyError(f"is nested more than {MAX_DEPTH} deep")
    return document


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON number")


# One for all: `json.loads` would make one for each body.
_DECODER = json.JSONDecoder(parse_constant=_refuse)


def _problem(error: ValueError) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"line {error.lineno}, column {error.colno}"
    message = str(error)
    return "a number is too long" if "integer string conversion" in message else message


def _depth_exceeds(document: object, limit: int) -> bool:
    """Walk level by level, without recursion."""
    level = [document]
    for _ in range(limit):
        level = [
            child
            for value in level
            if isinstance(value, (list, dict))
            for child in (value.values() if isinstance(value, dict) else value)
            if isinstance(child, (list, dict))
        ]
        if not level:
            return False
    return True
