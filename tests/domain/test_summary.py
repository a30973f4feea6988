"""A snapshot says what is known, what is not, and nothing that is private."""

import json
from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import date, datetime, timedelta

import pytest

from functions.domain.history import DayHistory, HourHistory, Span
from functions.domain.incident import Incident
from functions.domain.page import Page
from functions.domain.public_figures import Window
from functions.domain.public_monitor import MonitorView
from functions.domain.settling import settle
from functions.domain.snapshot import Overall, Snapshot
from functions.domain.state import ShardState
from functions.domain.summary import Record, summarise
from functions.domain.uptime_policy import uptime_policy
from functions.domain.verdict import Verdict
from tests.fakes.history import PRIVATE, REFUSED, day, hour, incident, monitor, shard_state, span, state, utc

AT = utc(2026, 11, 22, 15, 20, 40)
HOUR = utc(2026, 11, 22, 15)
TODAY = date(2026, 11, 22)


def page(*monitors: str, groups: tuple[str, ...] = ()) -> Page:
    """Return a page."""
    return Page(id="acme", title="Acme", monitors=monitors or ("api",), groups=groups)


def snapshot(
    *,
    days: Iterable[DayHistory] = (),
    hours: Iterable[HourHistory] = (),
    live: Iterable[HourHistory] = (),
    states: Iterable[ShardState] = (),
    incidents: Iterable[Incident] = (),
    interval: int = 60,
    at: datetime = AT,
) -> Snapshot:
    """Return the snapshot of a page with one monitor, `api`."""
    start = at.replace(minute=0, second=0)
    record = Record(
        states=list(states), incidents=list(incidents), past=settle(days, hours, hour=start), live=list(live)
    )
    return summarise(page(), {"api": monitor(interval=interval)}, record, url="https://status.example", at=at)


def view(shown: Snapshot) -> MonitorView:
    """Return the only monitor of a snapshot."""
    (only,) = shown.monitors
    return only


DAYS = [day(TODAY - timedelta(days=age)) for age in range(2, 91)]
HOURS = [hour(HOUR - timedelta(hours=age)) for age in range(1, 40)]
RUNNING = hour(HOUR, of=span(up=21 * 60))
"""90 days, all up: days, the hours of yesterday and today, and the running hour up to now."""


def test_all_windows_of_a_full_history_are_100_percent_and_covered() -> None:
    """Nothing missing, nothing down: 100 and 100 everywhere, and 90 green bars."""
    shown = view(snapshot(days=DAYS, hours=HOURS, live=[RUNNING]))
    assert {w: (u.percent, u.coverage) for w, u in shown.uptime.items()} == dict.fromkeys(Window, (100.0, 100.0))
    assert [bar.verdict for bar in shown.days] == [Verdict.UP] * 90
    assert [bar.day for bar in shown.days] == [TODAY - timedelta(days=age) for age in reversed(range(90))]
    assert [round(value or 0) for value in shown.sparkline] == [pytest.approx(120, rel=0.02)] * 24
    assert shown.first_data == TODAY - timedelta(days=90)


def test_one_bad_minute_months_ago_is_in_one_window_only_and_never_100_percent() -> None:
    """60 of 7.7 million seconds: 99.99 over 90 days, and 100 over the shorter windows."""
    bad = day(TODAY - timedelta(days=52), of=span(up=86_340, down=60))
    shown = view(snapshot(days=[*DAYS[:50], bad, *DAYS[51:]], hours=HOURS, live=[RUNNING]))
    assert [shown.uptime[w].percent for w in Window] == [100.0, 100.0, 100.0, 99.99]
    assert shown.uptime[Window.QUARTER].down_seconds == 60
    assert shown.days[89 - 52].verdict is Verdict.DOWN
    assert shown.days[89 - 52].uptime.percent == 99.93


@pytest.mark.parametrize(
    ("age", "windows"),
    [
        (timedelta(hours=23), [Window.DAY, Window.WEEK, Window.MONTH, Window.QUARTER]),
        (timedelta(hours=24), [Window.WEEK, Window.MONTH, Window.QUARTER]),
        (timedelta(hours=39), [Window.WEEK, Window.MONTH, Window.QUARTER]),
    ],
)
def test_an_outage_leaves_the_24_hours_on_the_hour(age: timedelta, windows: list[Window]) -> None:
    """The window is the running hour and the 23 before it."""
    hours = [h for h in HOURS if h.hour != HOUR - age]
    bad = hour(HOUR - age, of=span(up=3000, down=600))
    shown = view(snapshot(days=DAYS, hours=[*hours, bad], live=[RUNNING]))
    assert [w for w in Window if shown.uptime[w].down_seconds] == windows


def test_missing_hours_lower_the_coverage_and_not_the_uptime() -> None:
    """No data is not up and not down: the percentage is of what is known."""
    hours = [h for h in HOURS if h.hour != HOUR - timedelta(hours=3)]
    shown = view(snapshot(days=DAYS, hours=hours, live=[RUNNING]))
    assert shown.uptime[Window.DAY].percent == 100.0
    # 23 hours and the 20 minutes that are due, less one hour; the minute that came early does not make up for it.
    assert shown.uptime[Window.DAY].coverage == pytest.approx(100 * (22 * 60 + 21) / (23 * 60 + 20), abs=0.01)
    assert shown.sparkline[-4] is None


def test_a_young_monitor_is_measured_from_its_first_data() -> None:
    """Since 14:30: covered in every window, and 89 bars without data."""
    shown = view(
        snapshot(hours=[hour(HOUR - timedelta(hours=1), of=span(up=1800))], live=[hour(HOUR, of=span(up=1260))])
    )
    assert [shown.uptime[w].coverage for w in Window] == [100.0] * 4
    assert [bar.verdict for bar in shown.days] == [Verdict.NO_DATA] * 89 + [Verdict.UP]
    assert shown.days[0].uptime.percent is None
    assert shown.first_data == TODAY


def test_a_gap_after_the_first_data_counts_as_a_gap() -> None:
    """Begun two days ago, silent since: a young monitor's coverage is not 100 for ever."""
    shown = view(snapshot(days=[day(TODAY - timedelta(days=2))]))
    assert shown.uptime[Window.DAY].percent is None
    assert shown.uptime[Window.WEEK].coverage == pytest.approx(100 * 24 / (24 + 24 + 15 + 1 / 3), abs=0.01)


def test_the_previous_hour_counts_although_rollup_has_not_done_it() -> None:
    """Right after midnight, yesterday's last hour comes from runs and still belongs to yesterday."""
    at = utc(2026, 11, 22, 0, 2)
    hours = [hour(utc(2026, 11, 21, n), of=span(up=3600)) for n in range(23)]
    live = [hour(utc(2026, 11, 21, 23), of=span(down=3600)), hour(utc(2026, 11, 22), of=span(up=60))]
    shown = view(snapshot(hours=hours, live=live, at=at))
    assert [(b.verdict, b.uptime.down_seconds) for b in shown.days[-2:]] == [(Verdict.DOWN, 3600), (Verdict.UP, 0)]
    assert shown.uptime[Window.DAY].down_seconds == 3600


def test_checks_every_six_hours_cover_their_day() -> None:
    """Four slots of six hours each: nothing is missing between them."""
    hours = [hour(utc(2026, 11, d, h), shard="21600s-0", of=span(up=21_600)) for d in (21, 22) for h in (0, 6, 12, 18)][
        :-1
    ]
    shown = view(snapshot(hours=hours, interval=21_600))
    assert [shown.uptime[w].coverage for w in Window] == [100.0] * 4
    assert shown.days[-2].uptime.coverage == 100.0


@pytest.mark.parametrize(
    ("verdict", "age", "shown_as", "word"),
    [
        (Verdict.UP, 60, Verdict.UP, Overall.OPERATIONAL),
        (Verdict.UP, 240, Verdict.UP, Overall.OPERATIONAL),
        (Verdict.UP, 241, Verdict.NO_DATA, Overall.UNKNOWN),
        (Verdict.DOWN, 241, Verdict.NO_DATA, Overall.UNKNOWN),
        (Verdict.DOWN, 60, Verdict.DOWN, Overall.MAJOR_OUTAGE),
        (Verdict.DEGRADED, 60, Verdict.DEGRADED, Overall.DEGRADED),
        (Verdict.MAINTENANCE, 60, Verdict.MAINTENANCE, Overall.MAINTENANCE),
        (Verdict.NO_DATA, 60, Verdict.NO_DATA, Overall.UNKNOWN),
    ],
)
def test_a_verdict_holds_until_its_runs_stay_away(verdict: Verdict, age: int, shown_as: Verdict, word: Overall) -> None:
    """After two missed runs and the grace nothing is claimed any more."""
    judged = AT - timedelta(seconds=age)
    shown = snapshot(states=[shard_state(state(verdict, judged, since=utc(2026, 11, 20)))])
    assert (view(shown).verdict, shown.overall) == (shown_as, word)
    assert view(shown).checked_at == judged
    if verdict is not Verdict.NO_DATA:
        assert view(shown).since == (judged if shown_as is Verdict.NO_DATA else utc(2026, 11, 20))
    assert (view(shown).cause is not None) == shown_as.failing


@pytest.mark.parametrize(
    ("verdicts", "word"),
    [
        ("up up", Overall.OPERATIONAL),
        ("up down", Overall.PARTIAL_OUTAGE),
        ("down down", Overall.MAJOR_OUTAGE),
        ("degraded down", Overall.PARTIAL_OUTAGE),
        ("up degraded", Overall.DEGRADED),
        ("up silent", Overall.UNKNOWN),
        ("up new", Overall.OPERATIONAL),
        ("new new", Overall.UNKNOWN),
        ("down silent", Overall.MAJOR_OUTAGE),
        ("degraded silent", Overall.DEGRADED),
        ("up maintenance", Overall.MAINTENANCE),
        ("maintenance silent", Overall.UNKNOWN),
    ],
)
def test_one_word_for_the_whole_page(verdicts: str, word: Overall) -> None:
    """Failures first, then what is not known."""
    states = []
    for monitor_id, name in zip(("a", "b"), verdicts.split(), strict=True):
        if name != "new":
            judged = AT - timedelta(days=1) if name == "silent" else AT
            states.append(state(Verdict.UP if name == "silent" else Verdict(name), judged, monitor_id=monitor_id))
    record = Record(states=[shard_state(*states)], incidents=[], past=settle([], [], hour=HOUR), live=[])
    monitors = {"a": monitor("a", group="Core"), "b": monitor("b", group="Core")}
    shown = summarise(page("a", "b", groups=("Empty", "Core")), monitors, record, url="", at=AT)
    assert shown.overall is word
    (group,) = shown.groups
    assert (group.name, group.monitors) == ("Core", ("a", "b"))


def test_a_monitor_that_moved_to_another_shard_has_its_newest_state() -> None:
    """The old shard's state stays in the table and must not win."""
    old = shard_state(state(Verdict.DOWN, AT - timedelta(minutes=2)), shard="60s-9")
    new = shard_state(state(Verdict.UP, AT - timedelta(minutes=1)), shard="60s-0")
    assert view(snapshot(states=[old, new])).verdict is Verdict.UP
    assert view(snapshot(states=[new, old])).verdict is Verdict.UP


def test_only_the_pages_own_monitors_get_in() -> None:
    """A monitor of another page leaves no trace: not in an incident that it shares, not by name, not in history."""
    record = Record(
        states=[shard_state(state(Verdict.UP, AT), state(Verdict.DOWN, AT, monitor_id="secret"))],
        incidents=[incident(AT, "secret"), incident(AT, "secret", "api")],
        past=settle([day(TODAY - timedelta(days=3), "secret")], [hour(HOUR - timedelta(hours=2), "secret")], hour=HOUR),
        live=[hour(HOUR, "secret")],
    )
    monitors = {"api": monitor(), "secret": monitor("secret")}
    shown = summarise(page("api"), monitors, record, url="https://status.example", at=AT)
    text = json.dumps(asdict(shown), default=str)
    assert '"secret"' not in text
    assert "SECRET" not in text
    (only,) = shown.incidents
    assert (only.monitors, only.title) == (("api",), "API down")
    assert shown.overall is Overall.OPERATIONAL


def test_nothing_private_is_in_a_snapshot() -> None:
    """URLs, headers and the operator's reasons stay inside, whatever a monitor and its incident hold."""
    shown = snapshot(
        days=DAYS,
        hours=HOURS,
        live=[RUNNING],
        states=[shard_state(state(Verdict.DOWN, AT))],
        incidents=[incident(AT)],
    )
    text = json.dumps(asdict(shown), default=str)
    assert PRIVATE not in text
    cause = view(shown).cause
    assert cause is not None
    assert (cause.kind, cause.status_code) == (REFUSED.kind, 500)


def test_incidents_are_newest_first() -> None:
    """Whatever order the store gives."""
    shown = snapshot(incidents=[incident(AT - timedelta(days=n)) for n in (3, 1, 2)])
    assert [AT - i.started_at for i in shown.incidents] == [timedelta(days=n) for n in (1, 2, 3)]
    assert shown.open_incidents == shown.incidents


def test_a_snapshot_says_when_it_goes_stale() -> None:
    """Two render periods after it was made."""
    shown = snapshot()
    assert shown.stale_after - shown.generated_at == timedelta(minutes=10)


def test_a_past_settled_by_another_policy_is_refused() -> None:
    """Its bars would say something else than the percentages beside them."""
    record = Record(states=[], incidents=[], past=settle([], [], hour=HOUR, policy=uptime_policy("down")), live=[])
    with pytest.raises(ValueError, match="another uptime policy"):
        summarise(page(), {"api": monitor()}, record, url="https://status.example", at=AT)


def test_the_bars_of_days_that_have_passed_are_the_same_whether_they_were_settled_or_not() -> None:
    """Drawn once with the past or anew from its sums: a first day, a gap, failures, maintenance."""
    spans = {89: span(up=3600), 60: span(up=86_000, down=400), 30: span(degraded=86_400), 9: Span(maintenance=86_400)}
    days = [day(TODAY - timedelta(days=age), of=of) for age, of in spans.items()]
    past = settle(days, HOURS, hour=HOUR)
    bare = {name: replace(of, bars={}) for name, of in past.monitors.items()}
    assert past.monitors["api"].bars
    shown = [
        summarise(
            page(),
            {"api": monitor()},
            Record(states=[], incidents=[], past=replace(past, monitors=monitors), live=[RUNNING]),
            url="https://status.example",
            at=AT,
        )
        for monitors in (past.monitors, bare)
    ]
    assert shown[0] == shown[1]
