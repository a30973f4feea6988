"""A month's uptime from its days, for months that lie behind the calendar of a monitor's page."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from functions.domain.history import DayHistory, Span
from functions.domain.month_report import MonthUptime, next_month
from functions.domain.past import data_start, midnight
from functions.domain.public_monitor import MonitorView
from functions.domain.uptime import uptime
from functions.domain.uptime_policy import UptimePolicy

_DAY = timedelta(days=1)


def uptimes_from(
    days: Iterable[DayHistory], monitors: Sequence[MonitorView], *, first: date, policy: UptimePolicy
) -> Iterator[MonthUptime]:
    """Yield the uptime of each of `monitors` of which anything is known, in their order.

    `days` (any order) are those of the month and the day before it, which tells a monitor that begins within the month
    from one with a gap at its start.
    """
    spans: dict[str, dict[date, Span]] = defaultdict(dict)
    for history in days:
        for view in monitors:
            span = history.spans.get(view.id)
            if span is not None and span.known:
                before = spans[view.id].get(history.day, Span())
                spans[view.id][history.day] = _sum(before, span)
    end = midnight(next_month(first))
    for view in monitors:
        known = spans[view.id]
        of_month = [span for day, span in known.items() if day >= first]
        if of_month:
            oldest = min(known)
            begin = midnight(first) if oldest < first else data_start(midnight(oldest), _DAY, known[oldest])
            due = int((end - begin).total_seconds())
            total = Span()
            for span in of_month:
                total = _sum(total, span)
            yield MonthUptime(monitor=view.id, name=view.name, group=view.group, uptime=uptime(total, due, policy))


def _sum(one: Span, other: Span) -> Span:
    """Return both without their latencies, which nobody asks for here."""
    return Span(
        up=one.up + other.up,
        degraded=one.degraded + other.degraded,
        down=one.down + other.down,
        maintenance=one.maintenance + other.maintenance,
    )
