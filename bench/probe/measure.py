"""Makes the measurements: each contestant in turn within each round, so that what disturbs the machine disturbs all."""

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from rich.console import Console

from bench.probe.contest import NAMES, PACED, Contest, Delays, Seen, contest
from bench.probe.tables import print_cpu, print_truth
from functions.adapters.http.trace import TRUE_WITHIN_MS, TRUE_WITHIN_PART

SCHEMES = ("http", "https")
AT_ONCE = (1, 10, 50, 100)
SHARES = (1000, 289, 145)
"""Thousandths of a CPU: a whole one, and what 512 and 256 MB of Lambda get (memory / 1769)."""
CPU_CHECKS, CPU_ROUNDS = 50, 7
DELAYS = Delays(tls=30, first_byte=50, transfer=20)
LEAST_CHECKS = 10
"""Of each cell; so many rounds are made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What one contestant reported in one situation; errors are in milliseconds and absolute."""

    contestant: str
    scheme: str
    at_once: int
    share: int
    checks: int
    failed: int
    busy: int
    wall_ms: float
    truth_ms: float
    reported_ms: float
    """Medians of the first byte."""
    error_ms: dict[str, float] = field(default_factory=dict)
    """By phase, what 95 % of the checks stay below."""
    true: dict[str, float] = field(default_factory=dict)
    """By phase, the part of the checks that are within 10 ms + 5 % of the truth."""


def bench_probe(console: Console) -> dict[str, Any]:
    """Run the contest, print its tables and return them for bench/latest.json."""
    with tempfile.TemporaryDirectory(prefix="pulseboard-bench-") as scratch, contest(Path(scratch)) as running:
        kind = running.quotas[NAMES[0]].kind
        console.print(f"CPU of {CPU_CHECKS} checks at once, {CPU_ROUNDS} rounds …")
        cpu = _cpu(running)
        print_cpu(cpu, console)
        console.print(f"Times against a target that delays by {_delays()}, held by {kind} …")
        cells = list(_truth(running))
    print_truth(cells, console)
    return {
        "cpu_ms_per_check": cpu,
        "delays_ms": asdict(DELAYS),
        "quota": kind,
        "true_within": f"{TRUE_WITHIN_MS:g} ms + {TRUE_WITHIN_PART:.0%}",
        "times": [asdict(cell) for cell in cells],
    }


def _cpu(running: Contest) -> dict[str, dict[str, float]]:
    """Return the milliseconds of CPU for a check, by scheme and contestant: the median of the rounds."""
    found: dict[str, dict[str, float]] = {}
    for scheme in SCHEMES:
        taken: dict[str, list[float]] = {name: [] for name in (*NAMES, PACED)}
        for number in range(CPU_ROUNDS + 1):
            for name, values in taken.items():
                outcome = running.at_full_speed(name, scheme, CPU_CHECKS)
                if len(outcome.reported) != CPU_CHECKS:
                    raise AssertionError(f"{name} failed {CPU_CHECKS - len(outcome.reported)} of its checks of nginx")
                if number:  # the first one warms up
                    values.append(outcome.cpu_ms / CPU_CHECKS)
        found[scheme] = {name: round(median(values), 3) for name, values in taken.items()}
    return found


def _truth(running: Contest) -> Iterator[Cell]:
    for share in SHARES:
        running.share(share)
        for scheme in SCHEMES:
            for at_once in AT_ONCE:
                yield from _cells(running, scheme, at_once, share)


def _cells(running: Contest, scheme: str, at_once: int, share: int) -> Iterator[Cell]:
    rounds = max(1, -(-LEAST_CHECKS // at_once))
    runs = [(name, *running.with_delays(name, scheme, at_once, DELAYS)) for _ in range(rounds) for name in NAMES]
    for name in NAMES:
        mine = [(outcome, seen) for contestant, outcome, seen in runs if contestant == name]
        seen = [each for _, some in mine for each in some]
        yield Cell(
            contestant=name,
            scheme=scheme,
            at_once=at_once,
            share=share,
            checks=rounds * at_once,
            failed=rounds * at_once - len(seen),
            busy=sum(outcome.busy for outcome, _ in mine),
            wall_ms=round(median(outcome.wall_ms for outcome, _ in mine), 1),
            truth_ms=round(median(each.truth["first_byte"] for each in seen), 1),
            reported_ms=round(median(each.reported["first_byte"] for each in seen), 1),
            error_ms={phase: round(_most(_errors(seen, phase)), 1) for phase in seen[0].truth},
            true={phase: round(_part_true(seen, phase), 3) for phase in seen[0].truth},
        )


def _errors(seen: Sequence[Seen], phase: str) -> list[float]:
    return sorted(abs(each.reported.get(phase, 0.0) - each.truth[phase]) for each in seen)


def _most(errors: Sequence[float]) -> float:
    """Return what 95 % do not exceed."""
    return errors[-(-len(errors) * 95 // 100) - 1]


def _part_true(seen: Sequence[Seen], phase: str) -> float:
    return sum(
        abs(each.reported.get(phase, 0.0) - each.truth[phase]) <= TRUE_WITHIN_MS + TRUE_WITHIN_PART * each.truth[phase]
        for each in seen
    ) / len(seen)


def _delays() -> str:
    return (
        f"{DELAYS.tls:g} ms in the handshake, {DELAYS.first_byte:g} before and {DELAYS.transfer:g} after the first byte"
    )
