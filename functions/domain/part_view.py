"""The parts of one monitor as the page shows them: each is seen as a monitor is, with less of it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from functions.domain.history import Span
from functions.domain.maintenance import Maintenance
from functions.domain.monitor import Monitor
from functions.domain.monitor_view import view_monitor
from functions.domain.part import PART_LIMIT, part_key
from functions.domain.past import MonitorPast
from functions.domain.public_monitor import PartView
from functions.domain.state import State
from functions.domain.uptime_policy import UPTIME_POLICY, UptimePolicy
from functions.domain.verdict import Verdict


def view_parts(
    monitor: Monitor,
    state: State | None,
    past: Mapping[str, MonitorPast],
    live: Mapping[str, Mapping[datetime, Span]],
    *,
    at: datetime,
    maintenance: Maintenance | None = None,
    policy: UptimePolicy = UPTIME_POLICY,
) -> tuple[PartView, ...]:
    """Return the parts of `monitor`, those named by `expand.only` first; `past` and `live` are by `part_key`.

    A part that the monitor's two newest runs did not tell of has no data, since it was last told of.
    """
    if monitor.expand is None:
        return ()
    states = {} if state is None else state.parts
    names = dict.fromkeys((*monitor.expand.only, *(n for n in states if monitor.expand.wants(n))))
    views = []
    for name in tuple(names)[:PART_LIMIT]:
        key = part_key(monitor.id, name)
        own = states.get(name)
        as_monitor = replace(monitor, id=key, slo=None, expand=None)
        seen = view_monitor(
            as_monitor,
            own,
            past.get(key, MonitorPast()),
            live.get(key, {}),
            at=at,
            maintenance=maintenance,
            policy=policy,
        )
        unheard = maintenance is None and own is not None and _unheard(own, state, monitor.interval)
        views.append(
            PartView(
                id=name,
                name=monitor.expand.name_of(name),
                verdict=Verdict.NO_DATA if unheard else seen.verdict,
                since=own.judged_at if unheard and own is not None else seen.since,
                uptime=seen.uptime,
                days=seen.days,
            )
        )
    return tuple(views)


def _unheard(part: State, monitor: State | None, interval: int) -> bool:
    known = part.verdict is not Verdict.NO_DATA
    return known and monitor is not None and monitor.judged_at - part.judged_at > timedelta(seconds=interval)
