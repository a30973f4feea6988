"""A page for each maintenance window, and the same window as a file for a calendar.

A window is told of as soon as it is planned (half a year ahead) and stays when it is over. Its page is written when it
is announced, begins and ends, and while it is under way every quiet period; the file once.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from functools import partial

from functions.domain.maintenance import FUTURE
from functions.domain.month_report import month_before, month_start, next_month
from functions.domain.snapshot import MaintenanceView, Snapshot
from functions.domain.verdict import Verdict
from functions.render.archive import Archive
from functions.render.artefact import Draft
from functions.render.history_pages import Look
from functions.render.maintenance_calendar import window_calendar
from functions.render.words import Words


def maintenance_drafts(
    archive: Archive, snapshot: Snapshot, look: Look, words: Words, *, slot: int, quiet_until: datetime
) -> Iterator[tuple[str, Draft]]:
    """Yield the drafts by key: `maintenance/{id}` and `maintenance/{id}.ics`."""
    at = snapshot.generated_at
    watched = {view.id: view.name for view in snapshot.monitors}
    for window, names in _windows(archive, snapshot).values():
        over = window.end <= at
        live = window.start <= at < window.end
        concerned = [names.get(monitor) for monitor in window.monitors]
        state = "over" if over else "live" if live else "planned"
        yield (
            f"maintenance/{window.id}",
            Draft(
                fingerprint=look.fingerprint(
                    "maintenance",
                    (window.id, window.title, window.description, window.monitors, window.start, window.end),
                    (state, slot if live else 0),
                    [(names.get(monitor), monitor in watched) for monitor in window.monitors],
                ),
                draw=look.page(
                    "maintenance.html",
                    shown_from="history",
                    path=f"/maintenance/{window.id}",
                    look=None if live else "plain",
                    tone=Verdict.MAINTENANCE,
                    window=window,
                    over=over,
                    live=live,
                    seconds=(window.end - window.start).total_seconds(),
                    names=names,
                    watched=watched,
                    made_at=at if live else None,
                    stale_after=quiet_until if live else None,
                ),
            ),
        )
        yield (
            f"maintenance/{window.id}.ics",
            Draft(
                fingerprint=look.fingerprint("calendar", replace(window, under_way=False), concerned),
                draw=partial(window_calendar, window, names, snapshot, words),
            ),
        )


def owned_windows(snapshot: Snapshot) -> tuple[str, ...]:
    """Return the prefixes under which a page without a draft is of a window that was called off.

    Older windows are not in the configuration any more, or need not be; theirs stay.
    """
    first: date = month_before(month_start(snapshot.generated_at.date()))
    last = (snapshot.generated_at + FUTURE).date()
    prefixes = []
    while first <= last:
        prefixes.append(f"maintenance/{first:%Y%m}")
        first = next_month(first)
    return tuple(prefixes)


def _windows(archive: Archive, snapshot: Snapshot) -> dict[str, tuple[MaintenanceView, dict[str, str]]]:
    """Return the windows by id, each with the names of its monitors: what is planned, and what months tell of."""
    names = {view.id: view.name for view in snapshot.monitors}
    fresh = [past.report() for past in archive.past.values() if past.fresh]
    found: dict[str, tuple[MaintenanceView, dict[str, str]]] = {}
    for report in (*archive.recent.values(), *fresh):
        for window in report.maintenance:
            found[window.id] = (window, dict(report.names) | names)
    for window in (*snapshot.planned, *snapshot.maintenance):
        found[window.id] = (window, names)
    return found
