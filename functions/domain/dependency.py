"""Whether what a monitor depends on explains its failing, so that nobody need be called for it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from functions.domain.slot import silent
from functions.domain.state import State
from functions.domain.verdict import Verdict

LONGEST_HOLD = timedelta(minutes=5)
"""A monitor that is checked more rarely than this never waits for its parent's run: it could take an hour."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parent:
    """What is known of a parent that is checked every `interval` seconds.

    `state` is None before its first run. `was_down` says that it was down until the run that is being judged.
    """

    interval: int
    state: State | None
    was_down: bool = False


def excused(parents: Iterable[Parent], *, since: datetime, at: datetime, interval: timedelta) -> bool:
    """Tell whether a failing that began at `since` is not to be told at `at`; `interval` is the child's own.

    While a parent is down, or its newest checks say so and are yet to be confirmed. A parent that recovers in this
    very run still counts: a child that does fail because of itself fails in its next run as well. And, once, while a
    parent has not been judged since the child began to fail: runs of the same minute come in any order.
    """
    return any(_excuses(parent, since=since, at=at, interval=interval) for parent in parents)


def parents_down(depends_on: Iterable[str], states: Mapping[str, State]) -> tuple[str, ...]:
    """Return those of a monitor's parents that are down, in their order."""
    return tuple(parent for parent in depends_on if parent in states and states[parent].verdict is Verdict.DOWN)


def parents_first(monitors: Iterable[str], depends_on: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Return `monitors` with each after those of them that it depends on, otherwise in their order."""
    waiting = dict.fromkeys(monitors)
    ordered: dict[str, None] = {}

    def place(monitor: str) -> None:
        if monitor in waiting:
            del waiting[monitor]  # before its parents: a circle, which validation refuses, must end all the same
            for parent in depends_on.get(monitor, ()):
                place(parent)
            ordered[monitor] = None

    for monitor in list(waiting):
        place(monitor)
    return list(ordered)


def _excuses(parent: Parent, *, since: datetime, at: datetime, interval: timedelta) -> bool:
    state = parent.state
    if state is None or silent(state.judged_at, at, parent.interval):
        return False
    recovering = parent.was_down or (state.eased_at is not None and state.eased_at >= at)
    if recovering or state.verdict is Verdict.DOWN or _leans_down(state):
        return True
    return state.judged_at < since and at - since < interval <= LONGEST_HOLD


def _leans_down(state: State) -> bool:
    """Tell whether most regions' newest checks found it down, believed or not."""
    return 2 * sum(view.verdict is Verdict.DOWN for view in state.regions.values()) > len(state.regions)
