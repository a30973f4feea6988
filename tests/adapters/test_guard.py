"""The guard that ends what takes too long."""

import asyncio
import gc
import json
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import TypeVar

import pytest

from functions.adapters.guard import BUDGET, interrupting_guard
from functions.domain.expectation import Answer, Expectations, assess
from functions.domain.pattern import GaveUpError
from functions.domain.verdict import Verdict

T = TypeVar("T")

BOUND = 5.0
"""Seconds of the clock that giving up may take on a busy machine; unguarded, each of these takes hours."""


@pytest.fixture(autouse=True)
def _no_foreign_callbacks() -> Iterator[None]:
    """Keep Hypothesis, where it ran before, from measuring collections: an exception in its callback is only reported.

    The guard survives that (it repeats its signal), but pytest counts the report as a failure. The same goes for what
    other tests left to be collected.
    """
    gc.collect()
    kept = gc.callbacks[:]
    gc.callbacks.clear()
    yield
    gc.callbacks.extend(kept)


def answer(body: bytes) -> Answer:
    """Return an answer with that body."""
    return Answer(status_code=200, headers={}, body=body, latency_ms=1, at=datetime(2026, 11, 22, tzinfo=UTC))


HOSTILE = [
    ({"body": {"matches": "(a+)+$"}}, b"a" * 64 + b"b"),
    ({"body": {"matches": "(a|a)*$"}}, b"a" * 64 + b"b"),
    ({"body": {"matches": "(.*)*="}}, b"x" * 5000),
    ({"body": {"matches": ".*.*.*="}}, b"x" * 100_000),
    ({"json": {"$.v": {"matches": "^(([a-z])+.)+[A-Z]([a-z])+$"}}}, json.dumps({"v": "a" * 64}).encode()),
    ({"json": {"$..*..*..*..*": {"length": 0}}}, b"[" * 99 + b"1" + b"]" * 99),
    ({"json": {"$[?@.a[?@ == 1] || $[?@.b == 1]]": {"length": 0}}}, json.dumps([{"c": 1}] * 20_000).encode()),
]


@pytest.mark.parametrize(("expect", "body"), HOSTILE)
def test_what_would_take_for_ever_is_a_failure_that_says_so(expect: dict[str, object], body: bytes) -> None:
    """Expressions that backtrack, paths that visit a document over and over: each ends in bounded time."""
    guard = interrupting_guard()
    assert guard is not None
    started = time.monotonic()
    assessment = assess(answer(body), Expectations.decode(expect, None), guard=guard)
    assert time.monotonic() - started < BOUND
    assert assessment.verdict is Verdict.DOWN
    assert assessment.failure is not None
    assert "gave up after 50 ms" in assessment.failure.reason


def test_what_was_given_up_is_degraded_if_that_was_the_question() -> None:
    """An expression that may have held does not pass for up."""
    expectations = Expectations.decode({"status": {"eq": 200}}, {"body": {"matches": "(a+)+$"}})
    assessment = assess(answer(b"a" * 64 + b"b"), expectations, guard=interrupting_guard())
    assert assessment.verdict is Verdict.DEGRADED


def test_a_thread_has_no_guard_and_gives_up_without_one() -> None:
    """Signals reach only the main thread; elsewhere nothing is started that could not be ended."""
    seen: list[object] = []

    def check() -> None:
        guard = interrupting_guard()
        expectations = Expectations.decode({"body": {"matches": "(a+)+$"}}, None)
        seen.extend([guard, assess(answer(b"a" * 64 + b"b"), expectations, guard=guard).verdict])

    thread = threading.Thread(target=check, daemon=True)
    thread.start()
    thread.join(BOUND)
    assert seen == [None, Verdict.DOWN]


def test_the_event_loop_goes_on() -> None:
    """The guard works within a running loop and leaves it as it was."""

    async def both() -> list[object]:
        guard = interrupting_guard()
        expectations = Expectations.decode({"body": {"matches": "(a+)+$"}}, None)

        async def check() -> Verdict:
            return assess(answer(b"a" * 64 + b"b"), expectations, guard=guard).verdict

        return [*await asyncio.gather(check(), asyncio.sleep(0.01, "slept"), check())]

    assert asyncio.run(both()) == [Verdict.DOWN, "slept", Verdict.DOWN]


def test_the_guard_leaves_nothing_behind_that_could_end_anything_else() -> None:
    """Whatever the work did, returned, raised or was ended: no timer runs, and a late signal does nothing."""
    guard = interrupting_guard()
    assert guard is not None
    assert guard(lambda: 42) == 42

    def fail() -> None:
        raise KeyError("x")

    with pytest.raises(KeyError):
        guard(fail)

    def spin() -> None:
        while True:
            pass

    with pytest.raises(GaveUpError):
        guard(spin)
    signal.raise_signal(signal.SIGVTALRM)
    assert signal.getitimer(signal.ITIMER_VIRTUAL) == (0, 0)


def test_waiting_is_not_held_against_the_work() -> None:
    """The budget is of CPU time: on a small, busy function the clock runs on without it."""
    guard = interrupting_guard()
    assert guard is not None
    guard(lambda: time.sleep(BUDGET * 3))


def test_what_is_imported_for_the_first_claim_is_not_interrupted() -> None:
    """In a new interpreter, with a budget that no import keeps: a library that was left half imported stays so."""
    program = """
from datetime import UTC, datetime
from functions.adapters import guard
from functions.domain.expectation import Answer, Expectations, assess
guard.BUDGET = 0.005
answer = Answer(status_code=200, headers={}, body=b'{"a": 1}', latency_ms=1, at=datetime(2026, 11, 22, tzinfo=UTC))
expectations = Expectations.decode({"json": {"$.a": {"eq": 1}}}, None)
print(*(assess(answer, expectations, guard=guard.interrupting_guard()).verdict for _ in range(2)))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.stdout == "up up\n", done.stderr


@pytest.mark.parametrize(
    ("expect", "guarded"),
    [
        ({"status": {"in": [200, 204]}}, 0),
        ({"json": {"$.a.b[0]": {"eq": 1}}}, 0),
        ({"headers": {"x": {"exists": False}}, "latency": {"lt": 5}}, 0),
        ({"json": {"$.a.b[0]": {"type": "number", "matches": "1"}}}, 1),
        ({"json": {"$.a.b": {"each": {"eq": 1}}}}, 1),
        ({"json": {"$..b": {"eq": [[1]]}}}, 1),
        ({"json": {"$.a.b[*]": {"eq": [1]}}}, 1),
        ({"body": {"contains": "a"}}, 1),
    ],
)
def test_only_what_could_take_long_is_watched(expect: dict[str, object], guarded: int) -> None:
    """A timer for each comparison of two numbers would cost more than all of them."""
    works: list[object] = []

    def guard(work: Callable[[], T], /) -> T:
        works.append(work)
        return work()

    assess(answer(b'{"a": {"b": [1]}}'), Expectations.decode(expect, None), guard=guard)
    assert len(works) == guarded
