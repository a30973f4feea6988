"""A month of each kind of service through the judge: its false alarms, and how soon a blocked event loop is seen.

`python -m tests.fakes.spike_months` prints the table that docs/judging.md holds.
"""

from dataclasses import dataclass
from datetime import timedelta
from random import Random

from functions.domain.event import EventKind
from functions.domain.judge import Policy, advance
from functions.domain.result import Attempt, Result
from functions.domain.spike import SpikeRule
from functions.domain.state import State
from functions.domain.verdict import Verdict
from tests.fakes.latency_series import BEGINNING, Learner, Service

SERVICES = {
    "40 ms": Service(median=40),
    "80 ms": Service(median=80),
    "120 ms": Service(median=120),
    "80 ms, rough": Service(median=80, noise=0.35, pauses=0.03, tail=0.02),
}
SEEDS = (1, 2, 3)
WARM_UP = 14
DAYS = 30
_BETWEEN_FAULTS = 241
"""Runs from one fault that is tried to the next: no divisor of a day, so that they fall on all hours."""
_MOST_RUNS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """What a month of one monitor gave: false alarms, and of each fault that was tried the runs until it was seen."""

    alarms: int
    runs_to_detection: tuple[int, ...]

    @property
    def within_three(self) -> float:
        """Return the share of faults that were seen within three runs."""
        return sum(runs <= 3 for runs in self.runs_to_detection) / len(self.runs_to_detection)


def month(service: Service, seed: int) -> Month:
    """Judge a month, after two weeks of learning; every four hours a copy of the state meets a blocked event loop."""
    faults = Random(seed)  # noqa: S311 - noise, not a secret
    learner = Learner(every=timedelta(hours=12))
    state: State | None = None
    alarms = 0
    found: list[int] = []
    for n, (at, milliseconds) in enumerate(service.times(seed, days=WARM_UP + DAYS)):
        learner.see(at, milliseconds)
        if at < BEGINNING + timedelta(days=WARM_UP):
            continue
        policy = Policy(spike=SpikeRule(), usual=learner.usual)
        step = advance(state, good(milliseconds), region="eu", at=at, policy=policy)
        state = step.state
        alarms += step.change is not None and step.change.kind is not EventKind.RESOLVED
        if n % _BETWEEN_FAULTS == 0 and state.verdict is Verdict.UP:
            found.append(_runs_until_seen(state, milliseconds, policy, faults))
    return Month(alarms=alarms, runs_to_detection=tuple(found))


def good(milliseconds: float) -> Result:
    """Return a check that is up after so long."""
    return Result(monitor="api", attempts=(Attempt(verdict=Verdict.UP, latency_ms=milliseconds, status_code=200),))


def _runs_until_seen(state: State, base: float, policy: Policy, rng: Random) -> int:
    """Return how many runs a blocked event loop goes on before the verdict changes: each waits 300 to 800 ms longer."""
    for run in range(1, _MOST_RUNS):
        at = state.judged_at + policy.interval
        slowed = base * rng.lognormvariate(0, 0.2) + rng.uniform(300, 800)
        state = advance(state, good(slowed), region="eu", at=at, policy=policy).state
        if state.verdict is Verdict.DEGRADED:
            return run
    return _MOST_RUNS


def months() -> dict[str, list[Month]]:
    """Return the months of each service."""
    return {name: [month(service, seed) for seed in SEEDS] for name, service in SERVICES.items()}


def table(results: dict[str, list[Month]]) -> str:
    """Return the table for docs/judging.md."""
    heads = ("service (median at quiet times)", "false alarms per monitor and month", "faults tried")
    lines = [
        f"| {' | '.join((*heads, 'seen within 3 runs', 'median runs', 'most'))} |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for name, each in results.items():
        runs = sorted(r for one in each for r in one.runs_to_detection)
        alarms = sum(one.alarms for one in each) / len(each)
        share = int(1000 * sum(r <= 3 for r in runs) / len(runs)) / 10
        lines.append(f"| {name} | {alarms:.2f} | {len(runs)} | {share:g} % | {runs[len(runs) // 2]} | {runs[-1]} |")
    return "\n".join(lines)


if __name__ == "__main__":
    print(table(months()))  # noqa: T201 - that is what it is for
