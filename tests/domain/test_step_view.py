"""How long each step took, as the page shows it."""

from datetime import timedelta

import pytest

from functions.domain.checks.http import HttpRequest
from functions.domain.checks.steps import Step, Steps
from functions.domain.expectation import Expectations
from functions.domain.monitor import Monitor
from functions.domain.public_monitor import StepView
from functions.domain.state import RegionView, State
from functions.domain.step_view import view_steps
from functions.domain.verdict import Verdict
from tests.fakes.samples import NOON

STEPS = Steps(
    steps=tuple(
        Step(name=name, request=HttpRequest(url="https://a.example"), expectations=Expectations())
        for name in ("Log in", "List orders")
    )
)


def shown(views: dict[str, RegionView], verdict: Verdict = Verdict.UP) -> tuple[StepView, ...]:
    """Return what is shown of a monitor with these steps."""
    monitor = Monitor(id="m", name="M", check=STEPS, expectations=Expectations())
    state = State(monitor="m", verdict=verdict, since=NOON, judged_at=NOON, reporting_since=NOON, regions=views)
    return view_steps(monitor, state)


def seen(*steps: float, verdict: Verdict = Verdict.UP, minutes: int = 0) -> RegionView:
    """Return what a region says."""
    return RegionView(at=NOON + timedelta(minutes=minutes), verdict=verdict, steps=steps)


@pytest.mark.parametrize(
    ("views", "verdict", "times"),
    [
        ({"a": seen(10.5, 20)}, Verdict.UP, [10.5, 20]),
        ({"a": seen(10)}, Verdict.DOWN, [10, None]),
        ({"a": seen(1, 2), "b": seen(3, 4, minutes=1)}, Verdict.UP, [3, 4]),
        ({"a": seen(1, 2), "b": seen(3, verdict=Verdict.DOWN, minutes=1)}, Verdict.UP, [1, 2]),
        ({"a": seen()}, Verdict.UP, []),
        ({"a": seen(1, 2, 3)}, Verdict.UP, []),
        ({}, Verdict.UP, []),
    ],
)
def test_the_newest_check_that_sees_what_is_believed_is_shown(
    views: dict[str, RegionView], verdict: Verdict, times: list[float | None]
) -> None:
    """A step that was not reached has no time; what an older file's steps took is not told of this one's."""
    expected = zip(("Log in", "List orders"), times, strict=False)
    assert shown(views, verdict) == tuple(StepView(name=name, milliseconds=ms) for name, ms in expected)
