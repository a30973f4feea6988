"""One day as a bar."""

from datetime import date

from functions.domain.history import Span
from functions.domain.public_figures import DayBar
from functions.domain.slot import worst
from functions.domain.uptime import uptime
from functions.domain.uptime_policy import UptimePolicy
from functions.domain.verdict import Verdict


def day_bar(day: date, span: Span, due: int, policy: UptimePolicy) -> DayBar:
    """Return a day of which `due` seconds could be known."""
    if not span.known:
        return DayBar(day=day, verdict=Verdict.NO_DATA, uptime=uptime(Span(), 0))
    verdicts = {
        Verdict.UP: span.up,
        Verdict.MAINTENANCE: span.maintenance,
        Verdict.DEGRADED: span.degraded,
        Verdict.DOWN: span.down,
    }
    return DayBar(
        day=day,
        verdict=worst(*(verdict for verdict, seconds in verdicts.items() if seconds)),
        uptime=uptime(span, due, policy),
    )
