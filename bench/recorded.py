"""Runs that are not probed anew: a run that was, at another minute and with answers as late as chance has them.

One quiet minute of a shard is like another, but for how late its targets answer. That is drawn as the target itself
draws it (bench/latency.py), since averages that stood still would leave pages and badges unwritten that really change.
"""

import random
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from bench.latency import draw_s, median_s
from bench.usage import Usage, total
from bench.watched import service_of
from functions.domain.result import Attempt, Result
from functions.domain.run import Run
from functions.domain.verdict import Verdict


class Kind(StrEnum):
    """What a shard's targets do in a minute: all well, one answers 500, one never answers."""

    QUIET = "quiet"
    ERROR = "error"
    HANG = "hang"


@dataclass(slots=True)
class Recorded:
    """The latest run of each kind and shard, and what probing each kind used."""

    runs: dict[tuple[Kind, str], Run] = field(default_factory=dict)
    uses: dict[Kind, list[Usage]] = field(default_factory=dict)
    _chance: random.Random = field(default_factory=lambda: random.Random(3))  # noqa: S311 -- delays, not secrets

    def keep(self, kind: Kind, run: Run, usage: Usage | None = None) -> None:
        """Remember a run that was probed, and what that used where it counts."""
        self.runs[kind, run.shard] = run
        if usage is not None:
            self.uses.setdefault(kind, []).append(usage)

    def times(self, kind: Kind) -> int:
        """Return how many runs of a kind were probed and counted."""
        return len(self.uses.get(kind, ()))

    def mean(self, kind: Kind) -> Usage:
        """Return what probing one run of this kind uses on average."""
        uses = self.uses[kind]
        return total(uses).times(1 / len(uses))

    def estimated(self, unprobed: Mapping[Kind, int]) -> Usage:
        """Return what so many runs of each kind would have used."""
        return total(self.mean(kind).times(n) for kind, n in Counter(unprobed).items())

    def again(self, kind: Kind, shard: str, at: datetime) -> Run:
        """Return such a run of a shard at another minute."""
        return redrawn(self.runs[kind, shard], at, self._chance)


def redrawn(run: Run, at: datetime, chance: random.Random) -> Run:
    """Return the run at another minute, with the first byte of each good answer as late as drawn by `chance`."""
    return replace(run, at=at, results={name: _redrawn(result, chance) for name, result in run.results.items()})


def overhead_of(runs: Iterable[Run]) -> float:
    """Return the seconds that checks take beside waiting for the first byte, on average over good answers."""
    beside = [_beside_ms(result.last) for run in runs for result in run.results.values() if _is_good(result)]
    return sum(beside) / len(beside) / 1000


def _redrawn(result: Result, chance: random.Random) -> Result:
    if not _is_good(result):
        return result
    attempt = result.last
    phases = replace(attempt.phases, first_byte=1000 * draw_s(chance, median_s(service_of(result.monitor))))
    return replace(result, attempts=(replace(attempt, phases=phases, latency_ms=phases.total),))


def _is_good(result: Result) -> bool:
    return result.verdict is Verdict.UP and len(result.attempts) == 1


def _beside_ms(attempt: Attempt) -> float:
    return replace(attempt.phases, first_byte=None).total
