"""The parts of a monitor over several runs: confirmed as the monitor is, kept in bounds, seen on the page."""

from dataclasses import replace
from datetime import timedelta

import pytest

from functions.domain.judge import Policy
from functions.domain.monitor import Confirmation
from functions.domain.part import PART_LIMIT, Expand, Part, part_key
from functions.domain.part_judge import judge_parts
from functions.domain.part_view import view_parts
from functions.domain.public_figures import Window
from functions.domain.result import Result
from functions.domain.rollup import day_histories, hour_histories
from functions.domain.run import Run
from functions.domain.run_codec import decode_run, encode_run
from functions.domain.state import State
from functions.domain.state_codec import decode_states, encode_states
from functions.domain.verdict import Verdict
from tests.fakes.configs import monitor
from tests.fakes.samples import NOON, minute, result

UP, DEGRADED, DOWN, NO_DATA = Verdict.UP, Verdict.DEGRADED, Verdict.DOWN, Verdict.NO_DATA
POLICY = Policy(confirmation=Confirmation(failures=2, recoveries=2))


def parts_of(**verdicts: Verdict) -> tuple[Part, ...]:
    """Return parts by name."""
    return tuple(Part(name=name, verdict=verdict) for name, verdict in verdicts.items())


def judged(*runs: tuple[Part, ...], policy: Policy = POLICY) -> dict[str, State]:
    """Return the states after these runs, one a minute."""
    states: dict[str, State] = {}
    for n, parts in enumerate(runs):
        states = dict(judge_parts(states, parts, region="a", at=minute(n), policy=policy))
    return states


def test_a_part_is_confirmed_as_its_monitor_is_and_backfilled() -> None:
    """Two runs in a row say it, and it began with the first; likewise the way back."""
    up, down = parts_of(db=UP), parts_of(db=DOWN)
    assert judged(up, up, down)["db"].verdict is UP
    failed = judged(up, up, down, down)["db"]
    assert (failed.verdict, failed.since) == (DOWN, minute(2))
    assert judged(up, up, down, down, up)["db"].verdict is DOWN
    healed = judged(up, up, down, down, up, up)["db"]
    assert (healed.verdict, healed.since) == (UP, minute(4))
    assert (failed.incident, healed.incident, healed.flaps) == (None, None, 0)


def test_regions_vote_on_a_part() -> None:
    """Down from one of three is not down."""
    policy = Policy(confirmation=Confirmation(failures=1, recoveries=1), regions=3)
    states: dict[str, State] = {}
    for n in range(4):
        for region in "abc":
            parts = parts_of(db=DOWN if region == "a" else UP)
            states = dict(judge_parts(states, parts, region=region, at=minute(n), policy=policy))
    assert states["db"].verdict is not DOWN


def test_a_part_that_vanishes_ages_and_is_forgotten_after_a_day() -> None:
    """But only while the body has others: a monitor that gives no answer keeps its parts."""
    known = judged(parts_of(db=UP, cache=UP))
    assert judge_parts(known, (), region="a", at=minute(5), policy=POLICY) is known
    later = judge_parts(known, parts_of(cache=UP), region="a", at=minute(5), policy=POLICY)
    assert later["db"] == known["db"]
    day = judge_parts(later, parts_of(cache=UP), region="a", at=NOON + timedelta(hours=25), policy=POLICY)
    assert list(day) == ["cache"]
    assert list(judge_parts(day, parts_of(new=UP), region="a", at=NOON + timedelta(hours=26), policy=POLICY)) == [
        "cache",
        "new",
    ]


def test_a_body_that_invents_names_does_not_fill_the_table() -> None:
    """The newest are kept, and history has no more of them than are shown."""
    runs = [tuple(Part(name=f"p{n}-{i}", verdict=UP) for i in range(PART_LIMIT)) for n in range(5)]
    assert list(judged(*runs)) == [part.name for part in runs[-1]]
    recorded = [
        Run(shard="60s-0", at=minute(n), region="a", results={"api": with_parts(parts)}) for n, parts in enumerate(runs)
    ]
    (hour,) = hour_histories(recorded)
    assert len(hour.spans) == PART_LIMIT + 1
    (day,) = day_histories([hour, replace(hour, hour=NOON + timedelta(hours=1))])
    assert len(day.spans) == PART_LIMIT + 1
    assert "api" in day.spans


def test_a_word_that_is_not_known_changes_nothing() -> None:
    """It is neither up nor failing; a part that never said anything else has no data."""
    states = judged(parts_of(db=UP, mode=NO_DATA), parts_of(db=NO_DATA, mode=NO_DATA))
    assert (states["db"].verdict, states["db"].judged_at) == (UP, minute(0))
    assert states["mode"].verdict is NO_DATA


def with_parts(parts: tuple[Part, ...], verdict: Verdict = UP) -> Result:
    """Return a result with these parts."""
    seen = result(verdict)
    return replace(seen, attempts=(*seen.attempts[:-1], replace(seen.last, parts=parts)))


@pytest.mark.parametrize("verdict", [UP, DEGRADED])
def test_a_run_keeps_the_parts_of_its_results(verdict: Verdict) -> None:
    """In their order, with each of the verdicts; and the same bytes come of what was read."""
    parts = parts_of(db=UP, cache=DEGRADED, queue=DOWN, mode=NO_DATA)
    run = Run(shard="60s-0", at=NOON, region="a", results={"api": with_parts(parts, verdict)})
    again = decode_run(encode_run(run))
    assert again.results["api"].last.parts == parts
    assert encode_run(again) == encode_run(run)


def test_states_keep_their_parts_and_both_stay_small() -> None:
    """A write costs by the kilobyte: 100 monitors of four parts each, all up, add little."""
    parts = parts_of(database=UP, cache=UP, queue=UP, storage=UP)
    own = {f"m{n}": judged(parts, parts) for n in range(100)}
    plain = {
        m: State(
            monitor=m, verdict=UP, since=NOON, judged_at=minute(1), reporting_since=NOON, regions=p["cache"].regions
        )
        for m, p in own.items()
    }
    whole = {m: replace(state, parts=own[m]) for m, state in plain.items()}
    assert decode_states(encode_states(whole)) == whole
    assert len(encode_states(whole)) - len(encode_states(plain)) < 2600
    results = {m: replace(with_parts(()), monitor=m) for m in own}
    more = {m: replace(with_parts(parts), monitor=m) for m in own}
    runs = [Run(shard="60s-0", at=NOON, region="a", results=r) for r in (results, more)]
    bare, full = (len(encode_run(run)) for run in runs)
    assert full - bare < 350


EXPANDED = replace(monitor("api"), expand=Expand(only=("cache", "db", "gone"), names={"db": "Database"}))


def test_the_page_shows_parts_as_it_shows_monitors() -> None:
    """Named, in the order of the file, with their own history; one that is not there has no data."""
    up, down = parts_of(db=UP, cache=UP), parts_of(db=DOWN, cache=UP)
    parts = judged(up, up, down, down)
    state = State(
        monitor="api", verdict=DEGRADED, since=minute(2), judged_at=minute(3), reporting_since=NOON, parts=parts
    )
    runs = [
        Run(shard="60s-0", at=minute(n), region="a", results={"api": with_parts(p)})
        for n, p in enumerate((up, up, down, down))
    ]
    (hour,) = hour_histories(runs)
    live = {key: {hour.hour: span} for key, span in hour.spans.items()}
    views = view_parts(EXPANDED, state, {}, live, at=minute(3))
    assert [(v.id, v.name, v.verdict, v.since) for v in views] == [
        ("cache", "Cache", UP, minute(0)),
        ("db", "Database", DOWN, minute(2)),
        ("gone", "Gone", NO_DATA, None),
    ]
    assert [v.uptime[Window.DAY].percent for v in views] == [100.0, 50.0, None]
    assert views[1].uptime[Window.QUARTER].down_seconds == 120
    assert [v.days[-1].verdict for v in views] == [UP, DOWN, NO_DATA]
    assert part_key("api", "db") in hour.spans


def test_a_part_that_two_runs_did_not_tell_of_has_no_data() -> None:
    """The monitor does not answer any more, and nobody knows how its database is."""
    parts = judged(parts_of(db=UP), parts_of(db=UP))
    state = State(monitor="api", verdict=DOWN, since=minute(2), judged_at=minute(2), reporting_since=NOON, parts=parts)
    watched = replace(EXPANDED, expand=Expand())
    (once,) = view_parts(watched, state, {}, {}, at=minute(2))
    assert once.verdict is UP
    (twice,) = view_parts(watched, replace(state, judged_at=minute(3)), {}, {}, at=minute(3))
    assert (twice.verdict, twice.since) == (NO_DATA, minute(1))


def test_without_expand_there_are_no_parts() -> None:
    """Also where the state still has some."""
    state = State(
        monitor="api", verdict=UP, since=NOON, judged_at=NOON, reporting_since=NOON, parts=judged(parts_of(db=UP))
    )
    assert view_parts(replace(EXPANDED, expand=None), state, {}, {}, at=NOON) == ()
    assert view_parts(replace(EXPANDED, expand=Expand(without=("db",))), state, {}, {}, at=NOON) == ()
