"""What counts of runs once they are to be summed up: verdicts and times, in a fraction of the memory."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime

from functions.domain.breakdown import pack_phases
from functions.domain.part import part_key
from functions.domain.result import Result
from functions.domain.run import Run
from functions.domain.spike import is_evidence
from functions.domain.verdict import Verdict

RunKey = tuple[str, datetime, str]
"""Shard, scheduled time and region: a run that comes twice has the same."""
Row = tuple[str, Verdict, float | None, bool, bytes]
"""A monitor or `part_key`, its verdict, milliseconds, whether it is evidence of what is usual, and packed phases."""
Rows = Mapping[RunKey, tuple[Row, ...]]


def rows_of(runs: Iterable[Run], *, evidence_of: Collection[str] = ()) -> dict[RunKey, tuple[Row, ...]]:
    """Return the rows of `runs`, gone through once; of a run that comes twice, the last counts."""
    return {
        (run.shard, run.at, run.region): tuple(
            row for r in run.results.values() for row in _rows(r, evident=r.monitor in evidence_of and is_evidence(r))
        )
        for run in runs
    }


def _rows(result: Result, *, evident: bool) -> Iterator[Row]:
    """Yield what a result says of its monitor, and of each part that it has a word of."""
    yield result.monitor, result.verdict, result.latency_ms, evident, pack_phases(result.last.phases)
    for part in result.last.parts:
        if part.verdict is not Verdict.NO_DATA:
            yield part_key(result.monitor, part.name), part.verdict, None, False, b""
