"""Who is told of what happens in a planned window: a letter a minute, U up, D down; the window is minutes 2 to 5."""

import pytest

from functions.domain.maintenance import MaintenancePlan
from functions.domain.verdict import Verdict
from functions.judge.judge_run import judge_run
from tests.fakes.configs import config
from tests.fakes.memory_store import MemoryStore
from tests.fakes.samples import NOON, minute, run

LETTERS = {"U": Verdict.UP, "G": Verdict.DEGRADED, "D": Verdict.DOWN}
WINDOW = MaintenancePlan(title="Upgrade", start="2026-11-22T12:02", time_zone="UTC", seconds=4 * 60, monitors=("api",))


def judged(line: str, *, monitor: str = "api") -> MemoryStore:
    """Judge a line of letters, one a minute from noon."""
    store = MemoryStore()
    settings = config({"60s-0": ["api", "other"]}, maintenance=[WINDOW])
    for n, letter in enumerate(line):
        judge_run(run(minute(n), LETTERS[letter], monitor), config=settings, store=store)
    return store


def told(store: MemoryStore) -> str:
    """Return the events as "minute kind verdict" joined by commas."""
    return ", ".join(f"{(e.at - NOON).seconds // 60} {e.kind} {e.verdict}" for e in store.events.values())


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param("UUDDUUUU", "", id="what is over before the end was never told"),
        pytest.param("UUDDDDDD", "6 opened down", id="what outlasts the window is told at its end"),
        pytest.param("UUUDGGGG", "6 opened degraded", id="as what it is by then"),
        pytest.param("UUDDDDUU", "", id="what recovers with the window's end is not told"),
        pytest.param("UUDDDUUD", "7 opened down", id="what fails after it is"),
        pytest.param("UDDDUUUU", "1 opened down, 5 resolved up", id="what began before keeps its resolution"),
        pytest.param("UGDDDDDG", "1 opened degraded, 6 updated down", id="what got worse inside is told at the end"),
        pytest.param("UDUUUUUU", "1 opened down, 3 resolved up", id="resolved inside"),
        pytest.param("UDUUDDUU", "1 opened down, 3 resolved up", id="and failing again inside: that is not told"),
        pytest.param(
            "UUDUDUDUDUUUU", "6 opened down, 10 resolved up", id="flapping inside does not delay the recovery"
        ),
    ],
)
def test_events_around_a_window(line: str, expected: str) -> None:
    """Each rule is a line of runs and the events that follow."""
    assert told(judged(line)) == expected


def test_an_incident_that_outlasts_the_window_starts_where_it_began() -> None:
    """Not at the window's end: the page and the alert tell the truth."""
    (event,) = judged("UUUDDDDD").events.values()
    assert (event.at, event.started_at) == (minute(6), minute(3))


def test_a_monitor_that_is_not_concerned_is_told_of_as_ever() -> None:
    """The window is of the other monitor."""
    assert told(judged("UUDD", monitor="other")) == "2 opened down"
