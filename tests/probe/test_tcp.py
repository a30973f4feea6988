"""What each TCP target gives."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from functions.domain.address import AddressPolicy
from functions.domain.checks.tcp import TcpCheck
from functions.domain.verdict import FailureKind, Phase, Verdict
from functions.execution import UnmadeError
from tests.probe.cases import Case, assert_case
from tests.probe.probing import Names, attempt, tools, watching
from tests.targets import lines
from tests.targets.lines import greets, nobody, replies, served, swallows


def tcp(**fields: Any) -> Callable[[int], TcpCheck]:  # noqa: ANN401 - the fields of TcpCheck
    """Return what makes a check of a port."""
    return lambda port: TcpCheck(host="127.0.0.1", port=port, **fields)


up = partial(Case, verdict=Verdict.UP)
PING = {"send": "PING\r\n", "read": True}
SSL_REQUEST = {"send": "0000000804d2162f", "encoding": "hex", "read": True, "length": 1}
SMTP = {"body": {"starts_with": "220 "}}

CASES = {
    "a port that is open": up(target=greets(b""), check=tcp()),
    "a port that nobody listens on": Case(
        target=nobody,
        check=tcp(),
        kind=FailureKind.CONNECT,
        phase=Phase.CONNECT,
        reason="connection refused by 127.0.0.1",
    ),
    "a port that swallows packets": Case(
        target=swallows,
        check=tcp(),
        timeout=0.4,
        kind=FailureKind.TIMEOUT,
        phase=Phase.CONNECT,
        reason="timed out after 0.4 s, connecting",
    ),
    "a greeting as it should be": up(
        target=greets(b"220 mail.acme.example ESMTP\r\n"), check=tcp(read=True), expect=SMTP
    ),
    "a greeting that says no": Case(
        target=greets(b"421 too busy\r\n"),
        check=tcp(read=True),
        expect=SMTP,
        kind=FailureKind.BODY,
        reason='body: expected to start with "220 ", got "421 too busy\\r\\n"',
    ),
    "no greeting": Case(
        target=greets(b""),
        check=tcp(read=True),
        timeout=0.4,
        kind=FailureKind.TIMEOUT,
        phase=Phase.FIRST_BYTE,
        reason="waiting for the first byte",
    ),
    "a greeting without an end": Case(
        target=served(lines.drips),
        check=tcp(read=True),
        timeout=0.4,
        kind=FailureKind.TIMEOUT,
        phase=Phase.TRANSFER,
        reason="receiving the answer",
    ),
    "a flood": Case(
        target=served(lines.floods),
        check=tcp(read=True),
        expect={"body": {"not_contains": "error"}},
        kind=FailureKind.BODY,
        reason="it was too long to be read to its end",
    ),
    "a question that is answered": up(
        target=replies(b"PING\r\n", b"+PONG\r\n"), check=tcp(**PING), expect={"body": {"eq": "+PONG\r\n"}}
    ),
    "a question that is not understood": Case(
        target=replies(b"HELLO\r\n", b"+PONG\r\n"),
        check=tcp(**PING),
        expect={"body": {"starts_with": "+PONG"}},
        kind=FailureKind.BODY,
        reason="-ERR unknown command",
    ),
    "an answer of one byte": up(
        target=replies(bytes.fromhex("0000000804d2162f"), b"SN"), check=tcp(**SSL_REQUEST), expect={"body": {"eq": "S"}}
    ),
    "an answer that is too short": Case(
        target=greets(b"ab", stays=False),
        check=tcp(read=True, length=4),
        kind=FailureKind.PROTOCOL,
        phase=Phase.TRANSFER,
        reason="closed after 2 bytes of the answer; 4 were wanted",
    ),
    "an answer in several lines": up(
        target=greets(b"* one\r\n* two\r\nOK done\r\n"),
        check=tcp(read=True, until="OK done"),
        expect={"body": {"contains": "* two"}},
    ),
    "more lines than the first, in one packet": up(
        target=greets(b"220 ready\r\n250 more\r\n"), check=tcp(read=True), expect={"body": {"eq": "220 ready\r\n"}}
    ),
    "more behind the text that ends it, in one packet": up(
        target=greets(b"* one\r\nOK done\r\n* next"),
        check=tcp(read=True, until="OK done\r\n"),
        expect={"body": {"eq": "* one\r\nOK done\r\n"}},
    ),
    "an answer that ends too early": Case(
        target=greets(b"* one\r\n", stays=False),
        check=tcp(read=True, until="OK done"),
        kind=FailureKind.PROTOCOL,
        phase=Phase.TRANSFER,
        reason='closed after 7 bytes of the answer; before "OK done" came',
    ),
    "an answer that ends with the connection": up(
        target=greets(b"hello", stays=False), check=tcp(read=True), expect={"body": {"eq": "hello"}}
    ),
    "closes without a word": Case(
        target=greets(b"", stays=False),
        check=tcp(read=True),
        kind=FailureKind.PROTOCOL,
        phase=Phase.FIRST_BYTE,
        reason="the connection was closed without an answer",
    ),
    "resets when it is spoken to": Case(
        target=served(lines.resets),
        check=tcp(**PING),
        kind=FailureKind.PROTOCOL,
        phase=Phase.FIRST_BYTE,
        reason="reset before an answer came",
    ),
    "resets in the middle of a line": Case(
        target=served(lines.resets_after_a_word),
        check=tcp(read=True),
        kind=FailureKind.PROTOCOL,
        phase=Phase.TRANSFER,
        reason="reset in the middle of the answer",
    ),
    "slower than it should be": Case(
        target=greets(b"220 \r\n"),
        check=tcp(read=True),
        expect={"latency": {"lt": 0}},
        kind=FailureKind.LATENCY,
        reason="latency: expected < 0 ms",
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
async def test_each_target_gives_its_own_result(case: Case) -> None:
    """Verdict, kind, phase and words are those of the table."""
    await assert_case(case)


async def test_that_a_port_is_open_is_told_by_the_time_to_connect() -> None:
    """Where nothing is said, there are no phases for what was not waited for."""
    seen = await assert_case(CASES["a port that is open"])
    phases = seen.phases
    assert phases.connect is not None
    assert (phases.tls, phases.first_byte, phases.transfer) == (None, None, None)
    assert seen.latency_ms == phases.total
    assert seen.status_code is None


async def test_a_conversation_has_the_phases_of_one() -> None:
    """From the question to the first byte, and from that to the end."""
    phases = (await assert_case(CASES["a question that is answered"])).phases
    assert None not in (phases.dns, phases.connect, phases.first_byte, phases.transfer)


@pytest.mark.parametrize(
    ("address", "policy", "words"),
    [
        ("127.0.0.1", AddressPolicy(), "`allow_private_targets: true` in pulseboard.yaml allows it"),
        ("169.254.169.254", AddressPolicy(allow_private=True), "169.254.169.254 is a link-local address"),
    ],
)
async def test_where_a_check_may_connect_holds_for_tcp_too(address: str, policy: AddressPolicy, words: str) -> None:
    """A name is vetted by what it resolves to."""
    using = tools(resolver=Names({"db.test": (address,)}), policy=policy)
    seen = await attempt(watching(TcpCheck(host="db.test", port=5432)), using)
    assert seen.failure is not None
    assert seen.failure.kind is FailureKind.CONNECT
    assert words in seen.failure.reason


async def test_a_secret_that_is_no_hex_is_our_failure() -> None:
    """What the secret holds is no outage of the target, and is not quoted."""
    check = TcpCheck(host="127.0.0.1", port=9, send="hunter2", encoding="hex", read=True)
    with pytest.raises(UnmadeError, match="what is to be sent is not hex"):
        await attempt(watching(check))
