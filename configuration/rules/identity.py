"""Ids name one thing each."""

from collections.abc import Iterator

from configuration.problem import Finding
from configuration.raw import monitors
from configuration.source import Source


def repeated_ids(source: Source) -> Iterator[Finding]:
    """Find monitors that have the id of an earlier one."""
    lines: dict[str, int] = {}
    for location, monitor in monitors(source):
        monitor_id = monitor.get("id")
        if not isinstance(monitor_id, str):
            continue
        _, place = source.place((*location, "id"))
        if monitor_id in lines:
            message = (
                f"the id `{monitor_id}` is taken by the monitor in line {lines[monitor_id]}; every id is used once"
            )
            yield Finding(location=(*location, "id"), message=message)
        else:
            lines[monitor_id] = place.line
