"""A run as the bytes that the table keeps.

zlib-compressed compact JSON. A write costs by the kilobyte, so the healthy results, which are nearly all, stand in
columns (alike next to alike compresses best) and times are integers of 0.1 ms: rounding to that is part of the
format, and encoding what was decoded gives the same bytes again. A result that has more to tell (a failure, a repeat)
is spelt out with all its attempts.

    {"v": 1, "s": shard, "t": epoch seconds of the scheduled minute, "r": region, "d": duration in ms,
     "up": {"m": [monitor], "c": [status], "p": [[dns], [connect], [tls], [first byte], [transfer]],
            "l": [latency minus the sum of the phases, or null], "x": [certificate expiry in epoch seconds, or null]},
     "not": {monitor: [[verdict, status, [5 phases], latency as above, expiry, failure (failure_codec) or null]]},
     "un": {monitor: reason},
     "b": {monitor: [positions of its busy attempts]}, absent where there are none,
     "q": {monitor: [[time of each step that was reached], one list for each attempt]}, absent where nothing has steps,
     "e": {monitor: {part of its health body: 0 up, 1 degraded, 2 down, 3 no data}}, absent where there are none}

Parts are those of the last attempt. Of 100 monitors with four parts each they take some 300 bytes while all is well.
"""

import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from functions.domain.failure_codec import decode_failure, encode_failure
from functions.domain.part import Part
from functions.domain.result import Attempt, Phases, Result
from functions.domain.run import Run
from functions.domain.verdict import Phase, Verdict

VERSION = 1
_PART_VERDICTS = (Verdict.UP, Verdict.DEGRADED, Verdict.DOWN, Verdict.NO_DATA)
_PHASES = tuple(phase.value for phase in Phase)
_Row = tuple[str, int | None, list[int | None], int | None, int | None]


class RunFormatError(ValueError):
    """The bytes are not a run that this version of the code can read."""


def encode_run(run: Run) -> bytes:
    """Return `run` in the format above; 100 healthy results with five phases each take under 3,000 bytes."""
    plain = [r for r in run.results.values() if _is_plain(r)]
    rows = [_row(r.last) for r in plain]
    document = {
        "v": VERSION,
        "s": run.shard,
        "t": int(run.at.timestamp()),
        "r": run.region,
        "d": run.duration_ms,
        "up": {
            "m": [r.monitor for r in plain],
            "c": [row[1] for row in rows],
            "p": [[row[2][i] for row in rows] for i in range(len(_PHASES))],
            "l": [row[3] for row in rows],
            "x": [row[4] for row in rows],
        },
        "not": {
            r.monitor: [[*_row(a), encode_failure(a.failure)] for a in r.attempts]
            for r in run.results.values()
            if not _is_plain(r)
        },
        "un": dict(run.unmade),
    }
    if busy := {name: at for name, r in run.results.items() if (at := [i for i, a in enumerate(r.attempts) if a.busy])}:
        document["b"] = busy
    if steps := {name: _step_rows(r) for name, r in run.results.items() if any(a.steps for a in r.attempts)}:
        document["q"] = steps
    if parts := {name: _parts(r.last.parts) for name, r in run.results.items() if r.last.parts}:
        document["e"] = parts
    return zlib.compress(json.dumps(document, separators=(",", ":")).encode(), 9)


def decode_run(data: bytes) -> Run:
    """Return the run that `encode_run` wrote; raises RunFormatError where the bytes are something else."""
    try:
        document = json.loads(zlib.decompress(data))
        version = document["v"]
    except (zlib.error, KeyError, TypeError, ValueError) as error:
        raise RunFormatError(f"not a run: {error!r}") from error
    if version != VERSION:
        raise RunFormatError(f"a run of version {version!r}; this code reads version {VERSION}")
    try:
        up = document["up"]
        results = {
            monitor: Result(monitor=monitor, attempts=(_attempt((Verdict.UP, *row), None),))
            for monitor, *row in zip(up["m"], up["c"], zip(*up["p"], strict=True), up["l"], up["x"], strict=True)
        }
        for monitor, attempts in document["not"].items():
            results[monitor] = Result(
                monitor=monitor, attempts=tuple(_attempt(row, failure) for *row, failure in attempts)
            )
        for monitor, positions in document.get("b", {}).items():
            results[monitor] = _with_busy(results[monitor], positions)
        for monitor, rows in document.get("q", {}).items():
            results[monitor] = _with_steps(results[monitor], rows)
        for monitor, parts in document.get("e", {}).items():
            results[monitor] = _with_parts(results[monitor], parts)
        return Run(
            shard=document["s"],
            at=datetime.fromtimestamp(document["t"], UTC),
            region=document["r"],
            results=results,
            unmade=document["un"],
            duration_ms=document["d"],
        )
    except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
        raise RunFormatError(f"not a complete run: {error!r}") from error


def _is_plain(result: Result) -> bool:
    return len(result.attempts) == 1 and result.verdict is Verdict.UP and result.failure is None


def _row(attempt: Attempt) -> _Row:
    phases = [_tenths(getattr(attempt.phases, name)) for name in _PHASES]
    latency = _tenths(attempt.latency_ms)
    expiry = attempt.certificate_expires_at
    return (
        attempt.verdict.value,
        attempt.status_code,
        phases,
        None if latency is None else latency - _sum(phases),
        None if expiry is None else int(expiry.timestamp()),
    )


def _attempt(row: Sequence[Any], failure: Sequence[Any] | None) -> Attempt:
    verdict, status, phases, latency, expiry = row
    return Attempt(
        verdict=Verdict(verdict),
        latency_ms=None if latency is None else (latency + _sum(phases)) / 10,
        phases=Phases(**{name: None if p is None else p / 10 for name, p in zip(_PHASES, phases, strict=True)}),
        status_code=status,
        failure=decode_failure(failure),
        certificate_expires_at=None if expiry is None else datetime.fromtimestamp(expiry, UTC),
    )


def _with_busy(result: Result, positions: Sequence[int]) -> Result:
    attempts = (replace(a, busy=i in positions) for i, a in enumerate(result.attempts))
    return replace(result, attempts=tuple(attempts))


def _step_rows(result: Result) -> list[list[int]]:
    return [[round(step * 10) for step in attempt.steps] for attempt in result.attempts]


def _with_steps(result: Result, rows: Sequence[Sequence[int]]) -> Result:
    attempts = (
        replace(attempt, steps=tuple(tenths / 10 for tenths in row))
        for attempt, row in zip(result.attempts, rows, strict=True)
    )
    return replace(result, attempts=tuple(attempts))


def _parts(parts: Sequence[Part]) -> dict[str, int]:
    return {part.name: _PART_VERDICTS.index(part.verdict) for part in parts}


def _with_parts(result: Result, row: Mapping[str, int]) -> Result:
    parts = tuple(Part(name=name, verdict=_PART_VERDICTS[verdict]) for name, verdict in row.items())
    return replace(result, attempts=(*result.attempts[:-1], replace(result.last, parts=parts)))


def _tenths(milliseconds: float | None) -> int | None:
    return None if milliseconds is None else round(milliseconds * 10)


def _sum(tenths: Sequence[int | None]) -> int:
    return sum(t for t in tenths if t is not None)
