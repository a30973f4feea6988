"""The phases of a check as a bar: how long each took on average, one window above the other."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from functions.domain.public_figures import Window
from functions.domain.result import Phases
from functions.domain.verdict import Phase

WIDTH: Final = 960
_GAP: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseBar:
    """One window: each phase with its milliseconds (None where it never took time), and the bar's pieces.

    A piece is where it begins and how long it is, of `WIDTH` units, which are the slowest window's sum.
    """

    window: Window
    times: tuple[tuple[Phase, float | None], ...]
    pieces: tuple[tuple[Phase, int, int], ...]
    total: float


def phase_bars(phases: Mapping[Window, Phases]) -> tuple[PhaseBar, ...]:
    """Return a bar for each window, the shortest first."""
    longest = max((means.total for means in phases.values()), default=0)
    return tuple(_bar(window, phases[window], longest) for window in Window if window in phases and longest)


def _bar(window: Window, means: Phases, longest: float) -> PhaseBar:
    seen = (means.dns, means.connect, means.tls, means.first_byte, means.transfer)
    times = tuple(zip(Phase, seen, strict=True))
    pieces = []
    at = 0.0
    for phase, time in times:
        start, end = (round(value / longest * WIDTH) for value in (at, at + (time or 0)))
        if end - start > _GAP:
            pieces.append((phase, start, end - start - _GAP))
        at += time or 0
    return PhaseBar(window=window, times=times, pieces=tuple(pieces), total=means.total)
