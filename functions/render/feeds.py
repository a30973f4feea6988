"""Drafts of all feeds of a page: incidents in three formats, of the page and of each monitor, and maintenance.

One that says nothing new is not even drawn, or is made of the same bytes: in quiet hours they cost nothing.
"""

from collections.abc import Callable
from functools import cache, partial

from functions.domain.snapshot import Snapshot
from functions.render.artefact import Artefact, Draft
from functions.render.feed import PAGE_FEED, Feed, FeedMaker, incidents_of, monitor_feed
from functions.render.feed_formats import FORMATS, write
from functions.render.maintenance_calendar import KEY, maintenance_calendar
from functions.render.templates import Templates

Fingerprint = Callable[..., str]


def draft_feeds(snapshot: Snapshot, templates: Templates, fingerprint: Fingerprint) -> dict[str, Draft]:
    """Return the drafts by key; `fingerprint` makes one of its arguments and of what every page shows."""
    maker = FeedMaker(snapshot, templates)
    names = {monitor.id: monitor.name for monitor in snapshot.monitors}
    whole = fingerprint("feed", incidents_of(snapshot, ""), names)
    drafts = _formats(PAGE_FEED, maker.of_page, whole)
    for monitor in snapshot.monitors:
        incidents = incidents_of(snapshot, monitor.id)
        concerned = {name: names[name] for incident in incidents for name in incident.monitors if name in names}
        said = fingerprint("feed", monitor.name, incidents, concerned)
        drafts |= _formats(monitor_feed(monitor.id), partial(maker.of_monitor, monitor), said)
    drafts[KEY] = Draft(draw=partial(maintenance_calendar, snapshot, templates.words))
    return drafts


def _formats(key: str, make: Callable[[], Feed], fingerprint: str) -> dict[str, Draft]:
    made = cache(make)
    return {f"{key}.{ending}": Draft(draw=partial(_draw, made, ending), fingerprint=fingerprint) for ending in FORMATS}


def _draw(make: Callable[[], Feed], ending: str) -> Artefact:
    return write(make(), ending)
