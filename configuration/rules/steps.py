"""What steps hand on: every value is taken before it is used, under one name, and used."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from configuration.nearest import nearest
from configuration.problem import Finding, Location
from configuration.raw import REQUEST_KEYS, mapping, monitors, steps_of, texts
from configuration.source import Source
from configuration.units import UnitError, duration, spell
from configuration.wording import listed, quoted
from functions.domain.secret import REFERENCE
from functions.domain.template import flaws_in, names_in

_HOW = "a value is written `{{ name }}`, and a literal `{{` is written `{{{{`"
_KEYED = ("headers", "query", "form", "json")


@dataclass(slots=True)
class _Known:
    """The values of one monitor: by name the number of the step that takes it, from 1."""

    taken: dict[str, int] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)


def repeated_names(source: Source) -> Iterator[Finding]:
    """Find steps, and values, that have the name of an earlier one."""
    for _, steps in _chains(source):
        names: dict[str, int] = {}
        values: dict[str, int] = {}
        for number, (location, step) in enumerate(steps, start=1):
            name = step.get("name")
            if isinstance(name, str) and names.setdefault(name, number) != number:
                message = f"the name {quoted(name)} is taken by step {names[name]}; whoever reads of one looks for it"
                yield Finding(location=(*location, "name"), message=message)
            for value in mapping(step.get("extract")):
                if values.setdefault(value, number) != number:
                    message = f"`{value}` is extracted by step {values[value]} already; give it another name"
                    yield Finding(location=(*location, "extract", value), message=message, at_key=True)


def unknown_values(source: Source) -> Iterator[Finding]:
    """Find references to values that no step takes, or none before, and those that are none."""
    for _, steps in _chains(source):
        known = _known(steps)
        for number, (location, step) in enumerate(steps, start=1):
            for where, text in _texts(step, location):
                for flaw in flaws_in(text):
                    yield Finding(location=where, message=f"{quoted(flaw)} is no reference to a value; {_HOW}")
                for name in names_in(text):
                    message = _misuse(name, number, known.taken)
                    if message:
                        suggestion = None if name in known.taken else nearest(name, known.taken)
                        yield Finding(location=where, message=message, suggestion=suggestion)
            yield from _in_keys(step, location)


def unused_values(source: Source) -> Iterator[Finding]:
    """Warn of values that no later step uses."""
    for _, steps in _chains(source):
        known = _known(steps)
        for location, step in steps:
            for name in mapping(step.get("extract")):
                if name not in known.used:
                    message = (
                        f"no later step uses `{name}`; write `{{{{ {name} }}}}` where it is wanted, or leave it out"
                    )
                    yield Finding(location=(*location, "extract", name), message=message, at_key=True)


def values_in_expectations(source: Source) -> Iterator[Finding]:
    """Warn of references where nothing is filled in."""
    for _, steps in _chains(source):
        for location, step in steps:
            for part in ("expect", "degraded"):
                for where, text in texts(step.get(part), (*location, part)):
                    if any(names_in(text)):
                        message = "values are filled into requests only; here this is text like any other"
                        yield Finding(location=where, message=message)


def secrets_in_names(source: Source) -> Iterator[Finding]:
    """Find secrets in the names of steps, which are public."""
    for _, steps in _chains(source):
        for location, step in steps:
            name = step.get("name")
            if isinstance(name, str) and REFERENCE.search(name):
                yield Finding(location=(*location, "name"), message="the name of a step is public; it holds no secret")


def longer_than_all(source: Source) -> Iterator[Finding]:
    """Find steps that may take longer than all of them together."""
    defaults = mapping(source.value.get("defaults"))
    for monitor, steps in _chains(source):
        whole = _seconds({**defaults, **monitor}.get("timeout", "10s"))
        for location, step in steps:
            own = _seconds(step.get("timeout"))
            if whole is not None and own is not None and own > whole:
                message = f"a step has at most the time of all steps together, which is {spell(whole)}"
                yield Finding(location=(*location, "timeout"), message=message)


def _chains(
    source: Source,
) -> Iterator[tuple[Mapping[str, object], list[tuple[Location, Mapping[str, object]]]]]:
    for location, monitor in monitors(source):
        steps = list(steps_of(monitor, location))
        if steps:
            yield monitor, steps


def _texts(step: Mapping[str, object], location: Location) -> Iterator[tuple[Location, str]]:
    """Yield the texts of the request."""
    for key in REQUEST_KEYS:
        yield from texts(step.get(key), (*location, key))


def _known(steps: list[tuple[Location, Mapping[str, object]]]) -> _Known:
    known = _Known()
    for number, (location, step) in enumerate(steps, start=1):
        known.used.update(name for _, text in _texts(step, location) for name in names_in(text) if name in known.taken)
        for name in mapping(step.get("extract")):
            known.taken.setdefault(name, number)
    return known


def _misuse(name: str, number: int, taken: Mapping[str, int]) -> str | None:
    if name not in taken:
        there = f"there are {listed(list(taken))}" if taken else "no step extracts any"
        return f"`{{{{ {name} }}}}` is the name of no value; {there}"
    if taken[name] >= number:
        return f"`{{{{ {name} }}}}` is not known yet: step {taken[name]} extracts it, and this is step {number}"
    return None


def _in_keys(step: Mapping[str, object], location: Location) -> Iterator[Finding]:
    for part in _KEYED:
        for where in _keys(step.get(part), (*location, part)):
            if any(names_in(str(where[-1]))):
                yield Finding(location=where, message="values are filled into values, never into keys", at_key=True)


def _keys(value: object, location: Location) -> Iterator[Location]:
    for key, inner in mapping(value).items():
        yield (*location, key)
        yield from _keys(inner, (*location, key))


def _seconds(value: object) -> float | None:
    try:
        return None if value is None else duration(value)
    except UnitError:
        return None  # it has its own problem
