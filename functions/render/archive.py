"""The months behind a page: what is known of each, and where it is known from.

The running month and the one before it are in the snapshot, and cost nothing to read. Any older one stands in the
bucket as `history/2026-10.json`, its record: from it alone its page is drawn when the look changes ($0.0004 for 1000
GETs). The table is asked only for a month that is not in the bucket, or was left there unfinished because nothing was
rendered for a month: incidents of two months (half a unit for 8 of them) and, behind the calendar of 13 months, its
days (100 monitors: 31 of 1.5 units). In a deployment that runs that is never, in one whose bucket is new once for each
month, at most `READ_AT_ONCE` months a rendering, so that it stays short. An incident that ends after more than 90 days
is asked for once.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cache, partial
from typing import Final

from functions.domain.history import DayHistory
from functions.domain.incident_view import view_incident
from functions.domain.maintenance import Calendar
from functions.domain.month_document import DocumentError, decode_month, encode_month
from functions.domain.month_report import (
    MonthIncident,
    MonthReport,
    carried_on,
    happened,
    month_before,
    month_start,
    months_between,
    next_month,
    report_month,
)
from functions.domain.month_uptimes import uptimes_from
from functions.domain.past import midnight
from functions.domain.public_incident import IncidentView
from functions.domain.snapshot import Snapshot
from functions.domain.summary import windows_of
from functions.render.artefact import JSON, Artefact
from functions.render.publish import Known, SiteBucket
from functions.store import PageStore

READ_AT_ONCE: Final = 2
COMPLETE: Final = "complete"
"""The fingerprint of a record to which nothing is added any more."""

_LONGEST: Final = timedelta(days=31)
"""An incident that began longer before a month than this is not looked for when the month is read from the table."""


def record_key(first: date) -> str:
    """Return the key of a month's record."""
    return f"history/{first:%Y-%m}.json"


def record_of(report: MonthReport, snapshot: Snapshot) -> Artefact:
    """Return a month's record as an object."""
    return Artefact(body=encode_month(report, snapshot.page), content_type=JSON)


@dataclass(frozen=True, slots=True, kw_only=True)
class PastMonth:
    """A month that lies behind the two that are in the snapshot.

    `stamp` is the ETag of its record, `fingerprint` what the record is remembered by; `report` reads it when asked.
    `fresh` where it was just read from the table: pages that it links may be missing then.
    """

    report: Callable[[], MonthReport]
    stamp: str
    fingerprint: str
    fresh: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """All months of a page from `first` on; `past` lacks those that a later rendering will read.

    `incidents` are those that are not in the snapshot, and whose pages may be missing or out of date.
    """

    first: date
    recent: Mapping[date, MonthReport]
    past: Mapping[date, PastMonth] = field(default_factory=dict)
    incidents: tuple[IncidentView, ...] = ()


@dataclass(slots=True)
class Kept:
    """What an instance remembers of a page's records: those that may still change."""

    records: dict[date, MonthReport | None] = field(default_factory=dict)


def recent_months(snapshot: Snapshot, oldest: date | None = None) -> Iterator[date]:
    """Yield the months that the snapshot holds all of: the running one and, if there was anything, the one before."""
    running = month_start(snapshot.generated_at.date())
    yield running
    began = [view.first_data for view in snapshot.monitors if view.first_data]
    began += [incident.started_at.date() for incident in snapshot.incidents]
    if min([*began, oldest or running], default=running) < running:
        yield month_before(running)


def without_past(snapshot: Snapshot) -> Archive:
    """Return what the snapshot alone knows."""
    months = tuple(recent_months(snapshot))
    return Archive(first=months[-1], recent={first: report_month(snapshot, first) for first in months})


def look_back(
    snapshot: Snapshot,
    bucket: SiteBucket,
    known: Known,
    kept: Kept,
    *,
    store: PageStore,
    calendar: Calendar,
    oldest: date | None,
) -> Archive:
    """Return the months of a page; `oldest` is the first day of which anything is recorded. Updates `kept`."""
    at = snapshot.generated_at
    stored = [date.fromisoformat(f"{key[8:15]}-01") for key in known.etags if _is_record(key)]
    first = month_start(min([*stored, oldest or at.date(), at.date()]))
    records = _Records(bucket, known, kept, store, snapshot)
    recent = {}
    for month in recent_months(snapshot, first):
        recent[month] = carried_on(report_month(snapshot, month), records.read(month), at=at)
        kept.records[month] = recent[month]
    past: dict[date, PastMonth] = {}
    left = READ_AT_ONCE
    for month in months_between(first, month_before(min(recent))):
        found = records.past(month)
        if found is None and left:
            left -= 1
            found = records.make(month, calendar)
        if found is not None:
            past[month] = found
    return Archive(first=min([first, *recent]), recent=recent, past=past, incidents=tuple(records.incidents.values()))


def _is_record(key: str) -> bool:
    return key.startswith("history/") and key.endswith(".json")


class _Records:
    """The records of a page's months; `incidents` are those that were read on the way, by id."""

    def __init__(self, bucket: SiteBucket, known: Known, kept: Kept, store: PageStore, snapshot: Snapshot) -> None:
        self.incidents: dict[str, IncidentView] = {}
        self._bucket = bucket
        self._known = known
        self._kept = kept
        self._store = store
        self._snapshot = snapshot
        self._names = {view.id: view.name for view in snapshot.monitors}

    def past(self, month: date) -> PastMonth | None:
        """Return a month that is in the bucket as it should be; None where it has to be read from the table."""
        key = record_key(month)
        if key not in self._known.etags:
            return None
        if self._known.fingerprints.get(key) == COMPLETE:
            fetch = cache(partial(_fetch, self._bucket, self._known, month))
            return PastMonth(report=fetch, stamp=self._known.etags[key], fingerprint=COMPLETE)
        record = self.read(month)
        return None if record is None or not record.final else self._month(record)

    def read(self, month: date) -> MonthReport | None:
        """Return a month as it stands in the bucket, with the ends of what has ended since."""
        if month not in self._kept.records:
            key = record_key(month)
            body = self._bucket.get(key) if key in self._known.etags else None
            try:
                self._kept.records[month] = None if body is None else decode_month(body)
            except DocumentError:
                self._kept.records[month] = None
        record = self._kept.records[month]
        gone = set() if record is None else record.open_incidents - {i.id for i in self._snapshot.incidents}
        if record is not None and gone:
            # It began more than 90 days ago, and is not read any more since it is over.
            entries = [self._ended(entry) if entry.id in gone else entry for entry in record.incidents]
            record = replace(record, incidents=tuple(entry for entry in entries if entry is not None))
            self._kept.records[month] = record
        return record

    def make(self, month: date, calendar: Calendar) -> PastMonth:
        """Return a month as the table has it, with what only its record knows."""
        at, names = self._snapshot.generated_at, self._names
        start, end = midnight(month), midnight(next_month(month))
        before = self.read(month)
        views = [view_incident(i, names) for i in self._store.incidents_between(start - _LONGEST, end)]
        incidents = [view for view in views if view is not None and _reaches_into(view, start)]
        self.incidents |= {view.id: view for view in incidents}
        windows = windows_of(calendar.between(start, end), names, at=at)
        report = replace(
            happened(month, incidents, windows, names=names, at=at),
            uptimes=report_month(self._snapshot, month).uptimes,
            policy=self._snapshot.policy,
            final=True,
        )
        if not report.uptimes and (before is None or not before.final):
            days = _days(self._store, month)
            uptimes = uptimes_from(days, self._snapshot.monitors, first=month, policy=self._snapshot.policy)
            report = replace(report, uptimes=tuple(uptimes))
        report = carried_on(report, before, at=at)
        self._kept.records[month] = report
        return replace(self._month(report), fresh=True)

    def _month(self, record: MonthReport) -> PastMonth:
        going_on = sorted(record.open_incidents)
        return PastMonth(
            report=lambda: record,
            stamp=record_of(record, self._snapshot).etag,
            fingerprint=f"going on: {going_on}" if going_on else COMPLETE,
        )

    def _ended(self, entry: MonthIncident) -> MonthIncident | None:
        """Return a line with its end, as the table has it; None where there is no such incident."""
        incident = self._store.incident(entry.id)
        if incident is None:
            return None
        view = view_incident(incident, self._names)
        if view is not None:
            self.incidents[view.id] = view
        return replace(
            entry,
            status=incident.status,
            verdict=entry.verdict if view is None else view.verdict,
            resolved_at=incident.resolved_at,
            learnt=incident.postmortem is not None,
        )


def _fetch(bucket: SiteBucket, known: Known, month: date) -> MonthReport:
    """Return a complete record; of one that has gone since it was listed, or cannot be read, nothing is said.

    It is complete no longer then: the next rendering makes it again from the table.
    """
    body = bucket.get(record_key(month))
    try:
        return decode_month(body or b"")
    except DocumentError:
        known.fingerprints.pop(record_key(month), None)
        return MonthReport(first=month)


def _reaches_into(view: IncidentView, start: datetime) -> bool:
    return view.resolved_at is None or view.resolved_at >= start


def _days(store: PageStore, month: date) -> Iterator[DayHistory]:
    """Yield the month's days and the one before it, a week at a time: of 1,000 monitors a month is 30 MB."""
    day = month - timedelta(days=1)
    while day < next_month(month):
        until = min(day + timedelta(days=7), next_month(month))
        yield from store.days(day, until)
        day = until
