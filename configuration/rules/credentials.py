"""Secrets are references, here and everywhere."""

import re
from collections.abc import Iterator
from contextlib import suppress
from urllib.parse import parse_qsl, urlsplit

from configuration.interpolation import has_placeholder
from configuration.problem import Finding, Location
from configuration.raw import checks, expecting, look_up, texts
from configuration.source import Source
from functions.domain.secret import REFERENCE
from functions.domain.template import names_in

_MARK = re.compile(r"\bsecret:")
_BEARING_HEADERS = frozenset(
    {"authorization", "proxy-authorization", "cookie", "x-api-key", "api-key", "apikey", "x-auth-token", "x-token"}
)
_BEARING_PARAMETERS = frozenset({"api_key", "apikey", "api-key", "token", "access_token", "key", "secret", "password"})
_EXAMPLES = "`secret:NAME`, `secret:NAME#key` (a field of a JSON secret) or `secret:/name` (an SSM parameter)"


def broken_references(source: Source) -> Iterator[Finding]:
    """Find `secret:` with nothing after it that could be a name."""
    for location, _, check in checks(source):
        for inner, text in texts(check, location):
            whole = {match.start() for match in REFERENCE.finditer(text)}
            if any(match.start() not in whole for match in _MARK.finditer(text)):
                yield Finding(location=inner, message=f"`secret:` is followed by no name; write {_EXAMPLES}")
            elif any(match["key"] is None and text[match.end() :][:1] == "#" for match in REFERENCE.finditer(text)):
                yield Finding(location=inner, message=f"`#` is followed by no key; write {_EXAMPLES}")


def from_the_environment(source: Source) -> Iterator[Finding]:
    """Find credentials that are taken from the environment, from where they would end up in config.json."""
    for location, _, check in checks(source):
        written = [(inner, source.templates.get(inner, "")) for inner, _ in _credentials(check, location)]
        url = (*location, "url")
        for inner, template in [*written, *((url, text) for text in _in_query(source.templates.get(url, "")))]:
            if has_placeholder(re.sub(r"\bsecret:\S*", "", template)):
                message = (
                    "a credential is never taken from the environment: it would be deployed in plain text; "
                    f"keep it as a secret and write {_EXAMPLES}"
                )
                yield Finding(location=inner, message=message)


def written_out(source: Source) -> Iterator[Finding]:
    """Warn of credentials that stand in the file itself."""
    for location, _, check in checks(source):
        url = look_up(check, "url")
        in_url = (((*location, "url"), text) for text in _in_query(url if isinstance(url, str) else ""))
        for inner, text in (*_credentials(check, location), *in_url):
            extracted = "steps" in location and any(names_in(text))
            if not _MARK.search(text) and inner not in source.templates and text and not extracted:
                message = f"this looks like a credential in plain text, which is deployed as it is; write {_EXAMPLES}"
                yield Finding(location=inner, message=message)


def in_expectations(source: Source) -> Iterator[Finding]:
    """Warn of references where none are resolved."""
    for location, _, asking in expecting(source):
        for part in ("expect", "degraded"):
            for inner, text in texts(asking.get(part), (*location, part)):
                if REFERENCE.search(text):
                    message = (
                        "references to secrets are resolved in the check itself only; here this is text like any other"
                    )
                    yield Finding(location=inner, message=message)


def _in_query(url: str) -> Iterator[str]:
    """Yield the values of those parameters in a URL that are called as credentials are."""
    with suppress(ValueError):  # what is no URL is a problem of its own
        for name, value in parse_qsl(urlsplit(url).query):
            if name.casefold() in _BEARING_PARAMETERS:
                yield value


def _credentials(check: object, location: Location) -> Iterator[tuple[Location, str]]:
    """Yield the texts whose place says that they are credentials."""
    for steps in (("auth", "basic", "password"), ("auth", "bearer")):
        value = look_up(check, *steps)
        if isinstance(value, str):
            yield (*location, *steps), value
    for part, names in (("headers", _BEARING_HEADERS), ("query", _BEARING_PARAMETERS)):
        values = look_up(check, part)
        for name, value in values.items() if isinstance(values, dict) else ():
            if name.casefold() in names and isinstance(value, str):
                yield (*location, part, name), value
