"""History as drafts: `history`, and for each month a page, its record (JSON) and two tables (CSV)."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, partial
from itertools import groupby
from typing import Protocol

from functions.domain.month_document import happenings_table, uptime_table
from functions.domain.month_report import MonthIncident, MonthReport, month_before, months_between, next_month
from functions.domain.snapshot import MaintenanceView, Snapshot
from functions.render.archive import Archive, PastMonth, record_key, record_of
from functions.render.artefact import CSV, Artefact, Draft


class Look(Protocol):
    """What draws a page, and what stands for its inputs: a site."""

    def page(
        self,
        template: str,
        *,
        shown_from: str | None,
        path: str | None = None,
        drawings: Callable[[], Mapping[str, object]] = ...,
        **context: object,
    ) -> Callable[[], Artefact]:
        """Return how to draw the page at `path`; `drawings` gives the rest of its context when it is drawn."""

    def fingerprint(self, *inputs: object) -> str:
        """Return what stands for `inputs` and the look."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A line of a month: an incident or a maintenance."""

    at: datetime
    incident: MonthIncident | None = None
    window: MaintenanceView | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A month as its template wants it; `entries` is newest first, and it links to the months `before` and `after`."""

    report: MonthReport
    entries: tuple[Entry, ...]
    before: date | None = None
    after: date | None = None


def history_drafts(
    archive: Archive, snapshot: Snapshot, look: Look, *, slot: int, quiet_until: datetime
) -> Iterator[tuple[str, Draft]]:
    """Yield the drafts by key. `slot` numbers the quiet periods; the present one ends at `quiet_until`."""
    at = snapshot.generated_at
    watched = {view.id: view.name for view in snapshot.monitors}
    running = max(archive.recent)

    def tell(report: MonthReport) -> Told:
        first = report.first
        return Told(
            report=report,
            entries=entries_of(report),
            before=month_before(first) if first > archive.first else None,
            after=next_month(first) if first < running else None,
        )

    def draw(*reports: MonthReport, template: str, live: bool, older: object = ()) -> Callable[[], Artefact]:
        return look.page(
            template,
            shown_from="history",
            path=f"/{page_key(reports[0].first)}" if template == "month.html" else "/history",
            look="plain",
            months=[tell(report) for report in reports],
            years=older,
            watched=watched,
            names=watched | {monitor: name for report in reports for monitor, name in report.names},
            made_at=at if live else None,
            stale_after=quiet_until if live else None,
        )

    def draw_past(past: PastMonth) -> Artefact:
        return draw(past.report(), template="month.html", live=False)()

    for first, report in archive.recent.items():
        live = first == running
        said = (slot if live else 0, _without_numbers(report) if live else report)
        yield from _tables(first, look.fingerprint("month", said), partial(_itself, report), snapshot)
        yield (
            page_key(first),
            Draft(
                fingerprint=look.fingerprint("month page", said, archive.first, watched),
                draw=draw(report, template="month.html", live=live),
            ),
        )
    shared = look.fingerprint("past month", archive.first, tuple(watched))
    for first, past in archive.past.items():
        yield from _tables(first, past.fingerprint, past.report, snapshot)
        yield (
            page_key(first),
            Draft(
                fingerprint=f"{shared}-{past.stamp[:12]}",
                draw=partial(draw_past, past),
            ),
        )
    recent = tuple(archive.recent.values())
    older = tuple(months_between(archive.first, month_before(min(archive.recent))))
    yield (
        "history",
        Draft(
            fingerprint=look.fingerprint(
                "history", slot, [_without_numbers(report) for report in recent], archive.first, watched
            ),
            draw=draw(*recent, template="history.html", live=True, older=_by_year(older)),
        ),
    )


def entries_of(report: MonthReport) -> tuple[Entry, ...]:
    """Return what happened in a month, newest first."""
    entries = [Entry(at=incident.started_at, incident=incident) for incident in report.incidents]
    entries += [Entry(at=window.start, window=window) for window in report.maintenance]
    return tuple(sorted(entries, key=lambda entry: entry.at, reverse=True))


def page_key(first: date) -> str:
    """Return the key of a month's page."""
    return f"history/{first:%Y-%m}"


def _tables(
    first: date, fingerprint: str, report: Callable[[], MonthReport], snapshot: Snapshot
) -> Iterator[tuple[str, Draft]]:
    """Yield the record and what is made of it without a look."""
    read = cache(report)
    yield record_key(first), Draft(draw=lambda: record_of(read(), snapshot), fingerprint=fingerprint)
    for key, table in (
        (f"{page_key(first)}.csv", uptime_table),
        (f"{page_key(first)}-incidents.csv", happenings_table),
    ):
        yield (
            key,
            Draft(
                draw=partial(_table, table, read),
                fingerprint=fingerprint,
            ),
        )


def _itself(report: MonthReport) -> MonthReport:
    return report


def _table(table: Callable[[MonthReport], bytes], read: Callable[[], MonthReport]) -> Artefact:
    return Artefact(body=table(read()), content_type=CSV)


def _without_numbers(report: MonthReport) -> tuple[object, ...]:
    """Return what of the running month is worth drawing it again at once."""
    return report.first, report.incidents, report.maintenance, report.names, report.final


def _by_year(months: tuple[date, ...]) -> list[tuple[int, list[date]]]:
    return [(year, list(of_year)) for year, of_year in groupby(months, key=lambda first: first.year)]
