"""The words for the record: windows, uptime and what it counts, days and how the worst of them went."""

from collections.abc import Mapping, Sequence
from typing import Final

from functions.domain.public_figures import DayBar, Window
from functions.domain.public_monitor import MonitorView, PartView
from functions.domain.uptime_policy import UptimePolicy
from functions.domain.verdict import Verdict
from functions.render.speech import N_
from functions.render.standing_words import StandingWords
from functions.render.time_words import TimeWords

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
_UPTIME: Final = N_("Uptime is the time up or degraded as a share of the time up, degraded or down.")
_STRICT_UPTIME: Final = N_(
    "Uptime is the time up as a share of the time up, degraded or down: degraded counts as down."
)
_LEFT_OUT: Final = N_(
    "Planned maintenance and time without data are left out; where there is any, the share that is known stands beside "
    "the number. Numbers are cut, never rounded up."
)


class RecordWords(StandingWords, TimeWords):
    """Says how well something has done, in the words for verdicts and times."""

    def window(self, window: Window) -> str:
        """Return how long a window is."""
        return self._gettext(_WINDOWS[window])

    def short_window(self, window: str) -> str:
        """Return how long a window is where there is little room."""
        return self._gettext(_SHORT_WINDOWS[window])

    def uptime(self, monitor: MonitorView | PartView, window: Window) -> str:
        """Return a monitor's or a part's uptime with its unit, or that there is none."""
        uptime = monitor.uptime.get(window)
        if uptime is None or uptime.percent is None:
            return self._gettext("no data")
        return self.formats.in_percent(uptime.percent)

    def policy(self, policy: UptimePolicy) -> str:
        """Return what the percentages mean, in sentences."""
        degraded = Verdict.DEGRADED in policy.counts_as_up
        counted = self._gettext(_UPTIME if degraded else _STRICT_UPTIME)
        return self.formats.sentences.join((counted, self._gettext(_LEFT_OUT)))

    def counts(self, days: Sequence[DayBar]) -> str:
        """Return how many days had which verdict."""
        counts = {v: sum(day.verdict is v for day in days) for v in Verdict}
        return self.formats.comma.join(f"{self.verdict(v)}: {n}" for v, n in counts.items() if n)

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
