"""A past for a page: months behind those in its snapshot, made up, always the same ones."""

from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from functions.domain.month_report import MonthReport, month_before, months_between, report_month
from functions.domain.past import midnight
from functions.domain.snapshot import Snapshot
from functions.render.archive import COMPLETE, Archive, PastMonth, record_of, without_past
from tests.fakes.incident_views import incident_view

if TYPE_CHECKING:
    from functions.domain.public_incident import IncidentView


def with_past(snapshot: Snapshot, first: date = date(2025, 3, 1)) -> Archive:
    """Return the archive of a page that is there since `first`; a page without data has no past."""
    recent = without_past(snapshot)
    if not any(view.months for view in snapshot.monitors):
        return recent
    past = {}
    for month in months_between(first, month_before(min(recent.recent))):
        report = past_month(snapshot, month)
        past[month] = PastMonth(
            report=partial(replace, report), stamp=record_of(report, snapshot).etag, fingerprint=COMPLETE
        )
    return Archive(first=first, recent=recent.recent, past=past)


def past_month(snapshot: Snapshot, first: date) -> MonthReport:
    """Return a month with the uptimes of another and, every other month, an incident."""
    incidents: list[IncidentView] = []
    if first.month % 2:
        start = midnight(first) + timedelta(days=3 + first.month, hours=9, minutes=12)
        end = start + timedelta(minutes=11 * first.month)
        incidents = [incident_view("accounts", title="Accounts and sign-in down", started_at=start, resolved_at=end)]
    like = report_month(replace(snapshot, incidents=tuple(incidents), planned=()), first)
    if like.uptimes:
        return replace(like, final=True)
    newest = report_month(snapshot, snapshot.generated_at.date().replace(day=1))
    return replace(like, uptimes=newest.uptimes, final=True)
