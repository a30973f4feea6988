"""A run: everything at once, ended in time, and recorded."""

import asyncio
import time
from collections.abc import Callable, Collection, Mapping
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from typing import Any

from functions.domain.checks.http import HttpRequest
from functions.domain.expectation import Expectations
from functions.domain.monitor import Monitor
from functions.domain.run import Run
from functions.domain.run_codec import decode_run, encode_run
from functions.domain.secret import Secret
from functions.domain.verdict import FailureKind, Verdict
from functions.execution import Sighting
from functions.probe.check import Tools
from functions.probe.pace import ALL_AT_ONCE, Pace
from functions.probe.run import NO_TIME, Troubles, probe_shard
from functions.secrets import SecretReader, Unreadable
from tests.fakes.memory_store import MemoryStore
from tests.probe.probing import monitor, tools
from tests.targets import behaviours
from tests.targets.behaviours import says
from tests.targets.server import Call, answer, serving
from tests.targets.threaded import serving_from_another_loop

AT = datetime(2026, 11, 22, 15, 4, tzinfo=UTC)


class Known:
    """A reader of secrets that has these, after a while."""

    def __init__(self, values: Mapping[str, str | Unreadable], delay: float = 0.0) -> None:
        self._values = values
        self._delay = delay
        self.asked: list[Collection[Secret]] = []

    def read(self, secrets: Collection[Secret]) -> Mapping[Secret, str | Unreadable]:
        """Return what is known of each."""
        self.asked.append(secrets)
        time.sleep(self._delay)
        return {secret: self._values[secret.name] for secret in secrets}


def ignored(*_: object) -> None:
    """Take note of nothing."""


async def run_of(
    *monitors: Monitor,
    deadline: float = 30.0,
    using: Tools | None = None,
    secrets: SecretReader | None = None,
    troubles: Troubles = ignored,
    pace: Pace = ALL_AT_ONCE,
    finished: Callable[[str], None] = ignored,
) -> Run:
    """Return the run of these monitors, which must have been recorded as it is."""
    store = MemoryStore()
    run = await probe_shard(
        monitors,
        shard="60s-0",
        at=AT,
        region="eu-central-1",
        deadline=deadline,
        tools=using or tools(),
        secrets=secrets or Known({}),
        store=store,
        troubles=troubles,
        pace=pace,
        finished=finished,
    )
    assert store.runs(AT.replace(minute=0)) == [run]
    return run


async def test_fifty_healthy_checks_are_not_delayed_by_all_the_bad_ones() -> None:
    """Beside hangs, drips, floods and bombs, the healthy are up, with the times of a healthy target."""
    bad = [
        behaviours.hangs,
        behaviours.drips_headers,
        behaviours.drips_body,
        behaviours.ten_gigabytes,
        behaviours.endless_chunks,
        behaviours.endless_headers,
        behaviours.endless_interim,
        behaviours.circle,
        behaviours.stairs,
        behaviours.resets_before_answer,
        behaviours.resets_in_headers,
        behaviours.resets_in_body,
        behaviours.gzip_bomb(),
        behaviours.nested_bomb(),
        behaviours.broken_gzip(),
        says(b"garbage"),
        says(b""),
    ]
    finished: dict[str, float] = {}
    with serving_from_another_loop(behaviours.healthy) as healthy_port:
        async with AsyncExitStack() as stack:
            ports = [await stack.enter_async_context(serving(behaviour)) for behaviour in bad]
            monitors = [
                monitor(f"http://127.0.0.1:{port}/a", monitor_id=f"bad-{i}", timeout=2, attempts=2, gap=0.1)
                for i, port in enumerate(ports)
            ] + [monitor(f"http://127.0.0.1:{healthy_port}/", monitor_id=f"good-{i}") for i in range(50)]
            started = time.perf_counter()
            run = await run_of(*monitors, finished=lambda name: finished.update({name: time.perf_counter() - started}))
    good = [run.results[f"good-{i}"] for i in range(50)]
    assert all(result.verdict is Verdict.UP and len(result.attempts) == 1 for result in good)
    assert sorted(result.latency_ms or 0.0 for result in good)[45] < 300
    assert max(finished[f"good-{i}"] for i in range(50)) < 2.0
    assert run.results["bad-0"].verdict is Verdict.DOWN
    assert len(run.results) == len(monitors)
    assert run.unmade == {}
    assert run.duration_ms < 6_000
    assert decode_run(encode_run(run)).results.keys() == run.results.keys()


async def test_a_failing_check_is_repeated_and_all_attempts_are_kept() -> None:
    """It is tried as often as the monitor says, with the gap between."""
    calls: list[float] = []

    async def behave(call: Call) -> None:
        calls.append(time.perf_counter())
        await call.send(answer(status="500 Oops"))

    async with serving(behave) as port:
        run = await run_of(monitor(f"http://127.0.0.1:{port}/", attempts=3, gap=0.1))
    assert [a.status_code for a in run.results["m"].attempts] == [500, 500, 500]
    assert run.results["m"].verdict is Verdict.DOWN
    assert calls[1] - calls[0] >= 0.1
    assert calls[2] - calls[1] >= 0.1


async def test_a_check_that_recovers_at_once_is_up_and_keeps_what_failed() -> None:
    """The last attempt decides, and the first is not forgotten."""
    answers = iter([answer(status="500 Oops"), answer()])

    async def behave(call: Call) -> None:
        await call.send(next(answers))

    async with serving(behave) as port:
        run = await run_of(monitor(f"http://127.0.0.1:{port}/", attempts=3))
    result = run.results["m"]
    assert result.verdict is Verdict.UP
    assert [a.verdict for a in result.attempts] == [Verdict.DOWN, Verdict.UP]


async def test_a_run_ends_before_its_deadline_with_what_it_knows() -> None:
    """What was found counts; what was not finished is no knowledge about its target."""
    async with serving(behaviours.hangs) as hanging, serving(behaviours.healthy) as port:
        started = time.perf_counter()
        run = await run_of(
            monitor(f"http://127.0.0.1:{port}/", monitor_id="fine"),
            monitor(f"http://127.0.0.1:{hanging}/", monitor_id="never", timeout=60),
            monitor(f"http://127.0.0.1:{hanging}/", monitor_id="once", timeout=0.2, attempts=2, gap=60),
            deadline=0.6,
        )
        took = time.perf_counter() - started
    assert took < 1.6
    assert run.results["fine"].verdict is Verdict.UP
    assert run.unmade == {"never": NO_TIME}
    once = run.results["once"]
    assert [a.failure and a.failure.kind for a in once.attempts] == [FailureKind.TIMEOUT]


async def test_a_check_past_its_own_timeout_at_the_deadline_is_a_timeout() -> None:
    """It had its time; that it could not say so is no reason to know nothing."""

    async def never(request: HttpRequest, /, *, timeout: float) -> Sighting:  # noqa: ASYNC109 - the protocol's
        await asyncio.sleep(600 + timeout)
        raise AssertionError(request.url)

    run = await run_of(monitor("http://x/", timeout=0.1), deadline=0.3, using=Tools(executors={"http": never}))
    failure = run.results["m"].failure
    assert failure is not None
    assert failure.kind is FailureKind.TIMEOUT


async def test_no_time_at_all_still_records_a_run() -> None:
    """A run that starts too late says so for every monitor."""
    run = await run_of(monitor("http://127.0.0.1:9/"), deadline=-1.0)
    assert run.unmade == {"m": NO_TIME}


async def test_a_run_without_monitors_is_recorded_too() -> None:
    """An empty shard is a run in which nothing was checked."""
    assert (await run_of()).results == {}


async def test_an_error_of_our_own_costs_one_check_and_is_heard_of() -> None:
    """What nobody thought of in one check is unmade there; the others go on."""

    class Odd:
        async def __call__(self, request: HttpRequest, /, *, timeout: float) -> Sighting:  # noqa: ASYNC109 - the protocol's
            if request.url == "http://odd/":
                raise RuntimeError("with a hunter2 inside")
            return await plain(request, timeout=timeout)

    plain = tools().executors["http"]
    heard: list[tuple[str, BaseException]] = []
    async with serving(behaviours.healthy) as port:
        run = await run_of(
            monitor("http://odd/", monitor_id="odd"),
            monitor(f"http://127.0.0.1:{port}/", monitor_id="fine"),
            using=Tools(executors={"http": Odd()}),
            troubles=lambda name, error: heard.append((name, error)),
        )
    assert run.results["fine"].verdict is Verdict.UP
    assert run.unmade == {"odd": "the check itself failed: RuntimeError"}
    assert [name for name, _ in heard] == ["odd"]


def secretive(url: str, monitor_id: str, **request: Any) -> Monitor:  # noqa: ANN401 - the fields of HttpRequest
    """Return a monitor that authenticates with a secret."""
    return monitor(url, monitor_id=monitor_id, auth=("bearer", "secret:acme/token"), **request)


async def test_secrets_are_read_once_and_only_delay_those_that_need_them() -> None:
    """The values arrive at the target; a check without secrets does not wait for them."""
    heads: list[str | None] = []
    finished: list[str] = []

    async def behave(call: Call) -> None:
        heads.append(call.headers.get("authorization"))
        await call.send(answer())

    secrets = Known({"acme/token": "hunter2\n"}, delay=0.3)
    async with serving(behave) as port:
        url = f"http://127.0.0.1:{port}/"
        run = await run_of(
            secretive(url, "a"), secretive(url, "b"), monitor(url, monitor_id="c"), secrets=secrets,
            finished=finished.append,
        )  # fmt: skip
    assert {r.verdict for r in run.results.values()} == {Verdict.UP}
    assert len(run.results) == 3
    assert heads == [None, "Bearer hunter2", "Bearer hunter2"]
    assert finished[0] == "c"
    assert len(secrets.asked) == 1


async def test_a_secret_that_cannot_be_read_makes_the_check_unmade_and_not_down() -> None:
    """It is our failure: no outage is claimed, and the reason names the secret."""
    secrets = Known({"acme/token": Unreadable(reason="secret acme/token cannot be read: AccessDeniedException")})
    async with serving(behaviours.healthy) as port:
        url = f"http://127.0.0.1:{port}/"
        run = await run_of(secretive(url, "a"), monitor(url, monitor_id="b"), secrets=secrets)
    assert run.unmade == {"a": "secret acme/token cannot be read: AccessDeniedException"}
    assert run.results["b"].verdict is Verdict.UP


async def test_a_target_that_echoes_the_secret_does_not_get_it_into_the_run() -> None:
    """In no form, whole or cut off, does a reason hold what a target was sent."""
    secret = "hunter2-" + "x" * 150

    async def behave(call: Call) -> None:
        sent = call.headers["authorization"].removeprefix("Bearer ")
        await call.send(answer(b'{"status": "' + b"y" * 100 + sent.encode() + b'"}'))

    async with serving(behave) as port:
        run = await run_of(
            secretive(f"http://127.0.0.1:{port}/", "a", expect={"json": {"$.status": {"eq": "healthy"}}}),
            secrets=Known({"acme/token": secret}),
        )
    failure = run.results["a"].failure
    assert failure is not None
    assert "***" in failure.reason
    assert "hunter2" not in failure.reason


async def test_an_invalid_client_certificate_is_unmade() -> None:
    """What the secret holds cannot be used: our failure."""
    watched = monitor("https://127.0.0.1:9/", client_certificate="secret:acme/pem")
    run = await run_of(watched, secrets=Known({"acme/pem": "hunter2"}))
    assert list(run.unmade) == ["m"]
    assert "client certificate" in run.unmade["m"]
    assert "hunter2" not in run.unmade["m"]


async def test_at_most_as_many_checks_run_at_once_as_the_pace_says() -> None:
    """Concurrency is bounded where that is wanted."""
    now = most = 0

    async def behave(call: Call) -> None:
        nonlocal now, most
        now += 1
        most = max(most, now)
        await asyncio.sleep(0.02)
        now -= 1
        await call.send(answer())

    async with serving(behave) as port:
        monitors = [monitor(f"http://127.0.0.1:{port}/", monitor_id=str(i)) for i in range(12)]
        run = await run_of(*monitors, pace=Pace(at_once=3))
    assert len(run.results) == 12
    assert most <= 3


async def test_starts_are_spread_where_the_pace_says_so() -> None:
    """With a gap between two starts, the last begins that much later."""
    began: list[float] = []

    async def behave(call: Call) -> None:
        began.append(time.perf_counter())
        await call.send(answer())

    async with serving(behave) as port:
        monitors = [monitor(f"http://127.0.0.1:{port}/", monitor_id=str(i)) for i in range(5)]
        await run_of(*monitors, pace=Pace(gap=0.05))
    assert began[-1] - began[0] > 0.15


async def test_expectations_decide_on_what_was_answered() -> None:
    """The probe hands the answer to the domain, and a degraded one is repeated like a failing one."""
    async with serving(says(answer(b'{"status":"degraded","database":"fail"}', status="503 X"))) as port:
        watched = Monitor(
            id="m",
            name="m",
            check=HttpRequest(url=f"http://127.0.0.1:{port}/"),
            expectations=Expectations.decode(None, None),
            attempt_gap=0.0,
        )
        run = await run_of(watched)
    assert run.results["m"].verdict is Verdict.DEGRADED
    assert len(run.results["m"].attempts) == 2
