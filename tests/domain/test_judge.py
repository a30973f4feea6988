"""The rules of judging, as tables: one letter a minute, U up, G degraded, D down, - no run."""

from datetime import timedelta

import pytest

from functions.domain.event import Event, Severity
from functions.domain.judge import Policy, advance, incident_id, retire
from functions.domain.monitor import Confirmation
from functions.domain.result import Failure
from functions.domain.verdict import FailureKind, Phase, Verdict
from tests.fakes.replay import Replay
from tests.fakes.samples import NOON, minute, result

LETTERS = {"U": Verdict.UP, "G": Verdict.DEGRADED, "D": Verdict.DOWN}


def play(line: str, policy: Policy | None = None, *, region: str = "eu-west-1", into: Replay | None = None) -> Replay:
    """Judge a line of letters, one a minute from noon; spaces are for the eye."""
    replay = into or Replay(policy=policy or Policy())
    for n, letter in enumerate(line.replace(" ", "")):
        if letter != "-":
            replay.see(result(LETTERS[letter]), at=minute(n), region=region)
    return replay


def minutes(event: Event) -> int:
    """Return the minute after noon at which an event was decided."""
    return (event.at - NOON) // timedelta(minutes=1)


def told(replay: Replay) -> str:
    """Return the events as "minute kind verdict" joined by commas."""
    return ", ".join(f"{minutes(e)} {e.kind} {e.verdict}" for e in replay.events)


SLOW = Confirmation(failures=3, recoveries=3)


@pytest.mark.parametrize(
    ("line", "confirmation", "expected"),
    [
        pytest.param("UUUU", None, "", id="what is up from the start is nothing to tell"),
        pytest.param("D", None, "0 opened down", id="what fails in its very first run is told at once"),
        pytest.param("UUD", None, "2 opened down", id="one failing run is enough, since the probe repeats"),
        pytest.param("UUG", None, "2 opened degraded", id="degraded is told as well"),
        pytest.param("UDDD", None, "1 opened down", id="an outage that goes on is told once"),
        pytest.param("UDU", None, "1 opened down", id="one good run is not yet a recovery"),
        pytest.param("UDUU", None, "1 opened down, 3 resolved up", id="two good runs are"),
        pytest.param("UDUDUU", None, "1 opened down, 5 resolved up", id="a failure in between begins the count anew"),
        pytest.param("UGD", None, "1 opened degraded, 2 updated down", id="getting worse is told at once"),
        pytest.param("UDGG", None, "1 opened down, 3 updated degraded", id="getting less bad is told when confirmed"),
        pytest.param("UDGUU", None, "1 opened down, 3 updated degraded, 4 resolved up", id="recovery in two stages"),
        pytest.param("UDGDGD", None, "1 opened down", id="down and degraded in turns is down"),
        pytest.param("UDDUUU", SLOW, "", id="with three failures asked for, two are none"),
        pytest.param("UDDDUU", SLOW, "3 opened down", id="and three are"),
        pytest.param("UDGD", SLOW, "3 opened degraded", id="of which the mildest is certain"),
        pytest.param("UDGDDD", SLOW, "3 opened degraded, 5 updated down", id="until the worse is certain too"),
        pytest.param("DDUUU", SLOW, "", id="a first failure that is not confirmed is nothing"),
        pytest.param("UD---D", None, "1 opened down", id="a gap ends nothing"),
        pytest.param("UDU---U", None, "1 opened down", id="runs with a long gap between them are not consecutive"),
        pytest.param("UDU-U", None, "1 opened down, 4 resolved up", id="a single lost run does not matter"),
        pytest.param(
            "UDUU D", None, "1 opened down, 3 resolved up, 4 updated down", id="a relapse is the same incident"
        ),
        pytest.param(
            "UDUU DUU UU",
            None,
            "1 opened down, 3 resolved up, 4 updated down, 8 resolved up",
            id="after a relapse twice as many good runs are needed",
        ),
        pytest.param("U" + "DU" * 30, None, "1 opened down", id="up and down in turns is told once"),
        pytest.param(
            "U" + "DDUU" * 15,
            None,
            "1 opened down, 4 resolved up, 5 updated down",
            id="two down, two up is told three times and then no more",
        ),
        pytest.param(
            "UDUU" + "U" * 61 + "D",
            None,
            "1 opened down, 3 resolved up, 65 opened down",
            id="an hour later it is another incident",
        ),
    ],
)
def test_events_of_a_line(line: str, confirmation: Confirmation | None, expected: str) -> None:
    """Each rule is a line of runs and the events that follow."""
    policy = Policy(confirmation=confirmation or Confirmation())
    assert told(play(line, policy)) == expected


def test_an_incident_has_the_times_of_the_first_checks_and_not_of_those_that_confirmed() -> None:
    """Three failing and three good runs were needed; the outage is what lay between their first ones."""
    replay = play("UUDDDDUUUU", Policy(confirmation=SLOW))
    (incident,) = replay.incidents.values()
    assert incident.started_at == minute(2)
    assert incident.resolved_at == minute(6)
    assert [minutes(e) for e in replay.events] == [4, 8]
    assert [e.started_at for e in replay.events] == [minute(2), minute(2)]
    assert replay.state is not None
    assert replay.state.since == minute(6)


def test_the_first_run_makes_a_state_without_an_event() -> None:
    """A monitor that is new and up is simply there."""
    state = play("U").state
    assert state is not None
    assert (state.verdict, state.since, state.judged_at, state.incident) == (Verdict.UP, NOON, NOON, None)


def test_until_a_first_failure_is_confirmed_nothing_is_claimed() -> None:
    """Neither up nor down is known."""
    state = play("D", Policy(confirmation=SLOW)).state
    assert state is not None
    assert state.verdict is Verdict.NO_DATA


def test_an_incident_keeps_the_worst_that_it_reached_and_why() -> None:
    """Degraded, down, degraded: it was an outage, and its cause is that of the outage."""
    replay = Replay()
    slow = Failure(kind=FailureKind.LATENCY, reason="latency: expected lt 800, got 900")
    dead = Failure(kind=FailureKind.TIMEOUT, reason="no answer in 10 s", phase=Phase.FIRST_BYTE)
    replay.see(result(Verdict.DEGRADED, failure=slow, status=200), at=minute(0))
    replay.see(result(Verdict.DOWN, failure=dead), at=minute(1))
    for n in (2, 3):
        replay.see(result(Verdict.DEGRADED, failure=slow, status=200), at=minute(n))
    (incident,) = replay.incidents.values()
    assert incident.verdict is Verdict.DOWN
    assert incident.failure == dead
    assert incident.status_code == 503
    assert [u.body for u in incident.updates] == [
        "It answers too slowly.",
        "It got worse and is down. It does not answer in time: it was connected to, and nothing came.",
        "It is no longer down, but still degraded. It answers too slowly.",
    ]
    assert [e.failure for e in replay.events] == [slow, dead, slow]
    assert [e.severity for e in replay.events] == [Severity.WARNING, Severity.CRITICAL, Severity.INFO]


def test_what_the_target_answered_is_never_in_the_timeline() -> None:
    """The reason quotes a body and is for the operator alone; the timeline is public."""
    secret = Failure(kind=FailureKind.JSON, reason='$.db: expected "ok", got "password authentication failed for bob"')
    replay = Replay()
    replay.see(result(Verdict.DOWN, failure=secret), at=NOON)
    (incident,) = replay.incidents.values()
    assert "bob" not in incident.updates[0].body
    assert "bob" not in replay.events[0].summary
    assert replay.events[0].failure == secret


def test_an_event_carries_what_the_deciding_check_saw() -> None:
    """Announcing needs no further reading."""
    (event,) = play("UD").events
    (incident,) = play("UD").incidents.values()
    assert event.id == f"{incident.id}-1-opened"
    assert incident.id == incident_id("api", minute(1))
    assert incident.id.startswith("20261122T120100Z-")
    assert (event.previous, event.attempts, event.status_code) == (Verdict.UP, 2, 503)
    assert (event.regions, event.observers) == (("eu-west-1",), ("eu-west-1",))


def test_a_resolved_event_accuses_nobody_and_says_when_it_was_over() -> None:
    """No failure, no failing region."""
    event = play("UDDUU").events[-1]
    assert event.failure is None
    assert event.regions == ()
    assert event.observers == ("eu-west-1",)
    assert event.resolved_at == minute(3)
    assert event.severity is Severity.INFO
    assert event.summary == "The health check passes again."


def test_a_relapse_reopens_the_incident() -> None:
    """It counts, has no end again, and its first start."""
    (incident,) = play("UDUUD").incidents.values()
    assert (incident.reopened, incident.resolved_at, incident.started_at) == (1, None, minute(1))
    assert incident.updates[-1].body.startswith("It fails again.")


def test_flaps_are_forgotten_after_calm() -> None:
    """Three hours after two relapses the monitor recovers as fast as any other."""
    flapping = "U D UU D UUUU D" + "U" * 8
    assert len(play(flapping).events) == 6
    calm = play(flapping + "U" * 180 + "DUU")
    assert told(calm).endswith("198 opened down, 200 resolved up")


def test_a_slow_monitor_never_waits_longer_than_configured() -> None:
    """Doubling stops at half an hour: with a run an hour, two good runs stay two."""
    policy = Policy(interval=timedelta(hours=1))
    replay = Replay(policy=policy)
    for n, letter in enumerate("UDUUDUUDUU"):
        replay.see(result(LETTERS[letter]), at=NOON + timedelta(hours=n))
    assert [str(e.kind) for e in replay.events] == ["opened", "resolved", "updated", "resolved", "updated", "resolved"]


def test_a_run_delivered_twice_changes_nothing() -> None:
    """The very object comes back, so that the judge need not even write."""
    state = play("UUD").state
    again = advance(state, result(Verdict.DOWN), region="eu-west-1", at=minute(2), policy=Policy())
    assert again.state is state
    assert again.change is None


def test_a_late_older_run_is_ignored() -> None:
    """The newest run is what is believed; an old failure is no news."""
    state = play("UUU").state
    late = advance(state, result(Verdict.DOWN), region="eu-west-1", at=minute(1), policy=Policy())
    assert late.state is state


def test_a_run_of_a_silent_region_that_comes_much_too_late_is_ignored() -> None:
    """A region that is not heard of has no view to compare with, but its old run is still old."""
    state = play("UUUUUU").state
    late = advance(state, result(Verdict.DOWN), region="us-east-1", at=minute(1), policy=Policy())
    assert late.state is state


def test_a_monitor_that_is_removed_ends_its_incident() -> None:
    """Nobody will ever see it recover."""
    state = play("UD").state
    assert state is not None
    change = retire(state, at=minute(9))
    assert change is not None
    assert (str(change.kind), change.incident, change.removed) == ("resolved", state.incident, True)


def test_a_monitor_that_is_removed_while_up_leaves_in_silence() -> None:
    """There is nothing to tell."""
    state = play("U").state
    assert state is not None
    assert retire(state, at=minute(9)) is None


A, B, C = "eu-west-1", "us-east-1", "ap-south-1"


def regions(lines: dict[str, str]) -> Replay:
    """Judge one line for each region, minute by minute, the regions in the given order within each."""
    replay = Replay(policy=Policy(regions=len(lines)))
    columns = zip(*(line.replace(" ", "") for line in lines.values()), strict=True)
    for n, column in enumerate(columns):
        for region, letter in zip(lines, column, strict=True):
            if letter != "-":
                replay.see(result(LETTERS[letter]), at=minute(n), region=region)
    return replay


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param({A: "UDUU", B: "UUUU", C: "UUUU"}, "", id="one of three is not a majority"),
        pytest.param({A: "UDDD", B: "UUUU", C: "UUUU"}, "2 opened degraded", id="again, it is down from there only"),
        pytest.param({A: "UGGG", B: "UUUU", C: "UUUU"}, "", id="degraded from there only is nothing"),
        pytest.param(
            {A: "UDDDUU", B: "UUUUUU", C: "UUUUUU"},
            "2 opened degraded, 5 resolved up",
            id="until that region sees it well again",
        ),
        pytest.param(
            {A: "UDDDD", B: "UUDDD", C: "UUUUU"},
            "2 opened down",
            id="which is not told where the next region follows a minute later",
        ),
        pytest.param(
            {A: "UDDDDD", B: "UUUDDD", C: "UUUUUU"},
            "2 opened degraded, 3 updated down",
            id="from there only, and then from most",
        ),
        pytest.param(
            {A: "UDDD--------", B: "UUUUUUUUUUUU"},
            "2 opened degraded, 6 resolved up",
            id="who falls silent accuses nobody",
        ),
        pytest.param({A: "UDDD", B: "UUDD", C: "UUUU"}, "2 opened down", id="two of three are"),
        pytest.param({A: "UDDD", B: "UUUU"}, "2 opened degraded", id="one of two is not a strict majority"),
        pytest.param({A: "UDDD", B: "UUDD"}, "2 opened down", id="both are"),
        pytest.param(
            {A: "UDDD", B: "UGGG", C: "UUUU"}, "1 opened degraded", id="failing together, but not down together"
        ),
        pytest.param({A: "UDDD", B: "UGGG", C: "UDDD"}, "1 opened degraded, 1 updated down", id="down by majority"),
        pytest.param(
            {A: "UDDUU", B: "UDDUU", C: "UDDDD"}, "1 opened down, 4 updated degraded", id="and up by majority"
        ),
        pytest.param({A: "UUUUUU", B: "U-----", C: "U-----"}, "", id="the death of two regions is not an outage"),
        pytest.param({A: "UDDDDD", B: "UU----", C: "UU----"}, "4 opened down", id="who stopped reporting has no say"),
        pytest.param(
            {A: "DDDD", B: "UUUU", C: "UUUU"},
            "1 opened degraded",
            id="one that is first to report does not decide alone",
        ),
        pytest.param({A: "DDDD", B: "----", C: "----"}, "3 opened down", id="unless it stays alone"),
        pytest.param({A: "UD---UU", B: "UD---DD", C: "UD---DD"}, "1 opened down", id="nor end an incident after a gap"),
        pytest.param({A: "UG---UU", B: "UG---GG", C: "UG---GG"}, "1 opened degraded", id="nor one that is degraded"),
    ],
)
def test_a_strict_majority_of_the_regions_that_reported_in_time_decides(lines: dict[str, str], expected: str) -> None:
    """One letter a minute and region."""
    assert told(regions(lines)) == expected


def test_an_event_names_the_regions_that_see_it_fail() -> None:
    """And all that were asked."""
    event = regions({A: "UD", B: "UU", C: "UD"}).events[0]
    assert event.regions == (C, A)
    assert event.observers == (C, A, B)


def test_two_regions_do_not_confirm_for_each_other() -> None:
    """Two good runs are two runs of one region, not one run of two."""
    assert told(regions({A: "UDU", B: "UDU", C: "UDU"})) == "1 opened down"


def test_a_relapse_never_begins_before_the_recovery_that_it_ends() -> None:
    """A region whose runs come late began to fail before the other had recovered; the verdicts must not overlap."""
    replay = Replay(policy=Policy(regions=2, confirmation=Confirmation(failures=2, recoveries=1)))
    deliveries = [
        *((n, region, letter) for n, letter in enumerate("UDD") for region in (A, B)),
        (4, A, "U"),
        (3, B, "U"),
        (3.5, B, "D"),
        (5, A, "D"),
        (6, A, "D"),
        (4, B, "D"),
    ]
    since = []
    for n, region, letter in deliveries:
        if replay.see(result(LETTERS[letter]), at=minute(n), region=region) and replay.state is not None:
            since.append(replay.state.since)
    assert since == [minute(1), minute(4), minute(4), minute(4)]


def test_down_from_one_region_only_is_named_so() -> None:
    """In the incident's timeline and the alert, with the region's own first failing check as the beginning."""
    replay = regions({A: "UUUU", B: "UDDD", C: "UUUU"})
    (event,) = replay.events
    (incident,) = replay.incidents.values()
    assert event.summary == "It is down from us-east-1 only. The health check answers with HTTP 503."
    assert (event.regions, event.observers) == ((B,), (C, A, B))
    assert (event.severity, event.started_at) == (Severity.WARNING, minute(1))
    assert incident.verdict is Verdict.DEGRADED
