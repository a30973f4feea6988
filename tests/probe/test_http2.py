"""HTTP/2 where it is asked for and the server has it."""

import asyncio
from dataclasses import dataclass
from pathlib import Path

import pytest

from functions.domain.verdict import FailureKind, Phase, Verdict
from tests.probe.probing import Names, attempt, monitor, tools
from tests.targets import http2
from tests.targets.behaviours import healthy
from tests.targets.certificates import identity, server_context
from tests.targets.http2 import Respond, speaking_http2
from tests.targets.server import listening, serving

NAMES = Names({"shop.test": ("127.0.0.1",)})
BOTH = ["h2", "http/1.1"]
EXPECTED = {"json": {"$.status": {"eq": "healthy"}}}


@pytest.mark.parametrize("respond", [http2.echoes, http2.hints_first])
async def test_a_healthy_server_is_up_with_all_phases(respond: Respond, tmp_path: Path) -> None:
    """Status, headers and body come through, hints before the answer are no answer, each phase is measured."""
    tls = server_context(identity("shop.test"), tmp_path, alpn=BOTH)
    async with listening(speaking_http2(respond), tls=tls) as port:
        watched = monitor(f"https://shop.test:{port}/x", http2=True, expect=EXPECTED)
        seen = await attempt(watched, tools(resolver=NAMES))
    assert seen.verdict is Verdict.UP, seen
    assert None not in (seen.phases.connect, seen.phases.tls, seen.phases.first_byte, seen.phases.transfer)


async def test_a_body_larger_than_the_window_is_sent_as_it_opens(tmp_path: Path) -> None:
    """The server's flow control is respected, and everything arrives."""
    expected = {"json": {"$.got": {"eq": 1_000_000}}}
    tls = server_context(identity("shop.test"), tmp_path, alpn=BOTH)
    async with listening(speaking_http2(http2.echoes), tls=tls) as port:
        watched = monitor(
            f"https://shop.test:{port}/", http2=True, method="POST", text="x" * 1_000_000, expect=expected, timeout=10
        )
        seen = await attempt(watched, tools(resolver=NAMES))
    assert seen.verdict is Verdict.UP, seen


async def test_a_server_without_it_is_asked_in_http_1(tmp_path: Path) -> None:
    """ALPN decides; wishing for HTTP/2 does not make it a demand."""
    async with serving(healthy, tls=server_context(identity("shop.test"), tmp_path, alpn=["http/1.1"])) as port:
        seen = await attempt(monitor(f"https://shop.test:{port}/", http2=True), tools(resolver=NAMES))
    assert seen.verdict is Verdict.UP


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """How a server answers, and what that gives."""

    respond: Respond
    phase: Phase
    reason: str
    verdict: Verdict = Verdict.DOWN
    kind: FailureKind = FailureKind.PROTOCOL


NO_ANSWER = "2000 HTTP/2 frames brought no answer"

CASES = {
    "resets the stream": Case(
        respond=http2.resets, phase=Phase.FIRST_BYTE, reason="stream was reset: ENHANCE_YOUR_CALM"
    ),
    "resets the stream in the body": Case(
        respond=http2.resets_in_body, phase=Phase.TRANSFER, reason="stream was reset: INTERNAL_ERROR"
    ),
    "ends the connection": Case(
        respond=http2.goes_away, phase=Phase.FIRST_BYTE, reason="connection was ended: INADEQUATE_SECURITY"
    ),
    "less than was announced": Case(respond=http2.lies_about_length, phase=Phase.TRANSFER, reason="not valid HTTP/2"),
    "pings without end": Case(respond=http2.floods(http2.pings, 5000), phase=Phase.FIRST_BYTE, reason=NO_ANSWER),
    "settings without end": Case(
        respond=http2.floods(http2.changes_its_mind, 5000), phase=Phase.FIRST_BYTE, reason=NO_ANSWER
    ),
    "windows without end": Case(
        respond=http2.floods(http2.opens_the_window, 5000), phase=Phase.FIRST_BYTE, reason=NO_ANSWER
    ),
    "a body of empty pieces": Case(respond=http2.says_nothing, phase=Phase.TRANSFER, reason=NO_ANSWER),
    "a push that was not wanted": Case(respond=http2.pushes, phase=Phase.FIRST_BYTE, reason="not valid HTTP/2"),
    "a status that is none": Case(respond=http2.has_no_status, phase=Phase.FIRST_BYTE, reason="its status is 'fine'"),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
async def test_a_bad_answer_is_a_protocol_failure(case: Case, tmp_path: Path) -> None:
    """The reason has the protocol's own name for what the server did."""
    tls = server_context(identity("shop.test"), tmp_path, alpn=BOTH)
    async with listening(speaking_http2(case.respond), tls=tls) as port:
        seen = await attempt(monitor(f"https://shop.test:{port}/", http2=True), tools(resolver=NAMES))
    assert seen.failure is not None
    assert (seen.verdict, seen.failure.kind, seen.failure.phase) == (case.verdict, case.kind, case.phase)
    assert case.reason in seen.failure.reason
    assert seen.status_code == (200 if case.phase is Phase.TRANSFER else None)


@pytest.mark.parametrize(
    ("words", "reason"),
    [(b"HTTP/1.1 200 OK\r\n\r\n" * 10, "not valid HTTP/2"), (b"", "closed without an answer")],
    ids=["HTTP/1.1 all the same", "nothing"],
)
async def test_an_agreement_that_is_not_kept_is_a_protocol_failure(words: bytes, reason: str, tmp_path: Path) -> None:
    """A server that agreed on HTTP/2 and speaks something else has broken the protocol."""

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(10)
        writer.write(words)

    async with listening(handle, tls=server_context(identity("shop.test"), tmp_path, alpn=["h2"])) as port:
        seen = await attempt(monitor(f"https://shop.test:{port}/", http2=True), tools(resolver=NAMES))
    assert seen.failure is not None
    assert (seen.failure.kind, seen.failure.phase) == (FailureKind.PROTOCOL, Phase.FIRST_BYTE)
    assert reason in seen.failure.reason
