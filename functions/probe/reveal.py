"""A check with the values of its secrets in place of the references, whatever its kind."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, replace
from typing import Any, TypeVar
from urllib.parse import quote

from functions.domain.checks.check import Check
from functions.domain.redaction import basic_credentials
from functions.domain.secret import Secret, reveal, secrets_in

_ADDRESS = "url"
_VERBATIM = "client_certificate"
"""The field whose line breaks belong to it."""

C = TypeVar("C", bound=Check)


def references(check: Check) -> frozenset[Secret]:
    """Return every secret that `check` refers to."""
    return frozenset(secret for text in _texts(check) for secret in secrets_in(text))


def revealed(check: C, values: Mapping[Secret, str]) -> C:
    """Return `check` with all references replaced; KeyError where `values` lacks one.

    Inside an address a value is percent-encoded, unless the address begins with it. A line break at a value's end,
    which comes from the editor it was written in, is dropped: no header could hold it.
    """
    trimmed = {secret: check.literal(value.rstrip("\r\n")) for secret, value in values.items()}
    quoted = {secret: quote(value.rstrip("\r\n"), safe="") for secret, value in values.items()}

    def of_field(name: str) -> Callable[[str], str]:
        if name == _ADDRESS:
            return lambda text: reveal(text, trimmed if text.startswith("secret:") else quoted)
        if name == _VERBATIM:
            return lambda text: reveal(text, values)
        return lambda text: reveal(text, trimmed)

    return _replaced(check, of_field)


def confidential(check: Check, values: Mapping[Secret, str]) -> tuple[str, ...]:
    """Return what must not be seen of a revealed check: the secrets, and what basic authentication makes of them."""
    secrets = tuple(value.rstrip("\r\n") for value in values.values())
    return (*secrets, *_credentials(check))


def _credentials(value: object) -> Iterator[str]:
    """Yield what basic authentication is made of in a check, or in one of the checks that it is made of."""
    if not value or isinstance(value, str):
        return
    if isinstance(value, Check):
        auth = getattr(value, "auth", None)
        if auth and auth[0] == "basic":
            yield from (basic_credentials(*auth[1:]), auth[2])
        for name in value.__dataclass_fields__:
            yield from _credentials(getattr(value, name))
    elif isinstance(value, tuple):
        for item in value:
            yield from _credentials(item)


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif not value or isinstance(value, int | float):
        return
    elif isinstance(value, Check):
        for name in value.__dataclass_fields__:
            yield from _texts(getattr(value, name))
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _texts(item)


def _replaced(check: C, of_field: Callable[[str], Callable[[str], str]]) -> C:
    """Return `check` with every text changed by what its field's name asks for."""

    def mapped(value: Any, change: Callable[[str], str]) -> Any:  # noqa: ANN401 - JSON of any shape keeps its shape
        if isinstance(value, str):
            return change(value)
        if isinstance(value, Check):
            return _replaced(value, of_field)
        if isinstance(value, Mapping):
            return {key: mapped(item, change) for key, item in value.items()}
        if isinstance(value, list | tuple):
            return type(value)(mapped(item, change) for item in value)
        return value

    return replace(check, **{f.name: mapped(getattr(check, f.name), of_field(f.name)) for f in fields(check)})
