"""Monitors depend on monitors, and in no circle."""

from collections.abc import Iterator, Mapping, Sequence

from configuration.nearest import nearest
from configuration.problem import Finding, Location
from configuration.raw import items, monitors
from configuration.source import Source
from configuration.wording import quoted


def unknown_parents(source: Source) -> Iterator[Finding]:
    """Find dependencies on what is not watched, on the monitor itself, and those named twice."""
    ids = [monitor["id"] for _, monitor in monitors(source) if isinstance(monitor.get("id"), str)]
    for location, monitor_id, parents in _dependencies(source):
        for position, parent in enumerate(parents):
            where = (*location, "depends_on", position)
            if not isinstance(parent, str):
                continue
            if parent in parents[:position]:
                yield Finding(location=where, message=f"{quoted(parent)} is listed already")
            elif parent == monitor_id:
                yield Finding(location=where, message="a monitor does not depend on itself; leave it out")
            elif parent not in ids:
                message = f"{quoted(parent)} is not the id of a monitor"
                yield Finding(location=where, message=message, suggestion=nearest(parent, map(str, ids)))


def circles(source: Source) -> Iterator[Finding]:
    """Find monitors that depend on themselves by way of others, each circle once."""
    graph: dict[str, list[str]] = {}
    places: dict[str, Location] = {}
    for location, monitor_id, parents in _dependencies(source):
        if isinstance(monitor_id, str) and monitor_id not in graph:
            graph[monitor_id] = [parent for parent in parents if isinstance(parent, str) and parent != monitor_id]
            places[monitor_id] = location
    told: set[str] = set()
    for monitor_id in graph:
        circle = None if monitor_id in told else _circle(monitor_id, graph)
        if circle:
            told.update(circle)
            way = " -> ".join(f"`{step}`" for step in (*circle, circle[0]))
            message = f"{way} is a circle, in which nobody would ever be told; take one of them out"
            yield Finding(location=(*places[monitor_id], "depends_on"), message=message, at_key=True)


def _dependencies(source: Source) -> Iterator[tuple[Location, object, list[object]]]:
    """Yield where each monitor stands, its id and what it depends on."""
    for location, monitor in monitors(source):
        yield location, monitor.get("id"), items(monitor.get("depends_on"))


def _circle(start: str, graph: Mapping[str, Sequence[str]]) -> list[str] | None:
    """Return the shortest way from `start` back to itself, without the return; None where there is none."""
    came_from: dict[str, str] = {}
    waiting = [start]
    for monitor in waiting:
        for parent in graph.get(monitor, ()):
            if parent == start:
                way = [monitor]
                while way[-1] != start:
                    way.append(came_from[way[-1]])
                return way[::-1]
            if parent not in came_from:
                came_from[parent] = monitor
                waiting.append(parent)
    return None
