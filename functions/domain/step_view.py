"""How long each step of a monitor took, as the page shows it."""

from itertools import zip_longest

from functions.domain.checks.steps import Steps
from functions.domain.monitor import Monitor
from functions.domain.public_monitor import StepView
from functions.domain.state import State


def view_steps(monitor: Monitor, state: State) -> tuple[StepView, ...]:
    """Return the steps of the newest check, those that were not reached included; empty where there are none.

    Of several regions, the newest that sees what the monitor's verdict is. What an older file's steps took is nobody's.
    """
    names = [step.name for step in monitor.check.steps] if isinstance(monitor.check, Steps) else []
    timed = [view for _, view in sorted(state.regions.items()) if view.steps]
    agreeing = [view for view in timed if view.verdict is state.verdict] or timed
    if not agreeing:
        return ()
    newest = max(agreeing, key=lambda view: view.at)
    if len(newest.steps) > len(names):
        return ()
    return tuple(StepView(name=name, milliseconds=took) for name, took in zip_longest(names, newest.steps))
