"""News of an incident whose verdict stays: what a monitor fails by has changed."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.domain.event import Event, EventKind, Severity
from functions.domain.judge import Policy, advance
from functions.domain.monitor import Confirmation
from functions.domain.part import Part
from functions.domain.reason import reason_of
from functions.domain.result import Failure
from functions.domain.state_codec import decode_states, encode_states
from functions.domain.verdict import FailureKind, Phase, Verdict
from tests.fakes.replay import Replay
from tests.fakes.samples import FAILURE, minute, result


def body(*parts: str, verdict: Verdict = Verdict.DOWN) -> Failure:
    """Return the failure of a health body whose parts are not well."""
    reason = f"json: {' and '.join(parts)}"
    return Failure(
        kind=FailureKind.JSON, reason=reason, parts=tuple(Part(name=name, verdict=verdict) for name in parts)
    )


UP, SLOW, SLOWER = (
    None,
    Failure(kind=FailureKind.LATENCY, reason="1,200 ms"),
    Failure(kind=FailureKind.LATENCY, reason="2 s"),
)
SEEN: dict[str, Failure | None] = {
    ".": UP,
    "d": body("Database"),
    "c": body("Cache"),
    "b": body("Database", "Cache"),
    "s": SLOW,
    "S": SLOWER,
    "5": FAILURE,
}


def told(line: str, *, policy: Policy | None = None, verdict: Verdict = Verdict.DEGRADED) -> Replay:
    """Judge a letter a minute; all that fail have one verdict."""
    replay = Replay(policy=policy or Policy())
    for n, letter in enumerate(line):
        failure = SEEN[letter]
        seen = result(Verdict.UP) if failure is None else result(verdict, failure=failure)
        replay.see(seen, at=minute(n))
    return replay


def spelt(events: Iterable[Event]) -> list[str]:
    """Return minute, kind and text of each."""
    return [f"{(e.at - minute(0)) // timedelta(minutes=1)} {e.kind}: {e.summary}" for e in events]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            ".ddbbbb..",
            [
                "1 opened: Database has failed.",
                "4 updated: The problem has changed. Database and Cache have failed.",
                "8 resolved: The health check passes again.",
            ],
        ),
        (
            ".ss55..",
            [
                "1 opened: It answers too slowly.",
                "4 updated: The problem has changed. The health check answers with HTTP 503.",
                "6 resolved: The health check passes again.",
            ],
        ),
        (".sSsSsS", ["1 opened: It answers too slowly."]),
        (".ddbdbdb", ["1 opened: Database has failed."]),
        (".dcdcdcdcdc", ["1 opened: Database has failed."]),
        (".db.b..", ["1 opened: Database has failed.", "6 resolved: The health check passes again."]),
        (
            ".dbbdddd",
            [
                "1 opened: Database has failed.",
                "3 updated: The problem has changed. Database and Cache have failed.",
                "7 updated: The problem has changed. Database has failed.",
            ],
        ),
    ],
)
def test_what_is_told_of_a_problem_that_changes(line: str, expected: list[str]) -> None:
    """Once it stays for two runs; not a number that changes, nor what comes and goes by turns."""
    assert spelt(told(line).events) == expected


def test_the_incident_says_what_is_wrong_now() -> None:
    """Its cause and its timeline, under the verdict that it has; the history of the first entry stays."""
    [incident] = told(".dbb").incidents.values()
    assert incident.failure == SEEN["b"]
    assert incident.updates[0].body == "Database has failed."
    assert {update.verdict for update in incident.updates} == {Verdict.DEGRADED}


@pytest.mark.parametrize("verdict", [Verdict.DEGRADED, Verdict.DOWN])
def test_nobody_is_called_again_for_it(verdict: Verdict) -> None:
    """Its severity is that of news: who is on it has been called, and the verdict is the same."""
    opened, updated = told(".ddbb", verdict=verdict).events
    assert opened.severity is not Severity.INFO
    assert updated.severity is Severity.INFO
    assert (updated.kind, updated.previous, updated.verdict) == (EventKind.UPDATED, verdict, verdict)


def test_as_many_runs_as_a_failure_takes_are_asked_for() -> None:
    """Who wants three failing runs before an alert wants three before the next."""
    policy = Policy(confirmation=Confirmation(failures=3))
    assert [text.split(":")[0] for text in spelt(told(".dddbbbb", policy=policy).events)] == ["3 opened", "6 updated"]


def test_regions_must_agree() -> None:
    """Each sees it fail by something else: there is no one reason to tell. Two of three that agree are enough."""
    regions = ("eu-west-1", "us-east-1", "ap-south-1")

    def seen(*failures: Sequence[Failure]) -> list[str]:
        replay = Replay(policy=Policy(regions=3))
        for n, of_each in enumerate(failures):
            for region, failure in zip(regions, of_each, strict=True):
                replay.see(result(Verdict.DEGRADED, failure=failure), at=minute(n), region=region)
        return spelt(replay.events)

    first, mixed, two = [FAILURE] * 3, [FAILURE, SLOW, body("Cache")], [FAILURE, body("Cache"), body("Cache")]
    assert len(seen(first, *[mixed] * 9)) == 1
    assert seen(first, *[two] * 9)[1:] == ["2 updated: The problem has changed. Cache has failed."]


def _quiet(n: int, _: datetime) -> bool:
    return n in range(3, 7)


def test_what_is_hushed_is_told_afterwards_if_it_is_still_so() -> None:
    """During maintenance, or while what it depends on is down, the problem may change as it likes."""
    state = None
    changes = []
    for n, letter in enumerate(".ddbbbbbb"):
        failure = SEEN[letter]
        seen = result(Verdict.UP) if failure is None else result(Verdict.DOWN, failure=failure)
        step = advance(state, seen, region="eu-west-1", at=minute(n), policy=Policy(), hush=partial(_quiet, n))
        state = step.state
        changes += [(n, step.change.kind, step.change.changed_at)] if step.change else []
    assert changes == [(1, EventKind.OPENED, minute(1)), (7, EventKind.UPDATED, minute(3))]


def test_a_state_of_a_version_that_did_not_look_is_no_news() -> None:
    """The deployment that brings this must not announce anything by itself."""
    replay = told(".ddd")
    assert replay.state is not None
    replay.state = replace(replay.state, reason=None)
    for n in range(4, 8):
        replay.see(result(Verdict.DEGRADED, failure=body("Cache")), at=minute(n))
    assert len(replay.events) == 1


def test_what_is_known_of_it_survives_the_table() -> None:
    """Between two runs it is bytes; and it goes with the incident."""
    for line in (".d", ".db", ".dbb", ".dbbd", ".dbb.."):
        state = told(line).state
        assert state is not None
        assert (state.reason is None) == (line == ".dbb..")
        assert decode_states(encode_states({"api": state})) == {"api": state}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (SLOW, SLOWER, True),
        (FAILURE, replace(FAILURE, reason="expected 200, got 502"), True),
        (replace(FAILURE, phase=Phase.DNS), replace(FAILURE, phase=Phase.CONNECT), True),
        (body("a", "b"), body("b", "a"), True),
        (body("a"), body("a", verdict=Verdict.DEGRADED), False),
        (SLOW, FAILURE, False),
        (replace(FAILURE, step="log in"), FAILURE, False),
        (replace(FAILURE, subject="Stripe"), FAILURE, False),
    ],
)
def test_two_reasons_are_the_same_where_the_public_is_told_the_same(
    one: Failure, other: Failure, *, same: bool
) -> None:
    """Not numbers, quotations and phases, which differ from run to run."""
    assert (reason_of(one, 503) == reason_of(other, 503)) is same


def test_a_status_counts_where_it_is_what_fails() -> None:
    """A slow 200 and a slow 404 are both slow; a 500 is not a 503."""
    assert reason_of(SLOW, 200) == reason_of(SLOW, 404)
    assert reason_of(FAILURE, 500) != reason_of(FAILURE, 503)


@given(st.lists(st.sampled_from("dcbs5"), min_size=180, max_size=180))
def test_parts_that_come_and_go_do_not_storm(letters: list[str]) -> None:
    """Whatever changes however: at most 4 updates in the first hour and 2 in each that follows."""
    events = told("".join(letters)).events
    by_hour = [
        sum(60 * h <= (e.at - minute(0)) // timedelta(minutes=1) < 60 * (h + 1) for e in events) for h in range(3)
    ]
    assert [e.kind for e in events] == [EventKind.OPENED, *[EventKind.UPDATED] * (len(events) - 1)]
    assert by_hour[0] <= 5
    assert max(by_hour[1:]) <= 2


def test_the_worst_that_can_be_made_of_it_is_bounded() -> None:
    """One who changes the problem as soon as the last change was told gets no further than that."""
    replay, letter = Replay(), "d"
    times = []
    for n in range(300):
        if replay.see(result(Verdict.DEGRADED, failure=SEEN[letter] or FAILURE), at=minute(n)):
            times.append(n)
            letter = "c" if letter == "d" else "d"
    assert times == [0, 2, 6, 14, 30, 60, 90, 120, 150, 180, 210, 240, 270]
