"""Maintenance of monitors and groups that there are, in windows that come to pass."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from pydantic_core import PydanticCustomError

from configuration.models.maintenance import first_occurrence, moment, recurrence
from configuration.nearest import nearest
from configuration.problem import Finding, Location
from configuration.raw import items, look_up, monitors
from configuration.source import Source
from configuration.wording import listed, quoted


def unknown_members(source: Source) -> Iterator[Finding]:
    """Find monitors and groups that no monitor has."""
    ids = [monitor["id"] for _, monitor in monitors(source) if isinstance(monitor.get("id"), str)]
    groups = list(dict.fromkeys(str(m["group"]) for _, m in monitors(source) if isinstance(m.get("group"), str)))
    for location, entry in _entries(source):
        for position, monitor in enumerate(items(entry.get("monitors"))):
            if isinstance(monitor, str) and monitor not in ids:
                message = f"{quoted(monitor)} is not the id of a monitor"
                where = (*location, "monitors", position)
                yield Finding(location=where, message=message, suggestion=nearest(monitor, map(str, ids)))
        for position, group in enumerate(items(entry.get("groups"))):
            if isinstance(group, str) and group not in groups:
                there = f"; there are {listed(groups)}" if groups else ", and no monitor has one"
                where = (*location, "groups", position)
                message = f"{quoted(group)} is not the group of a monitor{there}"
                yield Finding(location=where, message=message, suggestion=nearest(group, groups))


def windows_without_length(source: Source) -> Iterator[Finding]:
    """Find windows that end before they begin."""
    for location, entry in _entries(source):
        start, end = (_moment(source, entry, key) for key in ("from", "until"))
        if start is not None and end is not None and end <= start:
            yield Finding(location=(*location, "until"), message="it ends before it begins, or at the same moment")


def impossible_rules(source: Source) -> Iterator[Finding]:
    """Find recurrence rules that mean nothing, or that never come to pass."""
    for location, entry in _entries(source):
        rule, start = entry.get("rrule"), _moment(source, entry, "from")
        if not isinstance(rule, str) or start is None:
            continue
        where = (*location, "rrule")
        try:
            first = first_occurrence(recurrence(rule), start)
        except PydanticCustomError:
            continue  # it has its own problem
        except ValueError as error:
            message = (
                f"{quoted(rule)} is no recurrence rule of RFC 5545 ({error}); allowed: such as `FREQ=WEEKLY;BYDAY=SU`"
            )
            yield Finding(location=where, message=message)
            continue
        if first is None:
            yield Finding(location=where, message=f"{quoted(rule)} never happens after {quoted(str(entry['from']))}")


def _entries(source: Source) -> Iterator[tuple[Location, Mapping[str, object]]]:
    for position, entry in enumerate(items(source.value.get("maintenance"))):
        if isinstance(entry, dict):
            yield ("maintenance", position), entry


def _moment(source: Source, entry: Mapping[str, object], key: str) -> datetime | None:
    """Return the aware time under `key`; None where there is none, or none that can be read."""
    text = entry.get(key)
    zone = entry.get("time_zone") or look_up(source.value, "page", "time_zone") or "UTC"
    if not isinstance(text, str) or not isinstance(zone, str):
        return None
    try:
        at, known = moment(text), ZoneInfo(zone)
    except (PydanticCustomError, ValueError, OSError, KeyError):
        return None  # it has its own problem
    return at if at.tzinfo is not None else at.replace(tzinfo=known)
