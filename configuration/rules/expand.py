"""Parts are read from the body of an answer over HTTP, so there must be one."""

from collections.abc import Iterator

from configuration.problem import Finding
from configuration.raw import kinds_in, look_up, monitors
from configuration.source import Source


def without_a_body(source: Source) -> Iterator[Finding]:
    """Find `expand` where no health body can come: another kind of check, or a request for the headers alone."""
    for location, monitor in monitors(source):
        kinds = kinds_in(monitor)
        if monitor.get("expand", False) is False or len(kinds) != 1:
            continue
        here = (*location, "expand")
        if kinds != ["http"]:
            message = f"a {kinds[0]} check has no health body; `expand` is for http checks"
            yield Finding(location=here, message=message, at_key=True)
        elif look_up(monitor, "http", "method") == "HEAD":
            message = "the answer to HEAD has no body, so there are no parts in it; use GET"
            yield Finding(location=here, message=message, at_key=True)
