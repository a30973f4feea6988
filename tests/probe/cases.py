"""A target and what a check of it says: the rows of the probe's tables, whatever the kind."""

import time
from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass

from functions.domain.checks.check import Check
from functions.domain.result import Attempt
from functions.domain.verdict import FailureKind, Phase, Verdict
from functions.probe.check import Tools
from tests.probe.probing import attempt, watching


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """`target` serves and gives its port, of which `check` makes a check; `reason` is a part of the words."""

    target: Callable[[], AbstractAsyncContextManager[int]]
    check: Callable[[int], Check]
    verdict: Verdict = Verdict.DOWN
    kind: FailureKind | None = None
    phase: Phase | None = None
    reason: str = ""
    expect: Mapping[str, object] | None = None
    timeout: float = 2.0


async def assert_case(case: Case, using: Tools | None = None) -> Attempt:
    """Assert that verdict, kind, phase and words are those of the row, in the time that there is; return the rest."""
    async with case.target() as port:
        started = time.perf_counter()
        seen = await attempt(watching(case.check(port), timeout=case.timeout, expect=case.expect), using)
        took = time.perf_counter() - started
    failure = seen.failure
    assert seen.verdict is case.verdict, seen
    assert (failure.kind if failure else None) is case.kind, seen
    if failure is not None:
        assert case.reason in failure.reason, seen
        # Which phase of an answer that took no time was the longest is chance.
        assert case.phase is failure.phase or case.kind is FailureKind.LATENCY, seen
    assert took < case.timeout + 0.5
    return seen
