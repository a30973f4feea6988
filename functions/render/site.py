"""The whole site as drafts by key: what there is, and what would make each piece worth drawing again.

index.html and status.json say how things are, so they are drawn at every rendering. A monitor's page and its restless
badges, an old open incident's and the history are drawn when what they say changes, and otherwise every `QUIET_PERIOD`:
rewriting each monitor's page every five minutes would cost more in S3 requests than everything else together. What they
show of the moment is brought up to date in the browser from status.json.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from functools import partial
from hashlib import sha256
from typing import Final

from markupsafe import Markup

from functions.domain.public_figures import Window
from functions.domain.public_incident import IncidentView
from functions.domain.public_monitor import MonitorView
from functions.domain.snapshot import Overall, Snapshot
from functions.domain.status_document import STATUS_WORDS, encode_status
from functions.domain.verdict import Verdict
from functions.render.agents import CONTENT_TYPES, robots, sitemap
from functions.render.archive import Archive, without_past
from functions.render.artefact import HTML, JSON, Artefact, Draft, Stage
from functions.render.badge_drafts import draft_badges
from functions.render.badges import STYLED, monitor_badges
from functions.render.feeds import draft_feeds
from functions.render.history_pages import history_drafts
from functions.render.installed import Installed
from functions.render.lanes import draw_lanes
from functions.render.latency_charts import latency_charts
from functions.render.maintenance_pages import maintenance_drafts, owned_windows
from functions.render.offline import draft_offline
from functions.render.phase_bars import phase_bars
from functions.render.sections import sections_of
from functions.render.shares import Shares
from functions.render.statuspage import statuspage
from functions.render.templates import Templates, segment
from functions.render.widget import draft_widget

QUIET_PERIOD: Final = timedelta(hours=3)
FRESH: Final = timedelta(days=1)

TONES: Final[Mapping[Overall, Verdict]] = {
    Overall.OPERATIONAL: Verdict.UP,
    Overall.DEGRADED: Verdict.DEGRADED,
    Overall.PARTIAL_OUTAGE: Verdict.DOWN,
    Overall.MAJOR_OUTAGE: Verdict.DOWN,
    Overall.MAINTENANCE: Verdict.MAINTENANCE,
    Overall.UNKNOWN: Verdict.NO_DATA,
}
"""The look of the whole page: that of a monitor with this verdict."""


def draft_site(snapshot: Snapshot, templates: Templates, archive: Archive | None = None) -> dict[str, Draft]:
    """Return a draft for every object of the page, by key; `archive` is its past, by default what `snapshot` knows."""
    site = _Site(snapshot, templates)
    archive = archive or without_past(snapshot)
    drafts = {
        **{
            key: Draft(draw=partial(_as_is, asset), stage=Stage.ASSETS)
            for key, asset in templates.assets.artefacts.items()
        },
        **site.badges(),
        **site.feeds(),
        **site.widget(),
        **site.texts(),
        **site.offline(),
        **site.installed.drafts,
        **{key: Draft(draw=draw) for key, draw in statuspage(snapshot, templates.words).items()},
        **{
            f"incidents/{incident.id}": site.incident(incident)
            for incident in (*archive.incidents, *snapshot.incidents)
        },
        **{f"monitors/{monitor.id}": site.monitor(monitor) for monitor in snapshot.monitors},
        **site.past(archive),
        "404.html": Draft(draw=site.page("404.html", shown_from=None, tone=Verdict.NO_DATA)),
        "index.html": Draft(draw=site.index(), stage=Stage.INDEX),
        "status.json": Draft(draw=site.status, stage=Stage.NEWS),
    }
    drafts["sitemap.xml"] = Draft(draw=partial(sitemap, snapshot, tuple(drafts)))
    # Known once all pages have said which they refer to.
    return {**drafts, **site.shares.drafts}


def owned_prefixes(snapshot: Snapshot) -> tuple[str, ...]:
    """Return the prefixes under which objects without a draft are leftovers of what is gone."""
    return ("monitors/", "offline", "feeds/monitors/", f"badge/{snapshot.page.id}/", *owned_windows(snapshot))


def draw_site(snapshot: Snapshot, templates: Templates, archive: Archive | None = None) -> dict[str, Artefact]:
    """Return every object of the page, drawn."""
    return {key: draft.draw() for key, draft in draft_site(snapshot, templates, archive).items()}


class _Site:
    """One snapshot in one look."""

    def __init__(self, snapshot: Snapshot, templates: Templates) -> None:
        self._snapshot = snapshot
        self._templates = templates
        self._tone = TONES[snapshot.overall]
        self._names = {monitor.id: monitor.name for monitor in snapshot.monitors}
        seconds = QUIET_PERIOD // timedelta(seconds=1)
        self._slot = int(snapshot.generated_at.timestamp()) // seconds
        slot_end = datetime.fromtimestamp((self._slot + 1) * seconds, tz=UTC)
        page = snapshot.page
        shown = (page.id, page.title, page.description, page.badges, page.brand)
        self._common = repr((templates.version, shown, snapshot.url))
        self._palette = templates.palette.with_own(page.brand.light, page.brand.dark)
        self.shares = Shares(page, self._palette.light, version=templates.version)
        self.installed = Installed(
            page, templates.assets, self._palette.light, language=templates.language, version=templates.version
        )
        self._quiet_until = slot_end + (snapshot.stale_after - snapshot.generated_at)

    def page(
        self,
        template: str,
        *,
        shown_from: str | None = None,
        path: str | None = None,
        drawings: Callable[[], Mapping[str, object]] = dict,
        **context: object,
    ) -> Callable[[], Artefact]:
        """Return how to draw a page at `path`; `shown_from` is the navigation's entry that it belongs to.

        `drawings` gives what of the context takes long to make and is needed only if the page is drawn.
        """
        tone = Verdict(str(context.get("tone", self._tone)))
        said = context.get("headline")
        sentence = said.striptags() if isinstance(said, Markup) else self._templates.words.verdict(tone)
        # Nobody shares what is not there, and whoever may not see a page may not see its picture either.
        share = None if shown_from is None or self._snapshot.page.private else self.shares.key(tone, sentence)

        def draw() -> Artefact:
            body = self._templates.render(
                template,
                **{
                    "page": self._snapshot.page,
                    "snapshot": self._snapshot,
                    "names": self._names,
                    "shown_from": shown_from,
                    "path": path,
                    "status_words": STATUS_WORDS,
                    "tone": self._tone,
                    "look": None,
                    "made_at": None,
                    "palette": self._palette,
                    "installed": self.installed.links,
                    "share": share,
                    "share_says": sentence,
                    "stale_after": None,
                    **context,
                    **drawings(),
                },
            )
            return Artefact(body=body, content_type=CONTENT_TYPES.get(template.rpartition(".")[2], HTML))

        return draw

    def index(self) -> Callable[[], Artefact]:
        snapshot = self._snapshot
        return self.page(
            "index.html",
            shown_from="index",
            path="/",
            sections=sections_of(snapshot),
            headline=self._templates.words.headline(snapshot),
            waiting=bool(snapshot.monitors) and not any(monitor.checked_at for monitor in snapshot.monitors),
            made_at=snapshot.generated_at,
            stale_after=snapshot.stale_after,
        )

    def monitor(self, monitor: MonitorView) -> Draft:
        incidents = tuple(i for i in self._snapshot.incidents if monitor.id in i.monitors)
        said = (*_news(monitor), monitor.name, monitor.description, monitor.down_from, _parts(monitor))
        left = monitor.slo and monitor.slo.left_seconds
        return Draft(
            fingerprint=self.fingerprint("monitor", self._slot, monitor.interval, said, left, incidents),
            draw=self.page(
                "monitor.html",
                shown_from="index",
                path=f"/monitors/{segment(monitor.id)}",
                monitor=monitor,
                incidents=incidents,
                tone=monitor.verdict,
                drawings=lambda: {
                    "charts": latency_charts(monitor),
                    "phase_bars": phase_bars(monitor.phases),
                    "badges": list(monitor_badges(monitor, self._snapshot.page.badges).items()),
                },
                styled=STYLED,
                windows=tuple(Window),
                made_at=self._snapshot.generated_at,
                stale_after=self._quiet_until,
            ),
        )

    def incident(self, incident: IncidentView) -> Draft:
        """Return a draft that is final once the incident is over.

        Before, whoever reads it wants to know when somebody last looked: it is made at each rendering for a day after
        the newest word, $0.002 for that day, and then like a monitor's.
        """
        names = [self._names.get(monitor) for monitor in incident.monitors]
        now = self._snapshot.generated_at
        slot: object
        if incident.resolved_at is not None:
            slot, made_at, stale_after, tone = 0, None, None, Verdict.UP
        elif now - incident.updated_at < FRESH:
            slot, made_at, stale_after, tone = now, now, self._snapshot.stale_after, incident.present
        else:
            slot, made_at, stale_after, tone = self._slot, now, self._quiet_until, incident.present
        return Draft(
            fingerprint=self.fingerprint("incident", slot, incident, names),
            draw=self.page(
                "incident.html",
                shown_from="history",
                path=f"/incidents/{segment(incident.id)}",
                incident=incident,
                drawings=lambda: {"lanes": draw_lanes(incident, now)},
                tone=tone,
                made_at=made_at,
                stale_after=stale_after,
            ),
        )

    def past(self, archive: Archive) -> dict[str, Draft]:
        """Return history and maintenance."""
        snapshot, words = self._snapshot, self._templates.words
        return {
            **dict(history_drafts(archive, snapshot, self, slot=self._slot, quiet_until=self._quiet_until)),
            **dict(maintenance_drafts(archive, snapshot, self, words, slot=self._slot, quiet_until=self._quiet_until)),
        }

    def status(self) -> Artefact:
        return Artefact(body=encode_status(self._snapshot), content_type=JSON)

    def texts(self) -> dict[str, Draft]:
        """Return what programs that read text find; the Markdown waits in quiet, as monitors' pages do."""
        snapshot = self._snapshot
        monitors = tuple((_news(m), m.name, m.group, m.description) for m in snapshot.monitors)
        index = self.page(
            "index.md",
            sections=sections_of(snapshot),
            headline=self._templates.words.headline(snapshot).striptags(),
            made_at=snapshot.generated_at,
            stale_after=self._quiet_until,
        )
        said = self.fingerprint("index.md", self._slot, monitors, snapshot.open_incidents, snapshot.maintenance)
        return {
            "index.md": Draft(draw=index, fingerprint=said),
            "llms.txt": Draft(draw=self.page("llms.txt")),
            "robots.txt": Draft(draw=partial(robots, snapshot)),
        }

    def feeds(self) -> dict[str, Draft]:
        return draft_feeds(self._snapshot, self._templates, self.fingerprint)

    def badges(self) -> dict[str, Draft]:
        return draft_badges(self._snapshot, tone=self._tone, news=_news, fingerprint=self.fingerprint)

    def widget(self) -> dict[str, Draft]:
        return draft_widget(self._snapshot.page, self._templates, tones=TONES, fingerprint=self.fingerprint)

    def offline(self) -> dict[str, Draft]:
        return draft_offline(self._snapshot.page, self._templates, fingerprint=self.fingerprint)

    def fingerprint(self, *inputs: object) -> str:
        """Return a hash of the inputs and of what every page shows: dataclasses and enums have exact `repr`s."""
        return sha256(f"{self._common}{inputs!r}".encode()).hexdigest()[:24]


def _as_is(artefact: Artefact) -> Artefact:
    return artefact


def _news(monitor: MonitorView) -> tuple[object, ...]:
    """Return what of a monitor is worth drawing again at once when it changes."""
    return monitor.verdict, monitor.since, monitor.cause, monitor.incident, monitor.held_by


def _parts(monitor: MonitorView) -> tuple[object, ...]:
    """Return what of a monitor's parts is worth drawing its page again."""
    return tuple((part.name, part.verdict, part.since) for part in monitor.parts)
