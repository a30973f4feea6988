"""A feed of incidents, before it is written in one format or another: for the page, and for each monitor.

An incident is one entry, whose id stays whatever its title or the page's address become; what is said of it later
changes the entry and its `updated`. No feed says when it was made: it is written when it has something new.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import NAMESPACE_URL, uuid5

from functions.domain.incident import Origin
from functions.domain.public_incident import IncidentView
from functions.domain.public_monitor import MonitorView
from functions.domain.snapshot import Snapshot
from functions.domain.status_document import listed_incidents
from functions.render.markdown import plain
from functions.render.speech import N_
from functions.render.statuspage_components import EPOCH, begun
from functions.render.templates import Templates, segment

_SUMMARY: Final = 280


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One incident; `id` is a URN, `content` HTML that is safe anywhere, `summary` its newest words as plain text."""

    id: str
    title: str
    url: str
    published: datetime
    updated: datetime
    summary: str
    content: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """Entries, newest first; `home` is the page that it is about, and its own address is `folder` and an ending."""

    id: str
    title: str
    description: str
    language: str
    author: str
    home: str
    folder: str
    updated: datetime
    entries: tuple[Entry, ...]


class FeedMaker:
    """Makes the feeds of one snapshot; an incident that is in several is put into words once."""

    def __init__(self, snapshot: Snapshot, templates: Templates) -> None:
        self._snapshot = snapshot
        self._templates = templates
        self._names = {monitor.id: monitor.name for monitor in snapshot.monitors}
        self._made: dict[str, Entry] = {}

    def of_page(self) -> Feed:
        """Return the feed of all incidents."""
        url = self._snapshot.url
        return self._feed(
            "", title=page_title(self._snapshot, self._templates), home=f"{url}/", folder=f"{url}/{PAGE_FEED}"
        )

    def of_monitor(self, monitor: MonitorView) -> Feed:
        """Return the feed of a monitor's incidents."""
        page, url = self._snapshot.page, self._snapshot.url
        title = self._templates.words.say(N_("%(page)s: incidents of %(name)s"), page=page.title, name=monitor.name)
        home = f"{url}/monitors/{segment(monitor.id)}"
        return self._feed(monitor.id, title=title, home=home, folder=f"{url}/{monitor_feed(monitor.id)}")

    def _feed(self, monitor: str, *, title: str, home: str, folder: str) -> Feed:
        snapshot = self._snapshot
        entries = tuple(self._entry(incident) for incident in incidents_of(snapshot, monitor))
        concerned = [view for view in snapshot.monitors if monitor in ("", view.id)]
        begin = min((begun(view) for view in concerned), default=EPOCH)
        return Feed(
            id=_urn(snapshot.page.id, "feed", monitor),
            title=title,
            description=snapshot.page.description or title,
            language=snapshot.page.language,
            author=snapshot.page.title,
            home=home,
            folder=folder,
            updated=max((entry.updated for entry in entries), default=begin),
            entries=entries,
        )

    def _entry(self, incident: IncidentView) -> Entry:
        if incident.id not in self._made:
            self._made[incident.id] = self._make(incident)
        return self._made[incident.id]

    def _make(self, incident: IncidentView) -> Entry:
        url, templates = self._snapshot.url, self._templates
        content = templates.render("feed_entry.html", incident=incident, names=self._names, url=url).decode()
        return Entry(
            id=_urn(self._snapshot.page.id, "incident", incident.id),
            title=templates.words.incident_title(incident, self._names),
            url=f"{url}/incidents/{segment(incident.id)}",
            published=incident.started_at,
            updated=incident.updated_at,
            summary=self._summary(incident),
            content=content,
        )

    def _summary(self, incident: IncidentView) -> str:
        words = self._templates.words
        if not incident.updates:
            return "" if incident.cause is None else words.cause(incident.cause)
        newest = incident.updates[-1]
        return plain(newest.body, limit=_SUMMARY) if newest.origin is Origin.PERSON else words.update(newest.body)


PAGE_FEED: Final = "feeds/incidents"


def monitor_feed(monitor: str) -> str:
    """Return the key of a monitor's feed, without its ending."""
    return f"feeds/monitors/{monitor}"


def page_title(snapshot: Snapshot, templates: Templates) -> str:
    """Return what the page's feed is called."""
    return templates.words.say(N_("%(page)s: incidents"), page=snapshot.page.title)


def incidents_of(snapshot: Snapshot, monitor: str) -> tuple[IncidentView, ...]:
    """Return what is in a monitor's feed, or with an empty id in the page's."""
    concerned = tuple(i for i in snapshot.incidents if not monitor or monitor in i.monitors)
    return tuple(listed_incidents(concerned))


def _urn(*parts: str) -> str:
    """Return an id that depends on nothing else."""
    return uuid5(NAMESPACE_URL, "/".join(("pulseboard", *parts))).urn
