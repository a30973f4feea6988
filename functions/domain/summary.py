"""From what was recorded to the snapshot of a page."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from functions.domain.dependency import parents_down
from functions.domain.group_id import group_ids
from functions.domain.history import HourHistory, Span
from functions.domain.incident import Incident
from functions.domain.incident_causes import with_likely_causes
from functions.domain.incident_view import view_incident
from functions.domain.maintenance import Calendar, Maintenance
from functions.domain.monitor import Monitor
from functions.domain.monitor_view import view_monitor
from functions.domain.older import Older
from functions.domain.page import Page
from functions.domain.part_view import view_parts
from functions.domain.past import MonitorPast, Past
from functions.domain.public_monitor import MonitorView
from functions.domain.reported import reports, with_report
from functions.domain.slot import worst
from functions.domain.snapshot import GroupView, MaintenanceView, Overall, Snapshot
from functions.domain.state import ShardState, State, newest_states
from functions.domain.uptime_policy import STALE_AFTER, UPTIME_POLICY, UptimePolicy
from functions.domain.verdict import Verdict

AHEAD = timedelta(days=7)
"""How long before it begins a maintenance is listed."""

MOST_WINDOWS = 200
"""Of the windows that are over, and of those that are not, the nearest so many are published."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """All that was read to make a snapshot; `live` holds the hours that are not in `past`.

    `oldest` is the first day of which anything is recorded.
    """

    states: Sequence[ShardState]
    incidents: Sequence[Incident]
    past: Past
    live: Sequence[HourHistory]
    older: Older | None = None
    oldest: date | None = None


def summarise(
    page: Page,
    monitors: Mapping[str, Monitor],
    record: Record,
    *,
    url: str,
    at: datetime,
    calendar: Calendar | None = None,
    policy: UptimePolicy = UPTIME_POLICY,
) -> Snapshot:
    """Return the snapshot of `page` (published at `url`) at `at`; `monitors` holds at least the page's.

    `calendar` is what maintenance is planned; by default none. Only what belongs to the page's own monitors gets in.
    Raises ValueError where the record's past was settled by another policy.
    """
    if record.past.policy != policy:
        raise ValueError("the past was settled by another uptime policy than the page's")
    states = newest_states(record.states)
    live = _by_monitor(record.live)
    older = {} if record.older is None else record.older.monitors
    calendar = calendar or Calendar()
    reported = reports(record.incidents)
    views = tuple(
        replace(
            with_report(
                view_monitor(
                    monitors[monitor_id],
                    states.get(monitor_id),
                    record.past.monitors.get(monitor_id, MonitorPast()),
                    live.get(monitor_id, {}),
                    at=at,
                    maintenance=calendar.under_way(monitor_id, at),
                    policy=policy,
                    older=older.get(monitor_id),
                ),
                reported.get(monitor_id),
            ),
            parts=view_parts(
                monitors[monitor_id],
                states.get(monitor_id),
                record.past.monitors,
                live,
                at=at,
                maintenance=calendar.under_way(monitor_id, at),
                policy=policy,
            ),
        )
        for monitor_id in page.monitors
    )
    names = {view.id: view.name for view in views}
    views = tuple(replace(view, held_by=_held_by(monitors[view.id], view, states, names)) for view in views)
    incidents = [shown for incident in record.incidents if (shown := view_incident(incident, names)) is not None]
    depends_on = {monitor_id: monitors[monitor_id].depends_on for monitor_id in page.monitors}
    return Snapshot(
        page=page,
        url=url,
        generated_at=at,
        stale_after=at + STALE_AFTER,
        overall=overall(views),
        monitors=views,
        incidents=tuple(
            sorted(with_likely_causes(incidents, depends_on, names), key=lambda i: (i.started_at, i.id), reverse=True)
        ),
        groups=tuple(_groups(page, views)),
        maintenance=tuple(windows_of(calendar.between(at, at + AHEAD), names, at=at)),
        planned=_planned(calendar, names, at=at),
        policy=policy,
    )


def _held_by(
    monitor: Monitor, view: MonitorView, states: Mapping[str, State], names: Mapping[str, str]
) -> tuple[str, ...] | None:
    """Return which of the page's monitors are down that `monitor` waits for; None where it does not wait."""
    state = states.get(monitor.id)
    if state is None or state.held is None or not view.verdict.failing:
        return None
    down = parents_down(monitor.depends_on, states)
    return tuple(parent for parent in down if parent in names) if down else None


def _planned(calendar: Calendar, names: Mapping[str, str], *, at: datetime) -> tuple[MaintenanceView, ...]:
    """Return the page's own windows of the published calendar."""
    views = tuple(windows_of(calendar.around(at), names, at=at))
    over = [view for view in views if view.end <= at]
    return (*over[-MOST_WINDOWS:], *[view for view in views if view.end > at][:MOST_WINDOWS])


def windows_of(windows: Iterable[Maintenance], names: Mapping[str, str], *, at: datetime) -> Iterable[MaintenanceView]:
    """Yield the windows of the page's own monitors."""
    for window in windows:
        concerned = tuple(monitor for monitor in names if monitor in window.monitors)
        if concerned:
            yield MaintenanceView(
                id=window.id,
                title=window.title,
                description=window.description,
                monitors=concerned,
                start=window.start,
                end=window.end,
                under_way=window.start <= at < window.end,
            )


def overall(views: Sequence[MonitorView]) -> Overall:
    """Return one word for all monitors of a page.

    Failures first: all of the monitors with data down is a major outage, some a partial one. Then what is not known: a
    monitor that has fallen silent makes the whole `unknown`, since no data is not up; one that has no verdict yet does
    not, unless there is no other.
    """
    verdicts = [view.verdict for view in views if view.verdict is not Verdict.NO_DATA]
    if Verdict.DOWN in verdicts:
        return Overall.MAJOR_OUTAGE if all(v is Verdict.DOWN for v in verdicts) else Overall.PARTIAL_OUTAGE
    if Verdict.DEGRADED in verdicts:
        return Overall.DEGRADED
    if not verdicts or any(view.verdict is Verdict.NO_DATA and view.since is not None for view in views):
        return Overall.UNKNOWN
    return Overall.MAINTENANCE if Verdict.MAINTENANCE in verdicts else Overall.OPERATIONAL


def _groups(page: Page, views: Sequence[MonitorView]) -> Iterable[GroupView]:
    """Yield the groups with members; here, too, a monitor that has no verdict yet does not decide."""
    ids = group_ids(page.groups)
    for name in page.groups:
        members = [view for view in views if view.group == name]
        if members:
            verdict = worst(*(view.verdict for view in members if view.since is not None))
            yield GroupView(id=ids[name], name=name, verdict=verdict, monitors=tuple(view.id for view in members))


def _by_monitor(hours: Iterable[HourHistory]) -> dict[str, dict[datetime, Span]]:
    """Return the spans by monitor and hour; where shards share an hour, their sum."""
    spans: dict[str, dict[datetime, Span]] = defaultdict(dict)
    for history in hours:
        for monitor, span in history.spans.items():
            known = spans[monitor].get(history.hour, Span())
            spans[monitor][history.hour] = Span.merge((known, span))
    return spans
