"""A month of a service's response times, once a minute, with all that is ordinary about them.

The parts, each of which has set off somebody's alarm: log-normal noise, load that comes and goes over minutes, a daily
and a weekly cycle, a slow drift, a deploy that makes everything 15 % slower, pauses of a garbage collector, and a heavy
tail.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import cos, exp, pi
from random import Random

from functions.domain.histogram import Histogram
from functions.domain.usual import MEMORY, Usual, usual_of

BEGINNING = datetime(2026, 10, 1, tzinfo=UTC)
DEPLOY = timedelta(days=24, hours=15)
_MINUTES_A_DAY = 1440


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """What a service is like: its median in ms at quiet times, and how rough its ordinary life is."""

    median: float
    noise: float = 0.2
    pauses: float = 0.01
    tail: float = 0.005
    busy_hours: float = 0.5

    def times(self, seed: int, *, days: int) -> Iterator[tuple[datetime, float]]:
        """Yield minute and milliseconds from BEGINNING on: the same ones for the same seed."""
        rng = Random(seed)  # noqa: S311 - noise, not a secret
        load = 0.0
        for n in range(days * _MINUTES_A_DAY):
            at = BEGINNING + timedelta(minutes=n)
            # Load of minutes: what one check sees, the next is likely to see too.
            load = 0.9 * load + rng.gauss(0, 0.03)
            yield at, self._expected(at, n) * exp(load + rng.gauss(0, self.noise)) * self._tail(rng) + self._pause(rng)

    def _expected(self, at: datetime, n: int) -> float:
        day = 1 + self.busy_hours * (0.5 - 0.5 * cos(2 * pi * (at.hour * 60 + at.minute - 180) / _MINUTES_A_DAY))
        week = 0.85 if at.weekday() >= 5 else 1.0
        drift = 1 + 0.2 * n / (44 * _MINUTES_A_DAY)
        deploy = 1.15 if at >= BEGINNING + DEPLOY else 1.0
        return self.median * day * week * drift * deploy

    def _tail(self, rng: Random) -> float:
        return rng.paretovariate(1.5) * 1.5 if rng.random() < self.tail else 1.0

    def _pause(self, rng: Random) -> float:
        return rng.uniform(20, 250) if rng.random() < self.pauses else 0.0


class Learner:
    """What rollup would have learnt by a moment: fed every time, asked at any later one."""

    def __init__(self, every: timedelta = timedelta(hours=3)) -> None:
        self._every = every
        self._hours: list[tuple[datetime, Histogram]] = []
        self._running: dict[datetime, list[float]] = defaultdict(list)
        self._learnt_at: datetime | None = None
        self.usual: Usual | None = None

    def see(self, at: datetime, milliseconds: float) -> None:
        """Take in one check, and learn anew when that is due."""
        hour = at.replace(minute=0, second=0, microsecond=0)
        if hour not in self._running:
            self._hours += [(start, Histogram.of(times)) for start, times in self._running.items()]
            self._running.clear()
            if self._learnt_at is None or hour - self._learnt_at >= self._every:
                self._hours = [(start, histogram) for start, histogram in self._hours if start >= hour - MEMORY]
                self.usual = usual_of(self._hours)
                self._learnt_at = hour
        self._running[hour].append(milliseconds)
