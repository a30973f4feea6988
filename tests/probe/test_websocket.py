"""What each WebSocket gives."""

import asyncio
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from wsproto.events import BytesMessage, CloseConnection, Ping, Pong, Request, TextMessage

from functions.domain.checks.websocket import WebsocketCheck
from functions.domain.verdict import FailureKind, Phase, Verdict
from tests.probe.cases import Case, assert_case
from tests.probe.probing import Names, attempt, tools, watching
from tests.probe.test_tls import closes_at_once
from tests.targets.behaviours import healthy
from tests.targets.behaviours import says as says_http
from tests.targets.certificates import identity, server_context
from tests.targets.lines import greets, nobody, served
from tests.targets.server import listening, serving
from tests.targets.websocket import echoes, is_silent, serving_websockets, speaks


def opens(**fields: Any) -> Callable[[int], WebsocketCheck]:  # noqa: ANN401 - the fields of WebsocketCheck
    """Return what makes a check of a port."""
    return lambda port: WebsocketCheck(url=f"ws://127.0.0.1:{port}/live?a=b", **fields)


up = partial(Case, verdict=Verdict.UP)
hello = partial(opens, send="hello", read=True)
broken = partial(Case, kind=FailureKind.PROTOCOL)

CASES = {
    "an upgrade": up(target=speaks(is_silent), check=opens()),
    "an echo": up(target=speaks(echoes), check=hello(), expect={"body": {"eq": "hello"}}),
    "a message without being asked": up(
        target=speaks(lambda m: [] if m else [TextMessage(data='{"status": "ok"}')]),
        check=opens(read=True),
        expect={"json": {"$.status": {"eq": "ok"}}},
    ),
    "a message in pieces, with a ping between": up(
        target=speaks(
            lambda m: (
                [
                    TextMessage(data="one ", message_finished=False),
                    Ping(payload=b"there?"),
                    TextMessage(data="two"),
                ]
                if m
                else []
            )
        ),
        check=hello(),
        expect={"body": {"eq": "one two"}},
    ),
    "a message of bytes": up(
        target=speaks(lambda m: [BytesMessage(data=b"ok")] if m else []), check=hello(), expect={"body": {"eq": "ok"}}
    ),
    "the subprotocol that was wanted": up(
        target=speaks(is_silent, subprotocol="graphql-ws"), check=opens(subprotocol="graphql-ws")
    ),
    "no subprotocol": broken(
        target=speaks(is_silent),
        check=opens(subprotocol="graphql-ws"),
        phase=Phase.FIRST_BYTE,
        reason='the server does not speak the subprotocol "graphql-ws"',
    ),
    "another message": Case(
        target=speaks(echoes),
        check=hello(),
        expect={"body": {"eq": "bye"}},
        kind=FailureKind.BODY,
        reason='body: expected "bye", got "hello"',
    ),
    "a message that is no JSON": Case(
        target=speaks(echoes),
        check=hello(),
        expect={"json": {"$.status": {"eq": "ok"}}},
        kind=FailureKind.JSON,
        reason="body",
    ),
    "no message": Case(
        target=speaks(is_silent),
        check=hello(),
        timeout=0.4,
        kind=FailureKind.TIMEOUT,
        phase=Phase.TRANSFER,
        reason="receiving the answer",
    ),
    "an HTTP 403 in place of an upgrade": Case(
        target=speaks(is_silent, rejects=403),
        check=opens(),
        kind=FailureKind.STATUS,
        reason="the server does not upgrade, but answers HTTP 403",
    ),
    "an HTTP 200 in place of an upgrade": Case(
        target=lambda: serving(healthy), check=opens(), kind=FailureKind.STATUS, reason="answers HTTP 200"
    ),
    "an upgrade with a wrong key": broken(
        target=lambda: serving(
            says_http(
                b"HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\n"
                b"sec-websocket-accept: AAAA\r\n\r\n"
            )
        ),
        check=opens(),
        phase=Phase.FIRST_BYTE,
        reason="the answer is no upgrade to a WebSocket",
    ),
    "another protocol": broken(
        target=greets(b"220 mail.acme.example ESMTP\r\n"),
        check=opens(),
        phase=Phase.FIRST_BYTE,
        reason="the answer is not HTTP: it begins with '220 mail",
    ),
    "frames that are none": broken(
        target=speaks(lambda m: [b"\xff\xff garbage"] if m else []),
        check=hello(),
        phase=Phase.TRANSFER,
        reason='(1002 "Invalid opcode 0xf")',
    ),
    "pings without end": broken(
        target=speaks(lambda m: [Ping(payload=b"")] * 5000 if m else []),
        check=hello(),
        phase=Phase.TRANSFER,
        reason="2000 frames brought no message",
    ),
    "a message of empty pieces": broken(
        target=speaks(lambda m: [TextMessage(data="", message_finished=False)] * 5000 if m else []),
        check=hello(),
        phase=Phase.TRANSFER,
        reason="2000 frames brought no message",
    ),
    "a few pings before the message": up(
        target=speaks(lambda m: [*[Ping(payload=b"")] * 50, TextMessage(data=m)] if m else []),
        check=hello(),
        expect={"body": {"eq": "hello"}},
    ),
    "a close in place of a message": broken(
        target=speaks(lambda m: [CloseConnection(code=1011, reason="oops")] if m else []),
        check=hello(),
        phase=Phase.TRANSFER,
        reason='the WebSocket was closed (1011 "oops") before a message came',
    ),
    "closes without an answer": broken(
        target=served(closes_at_once), check=opens(), phase=Phase.FIRST_BYTE, reason="closed without an answer"
    ),
    "hangs": Case(
        target=greets(b""),
        check=opens(),
        timeout=0.4,
        kind=FailureKind.TIMEOUT,
        phase=Phase.FIRST_BYTE,
        reason="waiting for the first byte",
    ),
    "a port that nobody listens on": Case(
        target=nobody, check=opens(), kind=FailureKind.CONNECT, phase=Phase.CONNECT, reason="connection refused"
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
async def test_each_server_gives_its_own_result(case: Case) -> None:
    """Verdict, kind, phase and words are those of the table."""
    await assert_case(case)


async def test_a_server_sees_the_whole_of_a_conversation() -> None:
    """The address, the headers, the message, the answer to a ping, and a goodbye in form."""
    seen: list[object] = []
    said = serving_websockets(lambda m: [Ping(payload=b"x"), TextMessage(data="ok")] if m else [], seen=seen)
    async with listening(said) as port:
        check = WebsocketCheck(
            url=f"ws://127.0.0.1:{port}/live?a=b", headers={"authorization": "Bearer t"}, send="hello", read=True
        )
        result = await attempt(watching(check))
        await asyncio.sleep(0.05)
    assert result.verdict is Verdict.UP
    request, message, pong, goodbye = seen
    assert isinstance(request, Request)
    assert (request.host, request.target) == (f"127.0.0.1:{port}", "/live?a=b")
    assert (b"authorization", b"Bearer t") in request.extra_headers
    assert isinstance(message, TextMessage)
    assert isinstance(pong, Pong)
    assert isinstance(goodbye, CloseConnection)
    assert goodbye.code == 1000


async def test_over_tls_the_certificate_is_seen(tmp_path: Path) -> None:
    """All five phases, and when the certificate ends."""
    good = identity("shop.test")
    using = tools(resolver=Names({"shop.test": ("127.0.0.1",)}))
    async with listening(serving_websockets(echoes), tls=server_context(good, tmp_path)) as port:
        check = WebsocketCheck(url=f"wss://shop.test:{port}/", send="hello", read=True)
        seen = await attempt(watching(check, expect={"body": {"eq": "hello"}}), using)
    assert seen.verdict is Verdict.UP
    assert None not in (seen.phases.tls, seen.phases.first_byte, seen.phases.transfer)
    assert seen.certificate_expires_at == good.certificate.not_valid_after_utc
