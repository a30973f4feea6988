"""The document before it is known to be valid, looked at leniently: what is of the wrong type is passed over.

Rules that span several keys read this, so that an error in one monitor hides none in another.
"""

from collections.abc import Iterator, Mapping

from configuration.models.kinds import KINDS
from configuration.problem import Location
from configuration.source import Source


def look_up(value: object, *steps: str | int) -> object:
    """Return what stands under `steps`, None where there is nothing."""
    for step in steps:
        if isinstance(value, dict) and isinstance(step, str):
            value = value.get(step)
        elif isinstance(value, list) and isinstance(step, int) and step < len(value):
            value = value[step]
        else:
            return None
    return value


def mapping(value: object) -> Mapping[str, object]:
    """Return `value` where it is a mapping, else an empty one."""
    return value if isinstance(value, dict) else {}


def items(value: object) -> list[object]:
    """Return `value` where it is a list, else an empty one."""
    return value if isinstance(value, list) else []


def monitors(source: Source) -> Iterator[tuple[Location, Mapping[str, object]]]:
    """Yield every monitor that is a mapping, and where it stands."""
    for position, monitor in enumerate(items(source.value.get("monitors"))):
        if isinstance(monitor, dict):
            yield ("monitors", position), monitor


def requests(source: Source) -> Iterator[tuple[Location, Mapping[str, object]]]:
    """Yield every monitor's `http`, and where it stands."""
    for location, kind, check in checks(source):
        if kind == "http":
            yield location, check


def kinds_in(monitor: Mapping[str, object]) -> list[str]:
    """Return the kinds of check that a monitor has; one is what it should have."""
    return [key for key in monitor if key in KINDS]


def checks(source: Source) -> Iterator[tuple[Location, str, Mapping[str, object]]]:
    """Yield everything that monitors do: where it stands, its kind, and what is said of it."""
    for location, monitor in monitors(source):
        for kind in kinds_in(monitor):
            if isinstance(monitor[kind], dict):
                yield (*location, kind), kind, mapping(monitor[kind])


def texts(value: object, location: Location) -> Iterator[tuple[Location, str]]:
    """Yield every text in `value`, however deep, and where it stands."""
    if isinstance(value, str):
        yield location, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from texts(inner, (*location, key))
    elif isinstance(value, list):
        for position, inner in enumerate(value):
            yield from texts(inner, (*location, position))
