"""A request that makes sense as a whole."""

from collections.abc import Iterator

from configuration.problem import Finding
from configuration.raw import expecting, look_up, mapping, requests
from configuration.source import Source
from configuration.wording import listed

_BODIES = ("json", "form", "text")


def several_bodies(source: Source) -> Iterator[Finding]:
    """Find requests with more than one body."""
    for location, http in requests(source):
        bodies = [key for key in http if key in _BODIES]
        if len(bodies) > 1:
            message = f"a request has one body, but {listed(bodies)} are there; keep one"
            yield Finding(location=(*location, bodies[1]), message=message, at_key=True)


def body_without_method(source: Source) -> Iterator[Finding]:
    """Find bodies that would go out with a GET that nobody asked for."""
    for location, http in requests(source):
        body = next((key for key in http if key in _BODIES), None)
        if body and "method" not in http:
            message = "a body needs a method that is named, since the default is GET; add one: `method: POST`"
            yield Finding(location=(*location, body), message=message, at_key=True)


def several_credentials(source: Source) -> Iterator[Finding]:
    """Find requests that say who asks in two ways, or in none."""
    for location, http in requests(source):
        auth = http.get("auth")
        if not isinstance(auth, dict):
            continue
        ways = [key for key in auth if key in ("basic", "bearer")]
        if len(ways) != 1 and len(ways) == len(auth):
            yield Finding(location=(*location, "auth"), message="say who asks in one way: `basic` or `bearer`")
        if any(name.casefold() == "authorization" for name in mapping(http.get("headers"))):
            message = "`auth` and an `authorization` header are both there; keep one"
            yield Finding(location=(*location, "auth"), message=message, at_key=True)


def repeated_headers(source: Source) -> Iterator[Finding]:
    """Find headers whose names differ only in case, which is no difference."""
    mappings = [((*location, "headers"), mapping(http.get("headers"))) for location, http in requests(source)]
    mappings += [
        ((*location, part, "headers"), mapping(look_up(asking, part, "headers")))
        for location, _, asking in expecting(source)
        for part in ("expect", "degraded")
    ]
    for location, headers in mappings:
        seen: dict[str, str] = {}
        for name in headers:
            first = seen.setdefault(name.casefold(), name)
            if first != name:
                message = f"the header `{first}` is there already; names of headers are the same in any case"
                yield Finding(location=(*location, name), message=message, at_key=True)
