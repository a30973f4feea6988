"""HTTP/2 where it is asked for and the server has it."""

import asyncio
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


@pytest.mark.parametrize(
    ("respond", "phase", "reason"),
    [
        (http2.resets, Phase.FIRST_BYTE, "stream was reset: ENHANCE_YOUR_CALM"),
        (http2.resets_in_body, Phase.TRANSFER, "stream was reset: INTERNAL_ERROR"),
        (http2.goes_away, Phase.FIRST_BYTE, "connection was ended: INADEQUATE_SECURITY"),
        (http2.lies_about_length, Phase.TRANSFER, "not valid HTTP/2"),
    ],
)
async def test_a_bad_answer_is_a_protocol_failure(respond: Respond, phase: Phase, reason: str, tmp_path: Path) -> None:
    """The reason has the protocol's own name for what the server did."""
    tls = server_context(identity("shop.test"), tmp_path, alpn=BOTH)
    async with listening(speaking_http2(respond), tls=tls) as port:
        seen = await attempt(monitor(f"https://shop.test:{port}/", http2=True), tools(resolver=NAMES))
    assert seen.failure is not None
    assert (seen.failure.kind, seen.failure.phase) == (FailureKind.PROTOCOL, phase)
    assert reason in seen.failure.reason
    assert seen.status_code == (200 if phase is Phase.TRANSFER else None)


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
