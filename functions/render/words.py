"""The interface's words in one language: sentences about a snapshot, times and durations.

English stands in the code and in the templates as message ids. Another language is one gettext catalogue,
`site_templates/locales/{language}/LC_MESSAGES/pulseboard.mo`; what it lacks stays English.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date as Date  # noqa: N812 (a method below has the plain name)
from datetime import datetime, timedelta
from gettext import GNUTranslations, NullTranslations
from pathlib import Path
from typing import Final

from markupsafe import Markup, escape

from functions.domain.finding import Layer
from functions.domain.incident import IncidentStatus
from functions.domain.public_wording import PARTS_NAMED
from functions.domain.snapshot import DayBar, IncidentView, MonitorView, PartView, PublicCause, Snapshot, Window
from functions.domain.uptime_policy import UptimePolicy
from functions.domain.verdict import FailureKind, Phase, Verdict
from functions.render import timeline
from functions.render.formats import Formats, load_formats


def N_(message: str) -> str:  # noqa: N802 (gettext's own name for it: extraction tools look for it)
    """Mark `message` for extraction; it is translated where it is used."""
    return message


_VERDICTS: Final[Mapping[Verdict, str]] = {
    Verdict.UP: N_("Up"),
    Verdict.DEGRADED: N_("Degraded"),
    Verdict.DOWN: N_("Down"),
    Verdict.MAINTENANCE: N_("Maintenance"),
    Verdict.NO_DATA: N_("No data"),
}
_STATUSES: Final[Mapping[IncidentStatus, str]] = {
    IncidentStatus.INVESTIGATING: N_("Investigating"),
    IncidentStatus.IDENTIFIED: N_("Identified"),
    IncidentStatus.MONITORING: N_("Monitoring"),
    IncidentStatus.RESOLVED: N_("Resolved"),
}
_CAUSES: Final[Mapping[FailureKind, str]] = {
    FailureKind.DNS: N_("Its address cannot be looked up."),
    FailureKind.CONNECT: N_("It cannot be reached."),
    FailureKind.TLS: N_("A secure connection to it cannot be made."),
    FailureKind.TIMEOUT: N_("It does not answer in time."),
    FailureKind.PROTOCOL: N_("Its answer cannot be understood."),
    FailureKind.STATUS: N_("It answers with an error."),
    FailureKind.JSON: N_("It reports a fault in itself."),
    FailureKind.SCHEMA: N_("Its answer has the wrong shape."),
    FailureKind.HEADER: N_("Its answer has the wrong headers."),
    FailureKind.BODY: N_("Its answer is not what it should be."),
    FailureKind.LATENCY: N_("It answers too slowly."),
    FailureKind.ANSWERS: N_("The DNS does not answer as it should."),
    FailureKind.CERTIFICATE: N_("Its certificate is about to expire."),
    FailureKind.HEARTBEAT: N_("It reports that it has failed."),
    FailureKind.LATE: N_("It has not reported in on time."),
    FailureKind.UPSTREAM: N_("Its own status page reports a problem."),
    FailureKind.ALARM: N_("One of its own alarms has gone off."),
    FailureKind.QUEUE: N_("A queue behind it is not as it should be."),
}
_TIMEOUTS: Final[Mapping[str, str]] = {
    Phase.DNS: N_("It does not answer in time: looking up its address takes too long."),
    Phase.CONNECT: N_("It does not answer in time: connecting to it takes too long."),
    Phase.TLS: N_("It does not answer in time: setting up the secure connection takes too long."),
    Phase.FIRST_BYTE: N_("It does not answer in time: it was connected to, and nothing came."),
    Phase.TRANSFER: N_("It does not answer in time: its answer was not complete."),
}
_SLOW: Final[Mapping[str, str]] = {
    Phase.DNS: N_("It answers too slowly: most of the time goes into looking up its address."),
    Phase.CONNECT: N_("It answers too slowly: most of the time goes into connecting to it."),
    Phase.TLS: N_("It answers too slowly: most of the time goes into setting up the secure connection."),
    Phase.FIRST_BYTE: N_("It answers too slowly: most of the time goes into waiting for its answer to begin."),
    Phase.TRANSFER: N_("It answers too slowly: most of the time goes into receiving its answer."),
}
_LAYERS: Final[Mapping[Layer, str]] = {
    Layer.GATEWAY: N_("It was likely the gateway in front of the application that answered, not the application."),
    Layer.ORIGIN: N_("The gateway in front of the application likely got no good answer from it."),
    Layer.STORAGE: N_("It was likely the storage behind it that answered."),
}
_PARTS: Final[Mapping[Verdict, tuple[str, str]]] = {
    Verdict.DOWN: (N_("%(names)s has failed."), N_("%(names)s have failed.")),
    Verdict.DEGRADED: (N_("%(names)s is degraded."), N_("%(names)s are degraded.")),
}
"""What is said of one part that is not well, and of several; the worse verdict comes first."""
_WINDOWS: Final[Mapping[Window, str]] = {
    Window.DAY: N_("24 hours"),
    Window.WEEK: N_("7 days"),
    Window.MONTH: N_("30 days"),
    Window.QUARTER: N_("90 days"),
}
_SHORT_WINDOWS: Final[Mapping[str, str]] = {
    Window.DAY: N_("24h"),
    Window.WEEK: N_("7d"),
    Window.MONTH: N_("30d"),
    Window.QUARTER: N_("90d"),
}
_TROUBLE: Final[Mapping[Verdict, tuple[str, str, str, str]]] = {
    Verdict.DOWN: (
        N_("Everything is down"),
        N_("%(names)s is down"),
        N_("%(names)s are down"),
        N_("%(n)d of %(all)d are down"),
    ),
    Verdict.DEGRADED: (
        N_("Everything is degraded"),
        N_("%(names)s is degraded"),
        N_("%(names)s are degraded"),
        N_("%(n)d of %(all)d are degraded"),
    ),
}
"""What the headline says of all, one, two and several monitors; the worse verdict comes first."""

_PHASE_NAMES: Final[Mapping[Phase, str]] = {
    Phase.DNS: N_("DNS"),
    Phase.CONNECT: N_("Connect"),
    Phase.TLS: N_("TLS"),
    Phase.FIRST_BYTE: N_("First byte"),
    Phase.TRANSFER: N_("Transfer"),
}

_OF_GROUP: Final[Mapping[Verdict, str]] = {
    Verdict.DOWN: N_("%(n)d of %(all)d down"),
    Verdict.DEGRADED: N_("%(n)d of %(all)d degraded"),
    Verdict.MAINTENANCE: N_("%(n)d of %(all)d in maintenance"),
    Verdict.NO_DATA: N_("%(n)d of %(all)d without data"),
}
"""What stands beside a group's name while some of its monitors have this verdict; the worse comes first."""

_UPTIME: Final = N_("Uptime is the time up or degraded as a share of the time up, degraded or down.")
_STRICT_UPTIME: Final = N_(
    "Uptime is the time up as a share of the time up, degraded or down: degraded counts as down."
)
_LEFT_OUT: Final = N_(
    "Planned maintenance and time without data are left out; where there is any, the share that is known stands beside "
    "the number. Numbers are cut, never rounded up."
)

_MINUTE: Final = 60
_HOUR: Final = 60 * _MINUTE
_DAY: Final = 24 * _HOUR


class Words:
    """Says things in one language. All methods are pure."""

    def __init__(self, translations: NullTranslations, formats: Formats) -> None:
        self._gettext = translations.gettext
        self._ngettext = translations.ngettext
        self.formats = formats

    def verdict(self, verdict: Verdict) -> str:
        """Return the word for a monitor's verdict."""
        return self._gettext(_VERDICTS[verdict])

    def status(self, status: IncidentStatus) -> str:
        """Return the word for where the work on an incident stands."""
        return self._gettext(_STATUSES[status])

    def window(self, window: Window) -> str:
        """Return how long a window is."""
        return self._gettext(_WINDOWS[window])

    def short_window(self, window: str) -> str:
        """Return how long a window is where there is little room."""
        return self._gettext(_SHORT_WINDOWS[window])

    def cause(self, cause: PublicCause) -> str:
        """Return why something is not up, as a sentence or two that give nothing private away."""
        if cause.parts:
            return self._parts(cause)
        layer = None if cause.layer is None else _LAYERS.get(cause.layer)
        why = self._why(cause)
        return why if layer is None else self.formats.sentences.join((why, self._gettext(layer)))

    def _parts(self, cause: PublicCause) -> str:
        """Return which parts of a service are not well; the worse sentence comes first."""
        said = []
        for verdict, (one, several) in _PARTS.items():
            names = [part.name for part in cause.parts if part.verdict is verdict]
            if names:
                said.append(self._gettext(several if names[1:] else one) % {"names": self._enumerated(names)})
        return self.formats.sentences.join(said)

    def _enumerated(self, names: Sequence[str]) -> str:
        """Return a few names as a sentence has them; of many the first, and how many more."""
        more = len(names) - PARTS_NAMED
        if more <= 0:
            return self.formats.listed(names)
        first = self.formats.comma.join(names[:PARTS_NAMED])
        return self._ngettext("%(names)s and %(n)d more", "%(names)s and %(n)d more", more) % {
            "names": first,
            "n": more,
        }

    def _why(self, cause: PublicCause) -> str:
        if cause.step is not None:
            return self._step(cause, cause.step)
        if cause.kind is FailureKind.STATUS and cause.status_code is not None:
            return self._gettext("It answers with an error (HTTP %(code)d).") % {"code": cause.status_code}
        if cause.subject is not None:
            return self._gettext("The status page of %(name)s reports a problem.") % {"name": cause.subject}
        phases = {FailureKind.TIMEOUT: _TIMEOUTS, FailureKind.LATENCY: _SLOW}.get(cause.kind, {})
        return self._gettext(phases.get(cause.phase or "", _CAUSES[cause.kind]))

    def _step(self, cause: PublicCause, step: str) -> str:
        if cause.kind is FailureKind.STATUS and cause.status_code is not None:
            answer = {"step": step, "code": cause.status_code}
            return self._gettext("The step “%(step)s” answers with an error (HTTP %(code)d).") % answer
        which = self._gettext("The step “%(step)s” fails.") % {"step": step}
        return self.formats.sentences.join((which, self._why(replace(cause, step=None))))

    def down_from(self, regions: Sequence[str]) -> Markup:
        """Return from where alone something is down."""
        return self._sentence(N_("Down from %(region)s only."), region=self.names(regions))

    def unchecked(self, monitor: MonitorView) -> str:
        """Return why nothing is known of a monitor that never had a verdict."""
        return self._gettext("Waiting for its first ping") if monitor.awaits_ping else self._gettext("Not checked yet")

    def held(self, parents: Sequence[str], names: Mapping[str, str]) -> Markup:
        """Return why a failing is told to nobody: its `parents` (ids, maybe none that are on the page) are down."""
        if not parents:
            return self._sentence(N_("Held back: something that it depends on is down."))
        message = self._ngettext(
            "Held back: it depends on %(names)s, which is down.",
            "Held back: it depends on %(names)s, which are down.",
            len(parents),
        )
        return escape(message) % {"names": self.names([names[parent] for parent in parents])}

    def names(self, names: Sequence[str]) -> Markup:
        """Return names in a sentence, each keeping its own reading direction."""
        return self.formats.names(names)

    def incident_title(self, incident: IncidentView, names: Mapping[str, str]) -> str:
        """Return what an incident is called; `names` are those of the page's monitors by id."""
        return timeline.title(incident, names, self._gettext, self._ngettext)

    def update(self, body: str) -> str:
        """Return the text of an incident's update; what a person wrote stays as it is."""
        return timeline.said(body, self._gettext, gap=self.formats.sentences)

    def maintenance(self, *, over: bool) -> str:
        """Return that maintenance has begun, or that it is over."""
        return self._gettext(N_("Maintenance is over") if over else N_("Maintenance is under way"))

    def headline(self, snapshot: Snapshot) -> Markup:
        """Return the one sentence that says how things are."""
        monitors = snapshot.monitors
        by_verdict = {v: [m.name for m in monitors if m.verdict is v] for v in Verdict}
        if not monitors:
            return self._sentence(N_("Nothing is watched yet"))
        for verdict, (all_of, one, two, many) in _TROUBLE.items():
            names = by_verdict[verdict]
            if len(names) == len(monitors) > 1:
                return self._sentence(all_of)
            if names:
                template = (one, two, many)[min(len(names), 3) - 1]
                figures = {"n": len(names), "all": len(monitors)}
                return self._sentence(template, names=self.names(names[:2]), **figures)
        if by_verdict[Verdict.MAINTENANCE]:
            return self._sentence(N_("Maintenance is under way"))
        if by_verdict[Verdict.NO_DATA]:
            return self._without_data(snapshot, by_verdict[Verdict.NO_DATA])
        return self._sentence(N_("All systems are up"))

    def _without_data(self, snapshot: Snapshot, names: list[str]) -> Markup:
        if len(names) < len(snapshot.monitors):
            return self._sentence(N_("All that we can see is up"))
        if any(monitor.checked_at for monitor in snapshot.monitors):
            return self._sentence(N_("We cannot see how things are"))
        return self._sentence(N_("Waiting for the first checks"))

    def _sentence(self, message: str, **values: object) -> Markup:
        return escape(self._gettext(message)) % values

    def duration(self, seconds: float) -> str:
        """Return a span in its two largest units, cut and not rounded: `2 hours 5 minutes`."""
        whole = max(0, int(seconds))
        if whole < _MINUTE:
            return self._count("%(n)d second", "%(n)d seconds", whole)
        days, rest = divmod(whole, _DAY)
        hours, rest = divmod(rest, _HOUR)
        parts = [
            self._count("%(n)d day", "%(n)d days", days) if days else "",
            self._count("%(n)d hour", "%(n)d hours", hours) if hours else "",
            self._count("%(n)d minute", "%(n)d minutes", rest // _MINUTE) if rest >= _MINUTE and not days else "",
        ]
        return self.formats.duration([part for part in parts if part])

    def _count(self, one: str, many: str, n: int) -> str:
        return self._ngettext(one, many, n) % {"n": n}

    def date(self, day: Date) -> str:
        """Return `22 November 2026`."""
        return self.formats.say_date(day)

    def month(self, day: Date) -> str:
        """Return `November 2026`."""
        return self.formats.say_month(day)

    def moment(self, at: datetime) -> str:
        """Return `22 November 2026, 12:04 UTC`."""
        return self.formats.say_moment(at)

    def phase(self, phase: Phase) -> str:
        """Return what a part of a check is called."""
        return self._gettext(_PHASE_NAMES[phase])

    def counts(self, days: Sequence[DayBar]) -> str:
        """Return how many days had which verdict."""
        counts = {v: sum(day.verdict is v for day in days) for v in Verdict}
        return ", ".join(f"{self.verdict(v)}: {n}" for v, n in counts.items() if n)

    def days(self, days: Sequence[DayBar]) -> str:
        """Return the text alternative of a strip of day bars."""
        said = self.counts(days)
        outages = [day for day in days if day.uptime.down_seconds]
        if not outages:
            return self._gettext("The last %(n)d days by worst verdict. %(counts)s.") % {"n": len(days), "counts": said}
        worst = max(outages, key=lambda day: day.uptime.down_seconds)
        return self._gettext(
            "The last %(n)d days by worst verdict. %(counts)s. Longest outage: %(date)s, %(down)s."
        ) % {
            "n": len(days),
            "counts": said,
            "date": self.date(worst.day),
            "down": self.duration(worst.uptime.down_seconds),
        }

    def standing(self, monitors: Sequence[MonitorView]) -> str:
        """Return how a group is in a few words: what is worst in it, and how much of it."""
        for verdict, message in _OF_GROUP.items():
            count = sum(monitor.verdict is verdict for monitor in monitors)
            if count == len(monitors):
                return self.verdict(verdict)
            if count:
                return self._gettext(message) % {"n": count, "all": len(monitors)}
        return self.verdict(Verdict.UP)

    def policy(self, policy: UptimePolicy) -> str:
        """Return what the percentages mean, in sentences."""
        degraded = Verdict.DEGRADED in policy.counts_as_up
        counted = self._gettext(_UPTIME if degraded else _STRICT_UPTIME)
        return self.formats.sentences.join((counted, self._gettext(_LEFT_OUT)))

    def uptime(self, monitor: MonitorView | PartView, window: Window) -> str:
        """Return a monitor's or a part's uptime with its unit, or that there is none."""
        uptime = monitor.uptime.get(window)
        if uptime is None or uptime.percent is None:
            return self._gettext("no data")
        return self.formats.in_percent(uptime.percent)


def load_words(language: str, locales: Path) -> tuple[Words, NullTranslations]:
    """Return the words of `language` and the catalogue itself; English where there is no such catalogue."""
    file = locales / language / "LC_MESSAGES" / "pulseboard.mo"
    catalogue = NullTranslations()
    if file.is_file():
        with file.open("rb") as stream:
            catalogue = GNUTranslations(stream)
    return Words(catalogue, load_formats(language, locales)), catalogue


def elapsed(start: datetime, end: datetime) -> float:
    """Return the seconds from `start` to `end`."""
    return (end - start) / timedelta(seconds=1)
