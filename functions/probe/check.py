"""One check: executed, held against what is expected, and repeated while it fails."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Protocol, cast

from functions.domain.checks.check import Check
from functions.domain.expansion import expand_answer
from functions.domain.expectation import Assessment, Guard
from functions.domain.monitor import Monitor
from functions.domain.part import Part
from functions.domain.redaction import redact
from functions.domain.result import Attempt, Failure
from functions.domain.verdict import Verdict
from functions.domain.wording import cut, visible
from functions.execution import Assessing, Execute, Sighting
from functions.probe.assessing import assess_sighting

Sleep = Callable[[float], Awaitable[object]]


class Heartbeats(Protocol):
    """Knows what was reported by those that report in by themselves."""

    async def attempt(self, monitor: Monitor, at: datetime) -> Attempt | None:
        """Return how `monitor` is at the scheduled minute `at`; None where it has not reported in yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """What every check of a run shares; `executors` are by kind."""

    executors: Mapping[str, Execute]
    heartbeats: Heartbeats | None = None
    guard: Guard | None = None
    sleep: Sleep = asyncio.sleep


async def check(
    monitor: Monitor, revealed: Check, *, secrets: tuple[str, ...], tools: Tools, attempts: list[Attempt]
) -> None:
    """Append to `attempts` what each try saw, until one is up or there are as many as the monitor has.

    `revealed` is the monitor's check with its `secrets` revealed; none of these is ever part of a reason. The list is
    the caller's, who keeps what is in it when a check has to be ended early.
    """
    execute = tools.executors[revealed.kind]
    if _assesses(type(execute)):
        execute = cast("Assessing", execute).under(tools.guard)
    while True:
        sighting = await execute(revealed, timeout=monitor.timeout)
        attempts.append(_attempt(monitor, sighting, secrets, tools.guard))
        if attempts[-1].verdict is Verdict.UP or len(attempts) >= monitor.attempts:
            return
        await tools.sleep(monitor.attempt_gap)


@cache
def _assesses(executor: type) -> bool:
    """Tell whether executors of this class are `Assessing`, which it takes Python long to find out."""
    return issubclass(executor, Assessing)


def _attempt(monitor: Monitor, sighting: Sighting, secrets: tuple[str, ...], guard: Guard | None) -> Attempt:
    assessment = assess_sighting(sighting, monitor.expectations, guard)
    parts: tuple[Part, ...] = ()
    if monitor.expand is not None and sighting.answer is not None:
        expansion = expand_answer(sighting.answer, assessment, monitor.expand)
        assessment, parts = expansion.assessment, expansion.parts
    if sighting.failure is not None and assessment.verdict is not Verdict.DOWN:
        assessment = Assessment(verdict=sighting.verdict, failure=sighting.failure)
    failure = assessment.failure
    return Attempt(
        verdict=assessment.verdict,
        latency_ms=sighting.answer.latency_ms if sighting.answer else None,
        phases=sighting.phases,
        status_code=sighting.status_code,
        failure=failure and _presentable(failure, secrets),
        certificate_expires_at=sighting.certificate_expires_at,
        busy=sighting.busy,
        steps=sighting.steps,
        parts=_without(secrets, parts),
    )


def _presentable(failure: Failure, secrets: tuple[str, ...]) -> Failure:
    """Return the failure with a reason that can be stored and shown: no secret, nothing invisible, not too long."""
    reason = cut(visible(redact(failure.reason, secrets)))
    return replace(failure, reason=reason, parts=_without(secrets, failure.parts))


def _without(secrets: tuple[str, ...], parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """Return the parts in whose names, which are public, the target has not put a secret that it was sent."""
    return tuple(part for part in parts if redact(part.name, secrets) == part.name)
