"""What a run writes into the log: one line, and one more for each check that is not up.

Kinds, phases and codes only. A reason may quote an answer's body or headers: it stands in the run and in the alert.
"""

from collections import Counter
from collections.abc import Iterator

from functions.domain.run import Run
from functions.domain.verdict import Verdict

Line = dict[str, object]


def run_line(run: Run) -> Line:
    """Return the fields of the line about the whole run."""
    verdicts = Counter(result.verdict for result in run.results.values())
    return {
        "shard": run.shard,
        "scheduled": run.at.isoformat(),
        "checks": len(run.results),
        **{verdict.value: verdicts[verdict] for verdict in (Verdict.UP, Verdict.DEGRADED, Verdict.DOWN)},
        "unmade": len(run.unmade),
        "duration_ms": run.duration_ms,
    }


def failing_lines(run: Run) -> Iterator[Line]:
    """Yield the fields of a line for each check that is not up."""
    for monitor, result in run.results.items():
        failure = result.failure
        if failure is not None:
            yield {
                "monitor": monitor,
                "verdict": result.verdict.value,
                "kind": failure.kind.value,
                "phase": failure.phase and failure.phase.value,
                "status_code": result.last.status_code,
                "finding": failure.attribution and failure.attribution.finding.value,
                "attempts": len(result.attempts),
            }


def unmade_lines(run: Run) -> Iterator[Line]:
    """Yield the fields of a line for each check that could not be made; these reasons are our own words."""
    for monitor, reason in run.unmade.items():
        yield {"monitor": monitor, "reason": reason}
