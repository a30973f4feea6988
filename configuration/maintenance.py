"""Maintenance as config.json has it: starts on the wall clock of a zone, lengths in seconds, monitors by id."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from configuration.models.document import Document
from configuration.models.maintenance import Maintenance

JsonObject = dict[str, object]


def compile_maintenance(document: Document) -> list[JsonObject]:
    """Return the plans in the order of the file."""
    return [_plan(entry, document) for entry in document.maintenance or ()]


def _plan(entry: Maintenance, document: Document) -> JsonObject:
    zone = entry.time_zone or document.all_pages[0].time_zone or "UTC"
    start = _aware(entry.from_, zone)
    seconds = (_aware(entry.until, zone) - start).total_seconds() if entry.until else entry.duration or 0.0
    # What happens once is kept in UTC; what recurs follows the clocks of its zone.
    kept = zone if entry.rrule else "UTC"
    local = start.astimezone(ZoneInfo(kept) if entry.rrule else UTC)
    return {
        "title": entry.title,
        "description": entry.description,
        "start": local.replace(tzinfo=None).isoformat(),
        "time_zone": kept,
        "seconds": round(seconds),
        "rule": entry.rrule,
        "monitors": _monitors(entry, document),
    }


def _aware(text: str, zone: str) -> datetime:
    """Return the time, in UTC where it is to be compared with others: wall clocks do not subtract."""
    at = datetime.fromisoformat(text)
    return (at if at.tzinfo is not None else at.replace(tzinfo=ZoneInfo(zone))).astimezone(UTC)


def _monitors(entry: Maintenance, document: Document) -> list[str]:
    if entry.monitors is None and entry.groups is None:
        return [monitor.id for monitor in document.monitors]
    return [
        monitor.id
        for monitor in document.monitors
        if monitor.id in (entry.monitors or ()) or monitor.group in (entry.groups or ())
    ]
