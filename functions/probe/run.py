"""One run: all checks of a shard at once, ended and recorded in time whatever the targets do."""

import asyncio
import time
import traceback
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from functions.domain.checks.heartbeat import Heartbeat
from functions.domain.mass_failure import OUR_OWN, on_the_way
from functions.domain.monitor import Monitor
from functions.domain.result import Attempt, Failure, Phases, Result
from functions.domain.run import Run
from functions.domain.secret import Secret
from functions.domain.verdict import FailureKind, Verdict
from functions.execution import UnmadeError
from functions.probe.canary import Canary, Doubt
from functions.probe.check import Tools, check
from functions.probe.pace import ALL_AT_ONCE, Pace, Starts
from functions.probe.ready import Disclosure, disclosure
from functions.secrets import SecretReader, Unreadable
from functions.store import RunWriter

NO_TIME = "no time was left to finish the check"
NOT_FROM_HERE = "what has reported in is only known where it is deployed"


Troubles = Callable[[str, BaseException], None]
"""Hears of the monitor whose check failed for a reason that nobody thought of."""


@dataclass(slots=True, kw_only=True)
class _Check:
    """One monitor's check on its way."""

    monitor: Monitor
    disclosure: Disclosure
    attempts: list[Attempt] = field(default_factory=list)
    started: float | None = None
    unmade: str | None = None
    waiting: bool = False
    """Nothing was reported yet: there is neither a result nor anything that went wrong."""


async def probe_shard(
    monitors: Sequence[Monitor],
    *,
    shard: str,
    at: datetime,
    region: str,
    deadline: float,
    tools: Tools,
    secrets: SecretReader,
    store: RunWriter,
    troubles: Troubles,
    pace: Pace = ALL_AT_ONCE,
    finished: Callable[[str], None] = lambda _: None,
    canary: Canary | None = None,
) -> Run:
    """Check all `monitors`, record the run in `store` and return it, `deadline` seconds from now at the latest.

    `at` is the scheduled minute. A check that is not finished by then keeps what it found so far; one that found
    nothing is `unmade`, since that is no knowledge about its target. A heartbeat that waits for its first ping is in
    neither. `finished` hears of each monitor as it ends. Where most checks fail on the way and `canary` does too, these
    are `unmade` as well: the network at fault is our own.
    """
    loop = asyncio.get_running_loop()
    started = time.perf_counter()
    _prepare(monitors)
    checks = [_Check(monitor=monitor, disclosure=disclosure(monitor.check)) for monitor in monitors]
    values = _Values(secrets, frozenset().union(*(each.disclosure.references for each in checks)))
    outward = sum(not isinstance(monitor.check, Heartbeat) for monitor in monitors)
    doubt = Doubt(canary, checks=outward)
    slots = asyncio.Semaphore(pace.at_once or max(1, len(checks)))
    starts = Starts(pace)
    tasks = {
        loop.create_task(
            _hear(each, at, tools)
            if isinstance(each.monitor.check, Heartbeat)
            else _make(each, values, tools, slots, starts)
        ): each
        for each in checks
    }
    for task, each in tasks.items():
        task.add_done_callback(partial(_tell, finished, each, doubt))
    if tasks:
        _, late = await asyncio.wait(tasks, timeout=max(0.0, deadline))
        for task in late:
            task.cancel()
        if late:
            await asyncio.wait(late, timeout=1.0)
    values.cancel()
    for task, each in tasks.items():
        error = None if not task.done() or task.cancelled() else task.exception()
        if error is not None:
            each.unmade = f"the check itself failed: {type(error).__name__}"
            troubles(each.monitor.id, error)
    ended = time.perf_counter()
    results = {each.monitor.id: result for each in checks if (result := _result(each, ended)) is not None}
    if await doubt.network_failed():
        for each in checks:
            if each.monitor.id in results and on_the_way(results[each.monitor.id].failure):
                del results[each.monitor.id]
                each.unmade = OUR_OWN
    run = Run(
        shard=shard,
        at=at,
        region=region,
        results=results,
        unmade={
            each.monitor.id: each.unmade or NO_TIME
            for each in checks
            if each.monitor.id not in results and not each.waiting
        },
        duration_ms=round((ended - started) * 1000),
    )
    store.put_run(run)
    return run


def _prepare(monitors: Sequence[Monitor]) -> None:
    """Do before the first check what a first run would else do while others are being timed."""
    for monitor in monitors:
        with suppress(Exception):  # a path that cannot be parsed fails its own check, and no other
            monitor.expectations.prepare()


async def _make(each: _Check, values: "_Values", tools: Tools, slots: asyncio.Semaphore, starts: Starts) -> None:
    await starts.wait()
    monitor = each.monitor
    wanted = each.disclosure.references
    known = {secret: value for secret, value in (await values.get()).items() if secret in wanted} if wanted else {}
    unreadable = [value.reason for value in known.values() if isinstance(value, Unreadable)]
    if unreadable:
        each.unmade = "; ".join(sorted(unreadable))
        return
    plain = {secret: value for secret, value in known.items() if isinstance(value, str)}
    ready = each.disclosure.ready(plain)
    async with slots:
        each.started = time.perf_counter()
        try:
            await check(monitor, ready.check, secrets=ready.confidential, tools=tools, attempts=each.attempts)
        except UnmadeError as error:
            each.unmade = str(error)


async def _hear(each: _Check, at: datetime, tools: Tools) -> None:
    if tools.heartbeats is None:
        each.unmade = NOT_FROM_HERE
        return
    attempt = await tools.heartbeats.attempt(each.monitor, at)
    each.waiting = attempt is None
    each.attempts += [] if attempt is None else [attempt]


def _tell(finished: Callable[[str], None], each: _Check, doubt: Doubt, _: asyncio.Task[None]) -> None:
    finished(each.monitor.id)
    doubt.note(_failure(each))


def _failure(each: _Check) -> Failure | None:
    """Return how a check that has ended failed: one that was cut off with nothing to show ran out of time."""
    if each.unmade is not None or each.started is None:
        return None
    return each.attempts[-1].failure if each.attempts else Failure(kind=FailureKind.TIMEOUT, reason=NO_TIME)


def _result(each: _Check, now: float) -> Result | None:
    """Return what a check found; None where it found nothing."""
    if each.unmade is not None:
        return None
    if each.attempts:
        return Result(monitor=each.monitor.id, attempts=tuple(each.attempts))
    timeout = each.monitor.timeout
    if each.started is None or now - each.started < timeout:
        return None
    # Its own time was up, and only our slowness kept it from saying so.
    failure = Failure(kind=FailureKind.TIMEOUT, reason=f"timed out after {timeout:g} s")
    return Result(
        monitor=each.monitor.id,
        attempts=(Attempt(verdict=Verdict.DOWN, latency_ms=None, phases=Phases(), failure=failure),),
    )


class _Values:
    """The secrets of all monitors, read once, beside the checks that need none."""

    def __init__(self, reader: SecretReader, wanted: frozenset[Secret]) -> None:
        self._task = asyncio.get_running_loop().create_task(asyncio.to_thread(reader.read, wanted)) if wanted else None

    async def get(self) -> Mapping[Secret, str | Unreadable]:
        return {} if self._task is None else await asyncio.shield(self._task)

    def cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()


def trace_of(error: BaseException) -> str:
    """Return where an error came from, without its message, which may quote what must not be logged."""
    return "".join(traceback.format_tb(error.__traceback__)) + type(error).__name__
