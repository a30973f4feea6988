"""Planned maintenance: when it is under way.

Recurrence is RFC 5545's RRULE, computed by python-dateutil, which is imported only where there is a rule. An occurrence
starts at its wall-clock time in its own time zone, whatever the offset is on that day, and lasts for exact seconds; a
time that the clocks jump over is read with the offset before the jump, one that comes twice is the first (RFC 5545,
section 3.3.5).
"""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

PAST = timedelta(days=90)
FUTURE = timedelta(days=180)
"""How far the published calendar reaches, from the day on which it is made."""

_DAY = timedelta(days=1)
_REMEMBERED = 100
"""Days whose windows are kept: a rebuild goes through as many."""

Maintained = Callable[[str, datetime], bool]
"""Tells whether a monitor is in maintenance at a moment."""


def never(_monitor: str, _at: datetime) -> bool:
    """Tell that there is no maintenance."""
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class MaintenancePlan:
    """One entry of pulseboard.yaml: `start` is ISO 8601 without offset, the wall clock of `time_zone`.

    `rule` is an RRULE, None for what happens once. `monitors` are ids.
    """

    title: str
    start: str
    time_zone: str
    seconds: int
    monitors: tuple[str, ...]
    description: str | None = None
    rule: str | None = None

    def occurrences(self, start: datetime, end: datetime) -> "Iterator[Maintenance]":
        """Yield those of which some part lies in [`start`, `end`), oldest first."""
        length = timedelta(seconds=self.seconds)
        for begin in self._begins(start - length, end):
            occurrence = Maintenance(
                id=f"{begin:%Y%m%dT%H%M%SZ}-{hashlib.sha256(self.title.encode()).hexdigest()[:8]}",
                title=self.title,
                description=self.description,
                monitors=self.monitors,
                start=begin,
                end=begin + length,
            )
            if occurrence.start < end and occurrence.end > start:
                yield occurrence

    def _begins(self, after: datetime, before: datetime) -> Iterator[datetime]:
        """Yield the starts (UTC) in [`after`, `before`], each moment once."""
        from zoneinfo import ZoneInfo  # noqa: PLC0415 - a deployment without maintenance does not pay for it

        first = datetime.fromisoformat(self.start).replace(tzinfo=ZoneInfo(self.time_zone))
        if self.rule is None:
            yield first.astimezone(UTC)
            return
        from dateutil.rrule import rrulestr  # noqa: PLC0415 - as above

        # A day on either side: a rule's times are compared by the wall clock.
        found = rrulestr(self.rule, dtstart=first).between(after - _DAY, before + _DAY, inc=True)
        starts = sorted({begin.astimezone(UTC) for begin in found})
        yield from (begin for begin in starts if after <= begin <= before)


@dataclass(frozen=True, slots=True, kw_only=True)
class Maintenance:
    """One planned window, [`start`, `end`) in UTC; the same window always has the same id."""

    id: str
    title: str
    description: str | None
    monitors: tuple[str, ...]
    start: datetime
    end: datetime


class Calendar:
    """All plans of a deployment; what was computed for a day is remembered, since runs come by the minute."""

    def __init__(self, plans: tuple[MaintenancePlan, ...] = ()) -> None:
        self._plans = plans
        self._days: dict[date, tuple[Maintenance, ...]] = {}
        self._around: tuple[date, tuple[Maintenance, ...]] | None = None

    def between(self, start: datetime, end: datetime) -> tuple[Maintenance, ...]:
        """Return the windows of which some part lies in [`start`, `end`), by start."""
        found = (occurrence for plan in self._plans for occurrence in plan.occurrences(start, end))
        return tuple(_apart(sorted(found, key=lambda window: (window.start, window.id))))

    def around(self, at: datetime) -> tuple[Maintenance, ...]:
        """Return the windows from `PAST` before the day of `at` (UTC) until `FUTURE` after it, by start.

        The same ones all day: they are computed once, and what is made of them stays the same.
        """
        day = at.astimezone(UTC).date()
        if self._around is None or self._around[0] != day:
            midnight = datetime.combine(day, time(), UTC)
            self._around = day, self.between(midnight - PAST, midnight + FUTURE)
        return self._around[1]

    def under_way(self, monitor: str, at: datetime) -> Maintenance | None:
        """Return the window that `monitor` is in at `at`; of several, the one that began first."""
        if not self._plans:
            return None
        windows = self._on(at.astimezone(UTC).date())
        return next((w for w in windows if monitor in w.monitors and w.start <= at < w.end), None)

    def covers(self, monitor: str, at: datetime) -> bool:
        """Tell whether `monitor` is in maintenance at `at`."""
        return self.under_way(monitor, at) is not None

    def _on(self, day: date) -> tuple[Maintenance, ...]:
        if day not in self._days:
            if len(self._days) >= _REMEMBERED:
                self._days.clear()
            midnight = datetime.combine(day, time(), UTC)
            self._days[day] = self.between(midnight, midnight + _DAY)
        return self._days[day]


def _apart(windows: list[Maintenance]) -> Iterator[Maintenance]:
    """Yield `windows` with ids of their own: two plans of one title may begin at one moment."""
    seen: dict[str, int] = {}
    for window in windows:
        seen[window.id] = count = seen.get(window.id, 0) + 1
        yield window if count == 1 else replace(window, id=f"{window.id}-{count}")
