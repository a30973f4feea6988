"""Reported times are the target's, and not those of a busy probe."""

import asyncio
import sys
import time
from dataclasses import replace
from statistics import median

import pytest

from functions.adapters.http.trace import Trace
from functions.domain.result import Phases
from functions.domain.verdict import Phase, Verdict
from functions.execution import UnmadeError
from tests.probe.probing import attempt, monitor, tools
from tests.targets import behaviours
from tests.targets.server import Call, answer, serving
from tests.targets.threaded import serving_from_another_loop

DELAY_MS = 120


async def delayed(call: Call) -> None:
    """Answer after a known time."""
    await asyncio.sleep(DELAY_MS / 1000)
    await call.send(answer())


async def delayed_in_the_middle(call: Call) -> None:
    """Send the head and one byte, and the rest after a known time."""
    whole = answer()
    await call.send(whole[:-10])
    await asyncio.sleep(DELAY_MS / 1000)
    await call.send(whole[-10:])


async def delayed_twice(call: Call) -> None:
    """Send the head after half of a known time, and the rest after the other half."""
    whole = answer()
    await asyncio.sleep(DELAY_MS / 2000)
    await call.send(whole[:-10])
    await asyncio.sleep(DELAY_MS / 2000)
    await call.send(whole[-10:])


async def busy(seconds: float) -> None:
    """Keep the loop from its work most of the time, as a hundred TLS handshakes on a tenth of a CPU do."""
    while True:
        time.sleep(seconds)  # noqa: ASYNC251 - blocking the loop is the point
        await asyncio.sleep(0)


@pytest.mark.parametrize(("behaviour", "phase"), [(delayed, Phase.FIRST_BYTE), (delayed_in_the_middle, Phase.TRANSFER)])
async def test_a_known_delay_is_found_in_its_phase(behaviour: object, phase: Phase) -> None:
    """The delay is in the phase in which the target made it, and in no other; no check reports less than it.

    A machine that has other work to do wakes the target late, which only ever adds: the quickest of five is judged.
    """
    assert callable(behaviour)
    with serving_from_another_loop(behaviour) as port:
        seen = [await attempt(monitor(f"http://127.0.0.1:{port}/")) for _ in range(5)]
    assert {each.verdict for each in seen} == {Verdict.UP}
    assert min(getattr(each.phases, phase.value) for each in seen) >= DELAY_MS - 2
    quickest = min(seen, key=lambda each: each.latency_ms or 0.0)
    assert getattr(quickest.phases, phase.value) == pytest.approx(DELAY_MS, rel=0.05, abs=10)
    others = [getattr(quickest.phases, p.value) or 0.0 for p in Phase if p is not phase]
    assert max(others) < DELAY_MS / 2


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux stamps what arrives")
async def test_times_stay_true_while_the_loop_is_kept_busy() -> None:
    """With the loop blocked for 70 ms at a time, a 120 ms answer is reported as one, at 30 checks at once.

    The server shares this interpreter, and on a machine with other work some of its own wake-ups come late: medians,
    and the quickest of three rounds. A time that had the loop's delays in it would be too long in all of them.
    """
    rounds = [await _thirty_at_once() for _ in range(3)]
    assert min(min(first_bytes) for first_bytes, _ in rounds) >= DELAY_MS - 2
    assert min(median(first_bytes) for first_bytes, _ in rounds) <= DELAY_MS * 1.05 + 10
    assert min(median(connects) for _, connects in rounds) < 10


async def _thirty_at_once() -> tuple[list[float], list[float]]:
    """Return the times to the first byte and to connect, of checks whose loop is kept busy."""
    using = tools()
    with serving_from_another_loop(delayed) as port:
        load = asyncio.create_task(busy(0.07))
        seen = await asyncio.gather(
            *(attempt(monitor(f"http://127.0.0.1:{port}/{i}", timeout=20), using) for i in range(30))
        )
        load.cancel()
        await asyncio.wait([load])
    return [s.phases.first_byte or 0.0 for s in seen], [s.phases.connect or 0.0 for s in seen]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux stamps what arrives")
@pytest.mark.parametrize(("behaviour", "busy"), [(delayed, False), (delayed_twice, True)])
async def test_times_that_the_kernel_cannot_tell_apart_either_are_marked(behaviour: object, busy: bool) -> None:  # noqa: FBT001 - a table
    """What came in two pieces while the loop was blocked has one stamp: the sum is true, but not where it was spent."""
    assert callable(behaviour)
    with serving_from_another_loop(behaviour) as port:
        task = asyncio.create_task(attempt(monitor(f"http://127.0.0.1:{port}/")))
        await asyncio.sleep(DELAY_MS / 3000)
        time.sleep(DELAY_MS * 3 / 1000)  # noqa: ASYNC251 - blocking the loop is the point
        seen = await task
    assert seen.busy is busy
    assert seen.latency_ms is not None
    assert DELAY_MS - 2 <= seen.latency_ms < DELAY_MS * 2  # the loop was blocked for three times as long


async def test_a_time_that_ran_out_because_of_us_is_not_the_targets_failure() -> None:
    """Blocked for longer than the timeout, nobody knows what an unblocked probe would have seen."""
    async with serving(behaviours.hangs) as port:
        task = asyncio.create_task(attempt(monitor(f"http://127.0.0.1:{port}/", timeout=0.3)))
        await asyncio.sleep(0.05)
        time.sleep(0.6)  # noqa: ASYNC251 - blocking the loop is the point
        with pytest.raises(UnmadeError, match="too busy"):
            await task


def test_a_stopwatch_adds_up_and_knows_its_phase() -> None:
    """Two connections add up; what was forgotten does not count; time never runs backwards."""
    trace = Trace()
    trace.begin(Phase.CONNECT, 10.0)
    trace.end(10.002)
    trace.begin(Phase.CONNECT, 20.0)
    trace.end(20.003)
    trace.begin(Phase.TRANSFER, 21.0)
    trace.forget()
    trace.end(99.0)
    trace.begin(Phase.FIRST_BYTE, 30.0)
    trace.end(29.0)
    trace.begin(Phase.DNS, 0.0)
    trace.settle(7.0)
    assert trace.phase is None
    assert replace(trace.phases(), connect=None) == Phases(dns=7.0, first_byte=0.0)
    assert trace.phases().connect == pytest.approx(5.0)
