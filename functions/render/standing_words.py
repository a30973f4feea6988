"""The words for how things stand: of the whole page in its headline, of one group beside its name."""

from collections.abc import Mapping, Sequence
from typing import Final

from markupsafe import Markup

from functions.domain.public_monitor import MonitorView
from functions.domain.snapshot import Overall, Snapshot
from functions.domain.verdict import Verdict
from functions.render.speech import N_, Speech

_VERDICTS: Final[Mapping[Verdict, str]] = {
    Verdict.UP: N_("Up"),
    Verdict.DEGRADED: N_("Degraded"),
    Verdict.DOWN: N_("Down"),
    Verdict.MAINTENANCE: N_("Maintenance"),
    Verdict.NO_DATA: N_("No data"),
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
_OVERALL: Final[Mapping[Overall, str]] = {
    Overall.OPERATIONAL: N_("All systems are up"),
    Overall.DEGRADED: N_("Some systems are degraded"),
    Overall.PARTIAL_OUTAGE: N_("Some systems are down"),
    Overall.MAJOR_OUTAGE: N_("Everything is down"),
    Overall.MAINTENANCE: N_("Maintenance is under way"),
    Overall.UNKNOWN: N_("We cannot see how things are"),
}
"""What is said of everything together where no monitor is named: on other people's sites."""
_OF_GROUP: Final[Mapping[Verdict, str]] = {
    Verdict.DOWN: N_("%(n)d of %(all)d down"),
    Verdict.DEGRADED: N_("%(n)d of %(all)d degraded"),
    Verdict.MAINTENANCE: N_("%(n)d of %(all)d in maintenance"),
    Verdict.NO_DATA: N_("%(n)d of %(all)d without data"),
}
"""What stands beside a group's name while some of its monitors have this verdict; the worse comes first."""


class StandingWords(Speech):
    """Says how one monitor, a group and everything together stand."""

    def verdict(self, verdict: Verdict) -> str:
        """Return the word for a monitor's verdict."""
        return self._gettext(_VERDICTS[verdict])

    def overall(self, overall: Overall) -> str:
        """Return how everything together stands, without names."""
        return self._gettext(_OVERALL[overall])

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

    def maintenance(self, *, over: bool) -> str:
        """Return that maintenance has begun, or that it is over."""
        return self._gettext(N_("Maintenance is over") if over else N_("Maintenance is under way"))

    def standing(self, monitors: Sequence[MonitorView]) -> str:
        """Return how a group is in a few words: what is worst in it, and how much of it."""
        for verdict, message in _OF_GROUP.items():
            count = sum(monitor.verdict is verdict for monitor in monitors)
            if count == len(monitors):
                return self.verdict(verdict)
            if count:
                return self._gettext(message) % {"n": count, "all": len(monitors)}
        return self.verdict(Verdict.UP)
