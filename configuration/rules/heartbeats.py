"""A heartbeat sends nothing, so what is said of requests and answers says nothing of it."""

from collections.abc import Iterator

from configuration.problem import Finding
from configuration.raw import kinds_in, monitors
from configuration.source import Source

_ABOUT_REQUESTS = ("expect", "degraded", "timeout", "attempts", "attempt_gap", "regions")


def without_requests(source: Source) -> Iterator[Finding]:
    """Find keys of heartbeats that are about requests."""
    for location, monitor in monitors(source):
        for key in monitor if kinds_in(monitor) == ["heartbeat"] else ():
            if key in _ABOUT_REQUESTS:
                message = f"`{key}` says nothing of a heartbeat, which is not asked but reports in; leave it out"
                yield Finding(location=(*location, key), message=message, at_key=True)
