"""Reads the fields of a request's JSON body; says of a wrong one which it is, what was found and what is expected."""

import json
import re
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from difflib import get_close_matches
from typing import Final, NoReturn

from functions.domain.verdict import Verdict
from functions.operator.errors import BadRequestError

_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
"""Controls other than tab and line feed, and halves of surrogates, which no UTF-8 can hold."""

_SHOWN: Final = 100


class Fields:
    """One JSON object; every method raises BadRequestError."""

    def __init__(self, body: bytes, *, allowed: Collection[str]) -> None:
        try:
            document = json.loads(body)
        except (ValueError, RecursionError) as error:
            raise BadRequestError("The body has to be a JSON object; it is not JSON.", problem=str(error)) from error
        if not isinstance(document, dict):
            raise BadRequestError("The body has to be a JSON object.", found=_shown(document))
        for name in document:
            if name not in allowed:
                raise BadRequestError(
                    f"There is no field `{_shown(name)}` here.", field=_shown(name), **_near(name, allowed)
                )
        self._document: Mapping[str, object] = document

    def text(self, name: str, *, limit: int) -> str:
        """Return a text of at most `limit` characters, its lines as they are."""
        value = self._document.get(name)
        expected = f"text of 1 to {limit} characters"
        if not isinstance(value, str):
            _refuse(name, expected, value)
        found = value.replace("\r\n", "\n").replace("\r", "\n").strip()
        if not found or len(found) > limit:
            _refuse(name, expected, f"{len(found)} characters")
        if _FORBIDDEN.search(found):
            _refuse(name, f"{expected} without control characters", found)
        return found

    def line(self, name: str, *, limit: int) -> str:
        """Return a text on one line."""
        return " ".join(self.text(name, limit=limit).split())

    def optional_line(self, name: str, *, limit: int) -> str | None:
        """Return a text on one line; None where there is none."""
        return None if self._document.get(name) is None else self.line(name, limit=limit)

    def word(self, name: str, allowed: Iterable[str]) -> str | None:
        """Return one of the `allowed` words; None where there is none."""
        value, words = self._document.get(name), [str(word) for word in allowed]
        if value is None or (isinstance(value, str) and value in words):
            return value
        return _refuse(name, f"one of {', '.join(words)}", value, **_near(value, words))

    def time(self, name: str, *, earliest: datetime, latest: datetime) -> datetime | None:
        """Return a moment from `earliest` to `latest`; None where there is none."""
        value = self._document.get(name)
        if value is None:
            return None
        expected = f"a time with its zone, from {earliest:%Y-%m-%dT%H:%M:%SZ} to {latest:%Y-%m-%dT%H:%M:%SZ}"
        try:
            found = datetime.fromisoformat(value) if isinstance(value, str) else None
        except ValueError:
            found = None
        if found is None or found.tzinfo is None or not earliest <= found <= latest:
            _refuse(name, expected, value)
        return found.astimezone(earliest.tzinfo).replace(microsecond=0)

    def monitors(self, name: str, known: Collection[str], allowed: Collection[Verdict]) -> dict[str, Verdict]:
        """Return monitors with how they are; empty where there are none."""
        value = self._document.get(name)
        if value is None:
            return {}
        words = ", ".join(allowed)
        if not isinstance(value, dict):
            _refuse(name, f"an object: a monitor's id, and how it is ({words})", value)
        for monitor, word in value.items():
            if monitor not in known:
                _refuse(f"{name}.{_shown(monitor)}", "the id of a monitor", monitor, **_near(monitor, known))
            if word not in allowed:
                _refuse(f"{name}.{monitor}", f"one of {words}", word, **_near(word, allowed))
        return {monitor: Verdict(word) for monitor, word in value.items()}


def _refuse(field: str, expected: str, found: object, **more: object) -> NoReturn:
    raise BadRequestError(
        f"`{field}` has to be {expected}.", field=field, expected=expected, found=_shown(found), **more
    )


def _near(found: object, allowed: Iterable[str]) -> dict[str, object]:
    words = [str(word) for word in allowed]
    meant = get_close_matches(found, words, n=1) if isinstance(found, str) else []
    return {"suggestion": meant[0]} if meant else {"allowed": words[:50]}


def _shown(value: object) -> object:
    """Return what was found, short enough to be quoted in an answer and in a log."""
    if value is None or isinstance(value, bool | int | float):
        return value
    text = value if isinstance(value, str) else json.dumps(value)
    text = text.encode(errors="replace").decode()
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
