"""Groups that are listed are all that there are."""

from collections.abc import Iterator

from configuration.nearest import nearest
from configuration.problem import Finding
from configuration.raw import items, monitors
from configuration.source import Source
from configuration.wording import listed, quoted


def unknown_groups(source: Source) -> Iterator[Finding]:
    """Find monitors whose group is not in `groups`, where there is such a list."""
    groups = [group for group in items(source.value.get("groups")) if isinstance(group, str)]
    if not groups:
        return
    for location, monitor in monitors(source):
        group = monitor.get("group")
        if isinstance(group, str) and group not in groups:
            yield Finding(
                location=(*location, "group"),
                message=f"{quoted(group)} is not one of the top-level `groups`: {listed(groups)}",
                suggestion=nearest(group, groups),
            )


def repeated_groups(source: Source) -> Iterator[Finding]:
    """Find groups that are listed twice."""
    groups = items(source.value.get("groups"))
    for position, group in enumerate(groups):
        if isinstance(group, str) and group in groups[:position]:
            yield Finding(location=("groups", position), message=f"{quoted(group)} is listed already")
