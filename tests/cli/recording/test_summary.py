"""The sentence that a replay ends with."""

from dataclasses import replace
from datetime import timedelta

import pytest

from cli.recording.summary import sentence
from functions.domain.event import Event, EventKind
from functions.domain.verdict import Verdict
from tests.fakes.samples import NOON, event

WEEK = timedelta(days=7)
SPAN = "in 7 days (2026-11-22 12:00 to 2026-11-29 12:00 UTC)"


def opened(monitor: str = "api", count: int = 1) -> list[Event]:
    """Return events that somebody is woken by."""
    return [replace(event(), monitor=monitor)] * count


RESOLVED = replace(event(2, kind=EventKind.RESOLVED), verdict=Verdict.UP, previous=Verdict.DOWN)
EASED = replace(event(3, kind=EventKind.UPDATED), verdict=Verdict.DEGRADED, previous=Verdict.DOWN)


@pytest.mark.parametrize(
    ("events", "words"),
    [
        ([], f"paged not at all {SPAN}."),
        (opened(), f"paged once {SPAN}."),
        ([*opened(count=2), RESOLVED, EASED], f"paged twice {SPAN}."),
        (opened(count=1_207), f"paged 1,207 times {SPAN}."),
        ([*opened("shop"), *opened(count=3)], f"paged 4 times {SPAN}: api 3 times, shop once."),
        (
            [each for n in range(7) for each in opened(f"m{n}", 9 - n)],
            f"paged 42 times {SPAN}: m0 9 times, m1 8 times, m2 7 times, m3 6 times, m4 5 times, others 7 times.",
        ),
    ],
)
def test_only_what_asks_somebody_to_act_is_counted(events: list[Event], words: str) -> None:
    """Good news pages nobody; the noisiest monitors come first."""
    text = sentence(events, start=NOON, end=NOON + WEEK)
    assert text == f"This configuration would have {words}"


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (timedelta(minutes=1), "1 minute"),
        (timedelta(minutes=119), "119 minutes"),
        (timedelta(hours=47), "47 hours"),
        (timedelta(days=365), "365 days"),
    ],
)
def test_a_span_is_told_in_a_unit_that_suits_it(span: timedelta, words: str) -> None:
    """Small ones in small units."""
    assert f" in {words} (" in sentence([], start=NOON, end=NOON + span)
