"""A monitor's request with the values of its secrets in place of the references."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, replace
from typing import Any
from urllib.parse import quote

from functions.domain.monitor import HttpRequest
from functions.domain.redaction import basic_credentials
from functions.domain.secret import Secret, reveal, secrets_in


def references(request: HttpRequest) -> frozenset[Secret]:
    """Return every secret that `request` refers to."""
    return frozenset(
        secret
        for field in fields(request)
        for text in _texts(getattr(request, field.name))
        for secret in secrets_in(text)
    )


def revealed(request: HttpRequest, values: Mapping[Secret, str]) -> HttpRequest:
    """Return `request` with all references replaced; KeyError where `values` lacks one.

    Inside an address a value is percent-encoded, unless the address begins with it. A line break at a value's end,
    which comes from the editor it was written in, is dropped: no header could hold it.
    """
    trimmed = {secret: value.rstrip("\r\n") for secret, value in values.items()}
    quoted = {secret: quote(value, safe="") for secret, value in trimmed.items()}

    def replaced(text: str) -> str:
        return reveal(text, trimmed)

    in_address = trimmed if request.url.startswith("secret:") else quoted
    certificate = request.client_certificate
    return replace(
        request,
        url=reveal(request.url, in_address),
        headers=_mapped(request.headers, replaced),
        query=_mapped(request.query, replaced),
        json=_mapped(request.json, replaced),
        form=_mapped(request.form, replaced),
        text=_mapped(request.text, replaced),
        auth=_mapped(request.auth, replaced),
        client_certificate=certificate and reveal(certificate, values),
    )


def confidential(request: HttpRequest, values: Mapping[Secret, str]) -> tuple[str, ...]:
    """Return what must not be seen of a revealed request: the secrets, and what basic authentication makes of them."""
    secrets = tuple(value.rstrip("\r\n") for value in values.values())
    if request.auth and request.auth[0] == "basic":
        return (*secrets, basic_credentials(*request.auth[1:]), request.auth[2])
    return secrets


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _texts(item)


def _mapped(value: Any, change: Callable[[str], str]) -> Any:  # noqa: ANN401 - JSON of any shape keeps its shape
    if isinstance(value, str):
        return change(value)
    if isinstance(value, Mapping):
        return {key: _mapped(item, change) for key, item in value.items()}
    if isinstance(value, list):
        return [_mapped(item, change) for item in value]
    if isinstance(value, tuple):
        return tuple(_mapped(item, change) for item in value)
    return value
