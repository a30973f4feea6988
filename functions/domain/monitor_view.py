"""One monitor as the page shows it."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from functions.domain.certificate_view import certificate_days
from functions.domain.day_bar import day_bar
from functions.domain.error_budget import view_slo
from functions.domain.histogram import Histogram
from functions.domain.history import Span
from functions.domain.maintenance import Maintenance
from functions.domain.monitor import Monitor
from functions.domain.months import view_months
from functions.domain.older import MonitorOlder
from functions.domain.past import POINTS, MonitorPast, data_start, midnight, point_of, strip_days, window_start
from functions.domain.points import daily_points, week_points
from functions.domain.public_cause import PublicCause, public_cause
from functions.domain.public_figures import DayBar, LatencyPoint, LatencySummary, Window
from functions.domain.public_monitor import MonitorView, RegionSight
from functions.domain.region_view import view_regions
from functions.domain.slot import due_seconds, hour_of, silent
from functions.domain.state import State
from functions.domain.step_view import view_steps
from functions.domain.uptime import uptime
from functions.domain.uptime_policy import UPTIME_POLICY, UptimePolicy
from functions.domain.verdict import Verdict

_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)


def view_monitor(
    monitor: Monitor,
    state: State | None,
    past: MonitorPast,
    live: Mapping[datetime, Span],
    *,
    at: datetime,
    maintenance: Maintenance | None = None,
    policy: UptimePolicy = UPTIME_POLICY,
    older: MonitorOlder | None = None,
) -> MonitorView:
    """Return the view of `monitor` at `at`.

    `past` is settled history and `live` what came after it, by hour; no hour is in both. `older` is what lies
    behind. A state that has missed its runs is not believed: the verdict is then `no_data`, since the last check.
    While `maintenance` is under way, the verdict is that, whatever the checks see.
    """
    verdict = _verdict(monitor, state, at=at, maintenance=maintenance)
    first = _first(past, live, at=at)
    spans = {window: _over(window, past, live, hour=hour_of(at)) for window in Window}
    hours = _hourly(past, live, at=at)
    older = older or MonitorOlder()
    days = _bars(past, live, first, interval=monitor.interval, at=at, policy=policy)
    return MonitorView(
        id=monitor.id,
        name=monitor.name,
        group=monitor.group,
        description=monitor.description,
        interval=monitor.interval,
        verdict=verdict,
        since=_since(state, verdict) if maintenance is None else maintenance.start,
        checked_at=None if state is None else state.judged_at,
        cause=None if state is None or not verdict.failing else _cause(state),
        uptime={
            window: uptime(
                span,
                0
                if first is None
                else due_seconds(max(first, window_start(window, hour_of(at))), at, monitor.interval),
                policy,
            )
            for window, span in spans.items()
        },
        latency={window: _summary(span.latency) for window, span in spans.items()},
        days=days,
        sparkline=tuple(mean for mean, _ in hours),
        hours=tuple(point for _, point in hours),
        first_data=None if first is None else first.date(),
        incident=None if state is None else state.incident,
        slo=None
        if monitor.slo is None
        else view_slo(monitor.slo, _since_days(past, live, days=monitor.slo.days, at=at), spans[Window.DAY], policy),
        awaits_ping=state is None and monitor.check.kind == "heartbeat",
        regions=() if state is None or verdict is not state.verdict else _sights(state),
        steps=() if state is None or verdict is Verdict.NO_DATA else view_steps(monitor, state),
        week=week_points(past, live, older, at=at),
        daily=daily_points(past, live, at=at),
        phases={window: means for window, span in spans.items() if (means := span.phases.means()) is not None},
        by_region=view_regions(spans, policy),
        certificate_days=None if verdict is Verdict.NO_DATA else certificate_days(state, at=at),
        months=view_months(days, past, live, older, interval=monitor.interval, at=at, policy=policy),
    )


def _since_days(past: MonitorPast, live: Mapping[datetime, Span], *, days: int, at: datetime) -> Span:
    """Return what is known of so many UTC days, today included."""
    first = hour_of(at).date() - timedelta(days=days - 1)
    settled = [span for day, span in past.days.items() if day >= first]
    return Span.merge([*settled, *(span for hour, span in live.items() if hour.date() >= first)])


def _verdict(monitor: Monitor, state: State | None, *, at: datetime, maintenance: Maintenance | None) -> Verdict:
    if maintenance is not None:
        return Verdict.MAINTENANCE
    return Verdict.NO_DATA if state is None or silent(state.judged_at, at, monitor.interval) else state.verdict


def _first(past: MonitorPast, live: Mapping[datetime, Span], *, at: datetime) -> datetime | None:
    """Return when the monitor's data begins."""
    if past.first is not None:
        return past.first
    hours = sorted(hour for hour, span in live.items() if span.known)
    return data_start(hours[0], min(_HOUR, at - hours[0]), live[hours[0]]) if hours else None


def _over(window: Window, past: MonitorPast, live: Mapping[datetime, Span], *, hour: datetime) -> Span:
    """Return what is known of `window`."""
    settled = past.windows.get(window, Span())
    return Span.merge([settled, *(span for start, span in live.items() if start >= window_start(window, hour))])


def _bars(
    past: MonitorPast,
    live: Mapping[datetime, Span],
    first: datetime | None,
    *,
    interval: int,
    at: datetime,
    policy: UptimePolicy,
) -> tuple[DayBar, ...]:
    """Return the strip's days, oldest first."""
    today = hour_of(at).date()
    moving = {today, *(hour.date() for hour in live)}
    return tuple(
        settled
        if day not in moving and (settled := past.bars.get(day)) is not None
        else _bar(
            day,
            Span.merge(_known(past.days.get(day), *(span for hour, span in live.items() if hour.date() == day))),
            first,
            until=at if day == today else None,
            interval=interval,
            policy=policy,
        )
        for day in strip_days(today)
    )


def _bar(
    day: date, span: Span, first: datetime | None, *, until: datetime | None, interval: int, policy: UptimePolicy
) -> DayBar:
    """Return one day; `until` is the present moment where the day still runs."""
    if not span.known or first is None:
        return day_bar(day, Span(), 0, policy)
    begin = max(first, midnight(day))
    due = int((midnight(day) + _DAY - begin).total_seconds()) if until is None else due_seconds(begin, until, interval)
    return day_bar(day, span, due, policy)


def _hourly(
    past: MonitorPast, live: Mapping[datetime, Span], *, at: datetime
) -> list[tuple[float | None, LatencyPoint]]:
    """Return the mean and the percentiles of the sparkline's hours, oldest first, the running one last."""
    found = []
    for hour in (hour_of(at) - _HOUR * age for age in reversed(range(POINTS))):
        settled = past.points.get(hour)
        if hour in live or settled is None:
            latency = Span.merge(_known(past.hours.get(hour), live.get(hour))).latency
            found.append((latency.mean, point_of(hour, latency)))
        else:
            found.append((past.means.get(hour), settled))
    return found


def _known(*spans: Span | None) -> tuple[Span, ...]:
    return tuple(span for span in spans if span is not None)


def _summary(latency: Histogram) -> LatencySummary:
    p50, p95, p99 = latency.quantiles(0.5, 0.95, 0.99)
    return LatencySummary(average=latency.mean, p50=p50, p95=p95, p99=p99)


def _sights(state: State) -> tuple[RegionSight, ...]:
    """Return what each region believes, once it is confirmed."""
    return tuple(
        RegionSight(
            region=name,
            verdict=Verdict.DOWN if view.down.on else Verdict.DEGRADED if view.failing.on else Verdict.UP,
        )
        for name, view in sorted(state.regions.items())
    )


def _cause(state: State) -> PublicCause | None:
    """Return what the newest failing region says, in what the public may know; never the reason's words."""
    failing = [view for _, view in sorted(state.regions.items()) if view.failure is not None]
    agreeing = [view for view in failing if view.verdict is state.verdict] or failing
    if not agreeing:
        return None
    newest = max(agreeing, key=lambda view: view.at)
    return None if newest.failure is None else public_cause(newest.failure, newest.status_code)


def _since(state: State | None, verdict: Verdict) -> datetime | None:
    """Return when `verdict` began; of a monitor that has fallen silent, when it was last heard of."""
    if state is None or state.verdict is Verdict.NO_DATA:
        return None
    return state.judged_at if verdict is Verdict.NO_DATA else state.since
