"""One kind of check for each monitor, and what can be asked of its answer."""

import pytest

from configuration.models.expectation import Expectation
from configuration.models.kinds import KINDS
from functions import kinds
from functions.domain.checks.check import Check
from functions.domain.checks.dns import DnsCheck
from functions.domain.checks.tcp import TcpCheck
from functions.domain.checks.tls import TlsCheck
from functions.domain.checks.websocket import WebsocketCheck
from tests.configuration.texts import HEAD, Expected, assert_problems, compiled, deployed


def one(*lines: str) -> str:
    """Return a file with a monitor of these lines, the first of which is line 4."""
    return HEAD + "monitors:\n  - id: x\n" + "".join(f"    {line}\n" for line in lines)


def test_the_file_and_the_functions_know_the_same_kinds() -> None:
    """What can be written is what can be executed."""
    assert list(KINDS) == list(kinds.KINDS)


def test_every_claim_of_a_kind_can_be_written() -> None:
    """A kind promises nothing that `expect` does not know."""
    known = {field.alias or name for name, field in Expectation.model_fields.items()}
    assert all(known.issuperset(model.claims) for model in KINDS.values())


CHECKS = (
    (one("tcp: {host: db.acme.example, port: 5432}"), TcpCheck(host="db.acme.example", port=5432)),
    (
        one("tcp: {host: x.example, port: 25}", "expect: {body: {starts_with: '220'}}"),
        TcpCheck(host="x.example", port=25, read=True),
    ),
    (
        one('tcp: {host: x.example, port: 6379, send: "PING\\r\\n"}'),
        TcpCheck(host="x.example", port=6379, send="PING\r\n", read=True),
    ),
    (
        one("tcp: {host: '2001:db8:1::1', port: 5432, send_hex: 0000000804d2162f, length: 1}"),
        TcpCheck(host="2001:db8:1::1", port=5432, send="0000000804d2162f", encoding="hex", read=True, length=1),
    ),
    (
        one("tcp: {host: x.example, port: 1, send_base64: aGk=, until: 'bye'}"),
        TcpCheck(host="x.example", port=1, send="aGk=", encoding="base64", read=True, until="bye"),
    ),
    (one("tls: {host: x.example}"), TlsCheck(host="x.example")),
    (
        one("tls: {host: x.example, port: 993, server_name: y.example, minimum_version: '1.3', verify: false}"),
        TlsCheck(host="x.example", port=993, server_name="y.example", minimum_version="1.3", verify=False),
    ),
    (one("dns: {name: x.example}"), DnsCheck(name="x.example")),
    (
        one("dns: {name: x.example, type: MX, resolver: 1.1.1.1, port: 5353}"),
        DnsCheck(name="x.example", type="MX", resolver="1.1.1.1", port=5353),
    ),
    (one("websocket: {url: 'wss://x.example/live'}"), WebsocketCheck(url="wss://x.example/live")),
    (
        one(
            "websocket: {url: 'ws://x.example', headers: {A: b}, subprotocol: c, send: d, verify: false}",
            "degraded: {json: {$.a: 1}}",
        ),
        WebsocketCheck(url="ws://x.example", headers={"a": "b"}, subprotocol="c", send="d", verify=False, read=True),
    ),
)


@pytest.mark.parametrize(("text", "check"), CHECKS)
def test_every_part_of_a_check_arrives(text: str, check: Check) -> None:
    """From the words of the file to the fields of the check."""
    assert deployed(compiled(text.replace("page:", "allow_private_targets: true\npage:"))).monitors["x"].check == check


PROBLEMS: tuple[tuple[str, tuple[Expected, ...]], ...] = (
    (one("name: X"), ((3, 5, "monitors[0]", "there is nothing to check; one of these keys", None),)),
    (
        one("tcp: {host: x.example, port: 1}", "tls: {host: x.example}"),
        ((5, 5, "monitors[0].tls", "a monitor has one kind of check, but `tcp`, `tls` are there", None),),
    ),
    (one("tpc: {host: x.example, port: 1}"), ((4, 5, "monitors[0].tpc", 'unknown key "tpc"', "tcp"),)),
    (
        one("tcp: {host: x.example, port: 1}", "expect: {status: 200}"),
        ((5, 14, "monitors[0].expect.status", "a tcp check has no `status`; what can be asked of it: `body`", None),),
    ),
    (
        one("tls: {host: x.example}", "degraded: {body: a}"),
        ((5, 16, "monitors[0].degraded.body", "a tls check has no `body`; what can be asked", None),),
    ),
    (one("tcp: {host: x.example}"), ((4, 10, "monitors[0].tcp", "the key `port` is missing", None),)),
    (
        one("tcp: {host: x.example, port: 70000}"),
        ((4, 34, "monitors[0].tcp.port", "the most that is allowed is 65535", None),),
    ),
    (
        one("tls: {host: 'https://x.example/health'}"),
        ((4, 17, "monitors[0].tls.host", "scheme, port and path have no place here", "x.example"),),
    ),
    (
        one("tls: {host: 'x.example:443'}"),
        ((4, 17, "monitors[0].tls.host", "scheme, port and path have no place here", "x.example"),),
    ),
    (
        one("tcp: {host: 10.0.0.1, port: 1}"),
        ((4, 17, "monitors[0].tcp.host", "10.0.0.1 is a private address", None),),
    ),
    (
        one("tls: {host: 169.254.169.254}"),
        ((4, 17, "monitors[0].tls.host", "169.254.169.254 is a link-local address", None),),
    ),
    (
        one("tcp: {host: x.example, port: 1, send: a, send_hex: '00'}"),
        ((4, 46, "monitors[0].tcp.send_hex", "`send`, `send_hex` exclude each other", None),),
    ),
    (
        one("tcp: {host: x.example, port: 1, send_hex: abc}"),
        ((4, 47, "monitors[0].tcp.send_hex", '"abc" is not hexadecimal', None),),
    ),
    (
        one("dns: {name: x.example, type: mx}"),
        ((4, 34, "monitors[0].dns.type", 'found "mx" (text); allowed: `A`', "MX"),),
    ),
    (
        one("dns: {name: 'https://x.example'}"),
        ((4, 17, "monitors[0].dns.name", "is no name of the DNS", None),),
    ),
    (
        one("dns: {name: x.example, resolver: dns.example}"),
        ((4, 38, "monitors[0].dns.resolver", "a name server is named by its address", None),),
    ),
    (
        one("dns: {name: x.example, resolver: 169.254.169.253}"),
        ((4, 38, "monitors[0].dns.resolver", "169.254.169.253 is a link-local address", None),),
    ),
    (
        one("dns: {name: x.example}", "expect: {answers: [1]}"),
        ((5, 23, "monitors[0].expect.answers", "answers are texts; put what stands for a number in quotes", None),),
    ),
    (
        one("websocket: {url: 'ftp://x.example'}"),
        ((4, 22, "monitors[0].websocket.url", "found the scheme `ftp`", None),),
    ),
    (
        one("websocket: {url: 'https://x.example/live'}"),
        (
            (
                4,
                22,
                "monitors[0].websocket.url",
                "found the scheme `https`; the address of a WebSocket starts with `wss://` or `ws://`",
                "wss://x.example/live",
            ),
        ),
    ),
    (
        one("websocket: {url: 'x.example/live'}"),
        ((4, 22, "monitors[0].websocket.url", "found no scheme; the address of a WebSocket starts with", None),),
    ),
    (
        one("websocket: {url: 'ws://10.0.0.1/live'}"),
        ((4, 22, "monitors[0].websocket.url", "10.0.0.1 is a private address", None),),
    ),
    (
        one("tls: {host: x.example, minimum_version: 1.3}"),
        ((4, 45, "monitors[0].tls.minimum_version", 'found 1.3 (a number); allowed: `"1.2"`, `"1.3"`', '"1.3"'),),
    ),
    (
        one("tls: {host: x.example, minimum_version: 1.1}"),
        ((4, 45, "monitors[0].tls.minimum_version", 'found 1.1 (a number); allowed: `"1.2"`, `"1.3"`', None),),
    ),
    (
        one("tcp: x.example:443"),
        ((4, 10, "monitors[0].tcp", "a mapping is needed: lines of `key: value`, such as `host: …`", None),),
    ),
    (
        one("http: {url: 'https://x.example'}", "slo: {target: '99.9'}"),
        ((5, 19, "monitors[0].slo.target", 'found "99.9" (text); a number is needed', "99.9"),),
    ),
    (
        one("http: {url: 'https://x.example'}", "slo: 99.9"),
        ((5, 10, "monitors[0].slo", "a mapping is needed: lines of `key: value`, such as `target: …`", None),),
    ),
)


@pytest.mark.parametrize(("text", "expected"), PROBLEMS)
def test_what_is_wrong_with_a_check_is_told(text: str, expected: tuple[Expected, ...]) -> None:
    """Line, column, key, words and the nearest known word."""
    assert_problems(text, expected)


def test_a_secret_of_any_kind_may_be_read_by_the_probe() -> None:
    """What a TCP check sends is a secret as a header is."""
    configuration = compiled(one("tcp: {host: x.example, port: 6379, send: 'AUTH secret:acme/cache'}"))
    assert [secret.name for secret in configuration.deployment.secrets] == ["acme/cache"]


@pytest.mark.parametrize(
    ("written", "compiled_to"),
    [
        ("['b', 'a']", {"eq": ["a", "b"]}),
        ("a", {"eq": ["a"]}),
        ("{ne: ['b', 'a'], contains: c}", {"ne": ["a", "b"], "contains": "c"}),
        ("{each: {matches: '^a'}, length: {gt: 1}}", {"each": {"matches": "^a"}, "length": {"gt": 1}}),
    ],
)
def test_whole_answers_are_compared_in_order(written: str, compiled_to: object) -> None:
    """The probe gives them sorted, and so does the file."""
    monitors = compiled(one("dns: {name: x.example}", f"expect: {{answers: {written}}}")).runtime["monitors"]
    assert isinstance(monitors, list)
    assert [monitor["expect"] for monitor in monitors] == [{"answers": compiled_to}]
