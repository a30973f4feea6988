"""Which layer and which phase a failing check is put down to, on real sockets."""

import asyncio

import pytest

from functions.domain.result import Result
from functions.domain.run import Run
from functions.domain.run_codec import decode_run, encode_run
from functions.domain.verdict import FailureKind, Phase
from tests.fakes.samples import NOON
from tests.probe.probing import attempt, monitor
from tests.targets.recorded import RECORDED, Recorded
from tests.targets.server import Call, answer, serving

_ID = 12
"""Characters from which on a header's value is none of the words that a finding has as well."""


@pytest.mark.parametrize("recorded", RECORDED, ids=lambda r: r.name)
async def test_what_answered_is_found_out_on_the_wire(recorded: Recorded) -> None:
    """And kept with the run, as words of our own: no header and no body of the target's."""

    async def behave(call: Call) -> None:
        await call.send(answer(recorded.body, status=recorded.status, headers=recorded.headers))

    async with serving(behave) as port:
        seen = await attempt(monitor(f"http://127.0.0.1:{port}/"))
    assert seen.verdict.failing
    assert seen.failure is not None
    assert seen.failure.kind is FailureKind.STATUS
    found = seen.failure.attribution
    assert (found.finding if found else None) is recorded.finding
    result = Result(monitor="m", attempts=(seen,))
    run = Run(shard="60s-0", at=NOON, region="eu-west-1", results={"m": result}, unmade={}, duration_ms=1)
    kept = decode_run(encode_run(run)).results["m"].failure
    assert kept == seen.failure
    assert not [header for header in recorded.headers if header in repr(kept)]
    ids = [value for _, _, value in (header.partition(": ") for header in recorded.headers) if len(value) > _ID]
    assert not [value for value in ids if value in repr(kept)]


async def test_a_slow_answer_says_where_its_time_went() -> None:
    """An application that thinks for long is waited for; that is no matter of the network."""

    async def behave(call: Call) -> None:
        await asyncio.sleep(0.2)
        await call.send(answer())

    async with serving(behave) as port:
        seen = await attempt(monitor(f"http://127.0.0.1:{port}/", expect={"latency": {"lt": 100}}))
    assert seen.failure is not None
    assert seen.failure.kind is FailureKind.LATENCY
    assert seen.failure.phase is Phase.FIRST_BYTE
    assert seen.failure.attribution is None


async def test_a_slow_body_is_told_from_a_slow_answer() -> None:
    """The first byte comes at once, the last one late."""

    async def behave(call: Call) -> None:
        whole = answer(b"x" * 100)
        await call.send(whole[:-50])
        await asyncio.sleep(0.2)
        await call.send(whole[-50:])

    async with serving(behave) as port:
        seen = await attempt(monitor(f"http://127.0.0.1:{port}/", expect={"latency": {"lt": 100}}))
    assert seen.failure is not None
    assert seen.failure.phase is Phase.TRANSFER
