"""What a replay comes to, in one sentence."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from functions.domain.event import Event, Severity

_DAY, _HOUR, _MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
_MOST_NAMED = 5


def pages(events: Sequence[Event]) -> list[Event]:
    """Return the events that ask somebody to act: what a pager that is set up for `severity` would ring for."""
    return [event for event in events if event.severity is not Severity.INFO]


def sentence(events: Sequence[Event], *, start: datetime, end: datetime) -> str:
    """Return how often this configuration would have paged from `start` to `end`."""
    calls = Counter(event.monitor for event in pages(events))
    span = f"in {_span(end - start)} ({start:%Y-%m-%d %H:%M} to {end:%Y-%m-%d %H:%M} UTC)"
    text = f"This configuration would have paged {_times(calls.total())} {span}"
    if len(calls) > 1:
        named = [f"{monitor} {_times(count)}" for monitor, count in calls.most_common(_MOST_NAMED)]
        others = calls.total() - sum(count for _, count in calls.most_common(_MOST_NAMED))
        text += f": {', '.join(named)}{f', others {_times(others)}' if others else ''}"
    return f"{text}."


def _times(count: int) -> str:
    return {0: "not at all", 1: "once", 2: "twice"}.get(count, f"{count:,} times")


def _span(span: timedelta) -> str:
    for unit, name in ((_DAY, "day"), (_HOUR, "hour")):
        if span >= 2 * unit:
            return f"{round(span / unit):,} {name}s"
    minutes = round(span / _MINUTE)
    return "1 minute" if minutes == 1 else f"{minutes} minutes"
