"""How a snapshot falls into the parts of a page: groups of monitors."""

from dataclasses import dataclass, replace
from typing import Final

from functions.domain.public_monitor import MonitorView
from functions.domain.snapshot import Snapshot
from functions.domain.verdict import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Monitors under one name; without a name they are those of no group. `verdict` is the worst among them.

    `folded` where the page would rather not show them at once.
    """

    name: str | None
    verdict: Verdict
    monitors: tuple[MonitorView, ...]
    folded: bool = False


_WORST_FIRST = (Verdict.DOWN, Verdict.DEGRADED, Verdict.MAINTENANCE, Verdict.NO_DATA, Verdict.UP)


FOLD_FROM: Final = 12
"""Monitors on a page from which on, in trouble, groups without any are folded: what is wrong fits on a screen then."""


def sections_of(snapshot: Snapshot) -> tuple[Section, ...]:
    """Return the groups in the page's order, then the monitors of none; in trouble the worst first, in groups, too.

    Only what is down or degraded moves, so that a page in order stays as people know it.
    """
    sections = sections_in_order(snapshot)
    if not any(monitor.verdict.failing for monitor in snapshot.monitors):
        return sections
    return tuple(
        replace(
            section,
            monitors=tuple(sorted(section.monitors, key=lambda monitor: _urgency(monitor.verdict))),
            folded=section.verdict is Verdict.UP and len(snapshot.monitors) >= FOLD_FROM,
        )
        for section in sorted(sections, key=lambda section: _urgency(section.verdict))
    )


def _urgency(verdict: Verdict) -> int:
    """Return 0 for down, 1 for degraded and 2 for all that is not failing."""
    return min(_WORST_FIRST.index(verdict), 2)


def sections_in_order(snapshot: Snapshot) -> tuple[Section, ...]:
    """Return the groups in the page's order, then the monitors of none."""
    by_id = {monitor.id: monitor for monitor in snapshot.monitors}
    sections = [
        Section(name=group.name, verdict=group.verdict, monitors=tuple(by_id[m] for m in group.monitors))
        for group in snapshot.groups
    ]
    grouped = {monitor for group in snapshot.groups for monitor in group.monitors}
    others = tuple(monitor for monitor in snapshot.monitors if monitor.id not in grouped)
    if others:
        worst = min((monitor.verdict for monitor in others), key=_WORST_FIRST.index)
        sections.append(Section(name=None, verdict=worst, monitors=others))
    return tuple(sections)
