"""What is said of somebody else's status page fits together."""

from collections.abc import Iterator

from configuration.problem import Finding
from configuration.raw import checks
from configuration.source import Source


def component_of_a_feed(source: Source) -> Iterator[Finding]:
    """Find components that are asked of a feed, whose entries do not say which they are about."""
    for location, kind, check in checks(source):
        if kind == "upstream" and check.get("format") == "feed" and "component" in check:
            message = "a feed does not say which components it is about; read the Statuspage, or leave this out"
            yield Finding(location=(*location, "component"), message=message, at_key=True)
