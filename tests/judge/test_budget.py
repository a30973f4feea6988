"""Error budgets through the judge: events in the outbox, and what keeps them quiet."""

from dataclasses import replace
from datetime import timedelta

import pytest

from functions.config import Config
from functions.domain.event import Event, EventKind, Severity
from functions.domain.monitor import Confirmation
from functions.domain.slo import Slo
from functions.domain.uptime_policy import STRICT_POLICY
from functions.domain.verdict import Verdict
from functions.judge.judge_run import judge_run
from functions.notify.audience import audience_of
from functions.notify.message import compose
from functions.store import COMMIT_LIMIT
from tests.fakes.configs import config
from tests.fakes.memory_store import MemoryStore
from tests.fakes.samples import NOON, minute, run

LETTERS = {"U": Verdict.UP, "G": Verdict.DEGRADED, "D": Verdict.DOWN}
PLAIN = config({"60s-0": ["api"]})


def with_slo(base: Config = PLAIN, *, failures: int = 1) -> Config:
    """Return a config whose monitors have an objective."""
    monitors = {
        name: replace(base.monitors[name], slo=Slo(target=99.9), confirmation=Confirmation(failures=failures))
        for name in base.monitors
    }
    return replace(base, monitors=monitors)


def told(line: str, of: Config, store: MemoryStore | None = None) -> list[Event]:
    """Return the events of a line, one letter a minute from noon."""
    into = store or MemoryStore()
    for n, letter in enumerate(line):
        judge_run(run(minute(n), LETTERS[letter]), config=of, store=into)
    return list(into.events.values())


@pytest.mark.parametrize(
    ("line", "of", "expected"),
    [
        pytest.param("UDDD", with_slo(), ["opened", "budget_burning"], id="beside the incident"),
        pytest.param("UDDD", PLAIN, ["opened"], id="without an objective there is no budget"),
        pytest.param("UDUDUD", with_slo(failures=3), ["budget_burning"], id="what is never confirmed burns, too"),
        pytest.param("UGGG", with_slo(), ["opened"], id="degraded counts as up"),
        pytest.param(
            "UGGG",
            replace(with_slo(), uptime=STRICT_POLICY),
            ["opened", "budget_burning"],
            id="unless it counts as down",
        ),
    ],
)
def test_a_burning_budget_is_an_event_of_its_own(line: str, of: Config, expected: list[str]) -> None:
    """In the same outbox."""
    assert [str(event.kind) for event in told(line, of)] == expected


def test_beside_an_incident_it_is_a_warning_and_without_one_critical() -> None:
    """Who was woken already is not woken again."""
    beside = told("UDDD", with_slo())[-1]
    alone = told("UDUD", with_slo(failures=3))[-1]
    assert (beside.severity, beside.incident is None) == (Severity.WARNING, False)
    assert (alone.severity, alone.incident) == (Severity.CRITICAL, None)


def test_the_same_run_again_tells_nothing_new() -> None:
    """At least once from the stream, once in the outbox."""
    store = MemoryStore()
    before = told("UDD", with_slo(), store)
    assert judge_run(run(minute(2), Verdict.DOWN), config=with_slo(), store=store) == []
    assert list(store.events.values()) == before


def test_a_mass_outage_burns_in_steps_within_what_a_commit_holds() -> None:
    """More monitors than a transaction has room for, each told of its incident and of its budget once."""
    names = [f"m{n}" for n in range(COMMIT_LIMIT + 5)]
    many = with_slo(config({"60s-0": names}))
    store = MemoryStore()
    for n, verdict in enumerate((Verdict.UP, Verdict.DOWN, Verdict.DOWN, Verdict.DOWN)):
        judge_run(run(minute(n), verdict, *names), config=many, store=store)
    kinds = [event.kind for event in store.events.values()]
    assert kinds.count(EventKind.OPENED) == kinds.count(EventKind.BUDGET_BURNING) == len(names)


def test_after_an_hour_of_calm_another_episode_is_told() -> None:
    """Re-armed."""
    store = MemoryStore()
    told("DD", with_slo(), store)
    for n in range(2, 70):
        judge_run(run(minute(n), Verdict.UP), config=with_slo(), store=store)
    for n in (70, 71):
        judge_run(run(NOON + timedelta(minutes=n), Verdict.DOWN), config=with_slo(), store=store)
    assert [event.kind for event in store.events.values()].count(EventKind.BUDGET_BURNING) == 2


def test_the_alert_says_what_burns_without_naming_an_incident_that_there_is_not() -> None:
    """For the phone, the person and the machine."""
    event = told("UDUD", with_slo(failures=3))[-1]
    message = compose(event, audience_of("api", config=PLAIN, urls={"acme": "https://status.acme.example"}))
    assert message.subject.startswith("[BUDGET] Api burns fast since 12:01 UTC")
    assert message.subject.isascii()
    assert len(message.subject) < 100
    assert "Api is using its error budget up fast." in message.body
    assert "It failed for 2 of the last 60 minutes: 33 times as much as its objective of 99.9 %" in message.body
    assert "/incidents/" not in message.body
    assert message.attributes["event"] == "budget_burning"
