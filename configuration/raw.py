"""The document before it is known to be valid, looked at leniently: what is of the wrong type is passed over.

Rules that span several keys read this, so that an error in one monitor hides none in another.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from configuration.models.http import Http
from configuration.models.kinds import KINDS
from configuration.problem import Location
from configuration.source import Source
from functions.domain.template import stand_in

REQUEST_KEYS: Final = tuple(field.alias or name for name, field in Http.model_fields.items())
"""The keys of a request, of which a step has more than these."""


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
    """Yield every HTTP request, also of steps, and where it stands."""
    for location, kind, check in checks(source):
        if kind == "http":
            yield location, check


def kinds_in(monitor: Mapping[str, object]) -> list[str]:
    """Return the kinds of check that a monitor has; one is what it should have."""
    return [key for key in monitor if key in KINDS]


def checks(source: Source) -> Iterator[tuple[Location, str, Mapping[str, object]]]:
    """Yield everything that monitors do: where it stands, its kind, and what is said of it.

    Each step is a check of the kind `http`, whose address has something in the place of values of earlier steps.
    """
    for location, monitor in monitors(source):
        for kind in kinds_in(monitor):
            if isinstance(monitor[kind], dict):
                yield (*location, kind), kind, mapping(monitor[kind])
        for inner, step in steps_of(monitor, location):
            request = {key: value for key, value in step.items() if key in REQUEST_KEYS}
            url = step.get("url")
            yield inner, "http", {**request, "url": stand_in(url)} if isinstance(url, str) else request


def steps_of(monitor: Mapping[str, object], location: Location) -> Iterator[tuple[Location, Mapping[str, object]]]:
    """Yield the steps of a monitor, and where they stand."""
    for position, step in enumerate(items(monitor.get("steps"))):
        if isinstance(step, dict):
            yield (*location, "steps", position), step


def expecting(source: Source) -> Iterator[tuple[Location, list[str], Mapping[str, object]]]:
    """Yield everything that may have `expect` and `degraded`, with its kinds: monitors, and their steps as `http`."""
    for location, monitor in monitors(source):
        yield location, kinds_in(monitor), monitor
        for inner, step in steps_of(monitor, location):
            yield inner, ["http"], step


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
