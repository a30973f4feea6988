"""A mass failure is only believed where the canary answers: over real sockets."""

import asyncio
import socket
import time

import pytest

from functions.domain.mass_failure import OUR_OWN
from functions.domain.run import Run
from functions.domain.verdict import FailureKind, Verdict
from functions.probe.canary import Canary, canary, canary_url
from functions.probe.run import probe_shard
from tests.fakes.memory_store import MemoryStore
from tests.probe.probing import monitor, tools
from tests.probe.test_run import AT, Known, ignored
from tests.targets import behaviours
from tests.targets.behaviours import says
from tests.targets.server import answer, serving


def refusing() -> str:
    """Return an address at which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{probe.getsockname()[1]}/"


def asking(url: str, *, seconds: float = 5.0) -> Canary:
    """Return the canary at `url`."""
    return canary(url, tools().executors, timeout=seconds)


async def run_of(ask: Canary | None, *addresses: str, seconds: float = 2.0, deadline: float = 30.0) -> Run:
    """Return the run of a monitor for each address."""
    return await probe_shard(
        [monitor(address, monitor_id=f"m{n}", timeout=seconds) for n, address in enumerate(addresses)],
        shard="60s-0",
        at=AT,
        region="eu-central-1",
        deadline=deadline,
        tools=tools(),
        secrets=Known({}),
        store=MemoryStore(),
        troubles=ignored,
        canary=ask,
    )


@pytest.mark.parametrize("status", ["200 OK", "403 Forbidden", "503 Service Unavailable"])
async def test_where_the_canary_answers_the_failures_stand(status: str) -> None:
    """Whatever it answers: there is a network."""
    async with serving(says(answer(status=status))) as port:
        run = await run_of(asking(f"http://127.0.0.1:{port}/"), *[refusing()] * 4)
    assert [result.verdict for result in run.results.values()] == [Verdict.DOWN] * 4
    assert run.unmade == {}


async def test_where_the_canary_fails_too_there_is_no_data() -> None:
    """No incident can come of it: the checks were never made."""
    run = await run_of(asking(refusing()), *[refusing()] * 4)
    assert run.results == {}
    assert run.unmade == {f"m{n}": OUR_OWN for n in range(4)}


async def test_a_check_that_got_an_answer_keeps_its_result() -> None:
    """Good or bad: it came over a network."""
    async with serving(behaviours.healthy) as up, serving(says(answer(status="500 Internal Server Error"))) as bad:
        good, wrong = f"http://127.0.0.1:{up}/", f"http://127.0.0.1:{bad}/"
        run = await run_of(asking(refusing()), refusing(), good, refusing(), wrong, refusing())
    assert {name: result.verdict for name, result in run.results.items()} == {"m1": Verdict.UP, "m3": Verdict.DOWN}
    assert sorted(run.unmade) == ["m0", "m2", "m4"]


async def test_the_canary_is_not_asked_where_little_fails() -> None:
    """Two of two, or one of three, are ordinary outages."""
    asked: list[None] = []

    async def counting() -> bool:
        asked.append(None)
        return False

    async with serving(behaviours.healthy) as port:
        fine = f"http://127.0.0.1:{port}/"
        runs = [await run_of(counting, refusing(), refusing()), await run_of(counting, refusing(), fine, fine)]
    assert asked == []
    assert [len(run.results) for run in runs] == [2, 3]


async def test_the_canary_is_asked_once_and_as_soon_as_most_have_failed() -> None:
    """Not when the run is over: by then the network may be back."""
    asked: list[float] = []

    async def noting() -> bool:
        asked.append(time.perf_counter())
        return True

    async with serving(behaviours.hangs) as port:
        started = time.perf_counter()
        await run_of(noting, *[refusing()] * 6, f"http://127.0.0.1:{port}/", seconds=1.5)
    assert len(asked) == 1
    assert asked[0] - started < 1.0
    assert time.perf_counter() - started > 1.4


async def test_checks_that_were_cut_off_count_as_failed_and_the_canary_is_waited_for_a_little() -> None:
    """Everything hangs, the canary too: the run ends a little later, and knows nothing."""
    async with serving(behaviours.hangs) as port:
        hanging = f"http://127.0.0.1:{port}/"
        started = time.perf_counter()
        run = await run_of(asking(hanging, seconds=60.0), *[hanging] * 3, seconds=10.0, deadline=0.3)
        took = time.perf_counter() - started
    assert run.results == {}
    assert set(run.unmade) == {"m0", "m1", "m2"}
    assert took < 4.5


async def test_a_canary_that_breaks_accuses_nobody() -> None:
    """A fault of ours must not hide an outage."""

    async def broken() -> bool:
        await asyncio.sleep(0)
        raise RuntimeError

    run = await run_of(broken, *[refusing()] * 3)
    assert {result.failure.kind for result in run.results.values() if result.failure} == {FailureKind.CONNECT}
    assert run.unmade == {}


@pytest.mark.parametrize(
    ("configured", "environ", "expected"),
    [
        ("https://a.example", {"TABLE_REGION": "eu-west-1"}, "https://a.example"),
        (None, {"TABLE_REGION": "eu-west-1", "AWS_REGION": "us-east-1"}, "https://dynamodb.eu-west-1.amazonaws.com/"),
        (None, {"AWS_REGION": "cn-north-1"}, "https://dynamodb.cn-north-1.amazonaws.com.cn/"),
        (None, {"AWS_REGION": "eu-west-1", "AWS_ENDPOINT_URL": "http://127.0.0.1:4566"}, "http://127.0.0.1:4566"),
    ],
)
def test_who_the_canary_is(configured: str | None, environ: dict[str, str], expected: str) -> None:
    """The configured one, the embedded AWS, or DynamoDB in the home region."""
    assert canary_url(configured, environ) == expected
