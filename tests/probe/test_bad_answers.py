"""What each bad answer over HTTP/1.1 gives."""

import time
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import pytest

from functions.domain.part import Expand
from functions.domain.verdict import FailureKind, Phase, Verdict
from tests.probe.probing import attempt, monitor
from tests.targets import behaviours
from tests.targets.behaviours import says
from tests.targets.server import Behaviour, answer, serving

UP, DEGRADED, DOWN = Verdict.UP, Verdict.DEGRADED, Verdict.DOWN
HEAD = b"HTTP/1.1 200 OK\r\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A target and what a check of it says."""

    target: Behaviour
    verdict: Verdict = DOWN
    kind: FailureKind | None = FailureKind.PROTOCOL
    phase: Phase | None = None
    reason: str = ""
    status: int | None = None
    path: str = "/"
    request: dict[str, Any] = field(default_factory=dict)


up = partial(Case, verdict=UP, kind=None, status=200)
"""A case in which all is well after all."""


part = partial(Case, verdict=DEGRADED, kind=FailureKind.JSON, status=200, request={"expand": Expand()})
"""A case in which the parts of a health body are looked at."""

FIRST, TRANSFER = Phase.FIRST_BYTE, Phase.TRANSFER
QUICK = {"timeout": 0.4}
CASES = {
    "healthy": up(target=behaviours.healthy),
    "hangs": Case(
        target=behaviours.hangs,
        kind=FailureKind.TIMEOUT,
        phase=FIRST,
        reason="timed out after 0.4 s, waiting for the first byte",
        request=QUICK,
    ),
    "drips headers": Case(
        target=behaviours.drips_headers, kind=FailureKind.TIMEOUT, phase=FIRST, reason="0.4 s", request=QUICK
    ),
    "drips the body": Case(
        target=behaviours.drips_body,
        kind=FailureKind.TIMEOUT,
        phase=TRANSFER,
        reason="receiving the answer",
        status=200,
        request=QUICK,
    ),
    "resets before the answer": Case(
        target=behaviours.resets_before_answer, phase=FIRST, reason="reset before an answer came"
    ),
    "resets in the headers": Case(target=behaviours.resets_in_headers, phase=FIRST, reason="reset"),
    "resets in the body": Case(
        target=behaviours.resets_in_body, phase=TRANSFER, reason="reset in the middle of the answer", status=200
    ),
    "closes without an answer": Case(target=says(b""), phase=FIRST, reason="closed without an answer"),
    "closes in the headers": Case(target=says(HEAD + b"x: y\r\n"), phase=FIRST, reason="middle of the headers"),
    "closes in the body": Case(
        target=says(HEAD + b"content-length: 100\r\n\r\nhello"),
        phase=TRANSFER,
        reason="closed after 5 bytes of the body; 100 were announced",
        status=200,
    ),
    "sends more than announced": up(target=says(HEAD + b"content-length: 2\r\n\r\nokGARBAGE")),
    "length that is no number": Case(
        target=says(HEAD + b"content-length: many\r\n\r\nok"), phase=FIRST, reason="not valid HTTP"
    ),
    "two different lengths": Case(
        target=says(HEAD + b"content-length: 2\r\ncontent-length: 3\r\n\r\nok"), phase=FIRST, reason="not valid HTTP"
    ),
    "body until the end": up(target=says(HEAD + b"\r\nhello")),
    "broken chunk size": Case(
        target=says(HEAD + b"transfer-encoding: chunked\r\n\r\nzz\r\nhello\r\n"),
        phase=TRANSFER,
        reason="body is broken",
        status=200,
    ),
    "no last chunk": Case(
        target=says(HEAD + b"transfer-encoding: chunked\r\n\r\n5\r\nhello\r\n"),
        phase=TRANSFER,
        reason="closed",
        status=200,
    ),
    "HTTP/0.9": Case(target=says(b"<html>hello</html>"), phase=FIRST, reason="not HTTP: it begins with '<html>hello"),
    "another protocol": Case(
        target=says(b"SSH-2.0-OpenSSH_9.6\r\n"), phase=FIRST, reason="not HTTP: it begins with 'SSH-2.0"
    ),
    "binary garbage": Case(target=says(bytes(range(256)) * 50), phase=FIRST, reason="not HTTP"),
    "status that is no number": Case(target=says(b"HTTP/1.1 OK\r\n\r\n"), phase=FIRST, reason="not valid HTTP"),
    "endless headers": Case(target=behaviours.endless_headers, phase=FIRST, reason="headers are larger than 64 KiB"),
    "one endless header": Case(target=says(HEAD + b"x: " + b"y" * 500_000), phase=FIRST, reason="larger than 64 KiB"),
    "endless 1xx": Case(target=behaviours.endless_interim, phase=FIRST, reason="more than 10 1xx answers"),
    "a 1xx before the answer": up(target=says(b"HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n" + answer())),
    "uninvited 101": Case(target=says(b"HTTP/1.1 101 Switching Protocols\r\n\r\n"), phase=FIRST, reason="not valid"),
    "10 GB": up(target=behaviours.ten_gigabytes),
    "endless chunks of a byte": up(target=behaviours.endless_chunks),
    "gzip bomb": up(target=behaviours.gzip_bomb()),
    "gzip in gzip bomb": up(target=behaviours.nested_bomb()),
    "good gzip": up(target=behaviours.good_gzip(), request={"expect": {"json": {"$.status": {"eq": "healthy"}}}}),
    "broken gzip": Case(target=behaviours.broken_gzip(), phase=TRANSFER, reason="encoding is broken", status=200),
    "broken UTF-8": Case(
        target=says(answer(b'{"status": "\xff\xfe"}')),
        kind=FailureKind.JSON,
        reason="body",
        status=200,
        request={"expect": {"json": {"$.status": {"eq": "healthy"}}}},
    ),
    "not JSON": Case(
        target=says(answer(b"<html>")),
        kind=FailureKind.JSON,
        reason="body",
        status=200,
        request={"expect": {"json": {"$.status": {"eq": "healthy"}}}},
    ),
    "parts, one failed, 200 all the same": part(
        target=says(answer(b'{"status": "healthy", "database": "fail", "cache": "ok"}')),
        reason='$.database: "fail"',
    ),
    "parts, one failed, 503": part(
        target=says(answer(b'{"database": "fail"}', status="503 Service Unavailable")),
        kind=FailureKind.STATUS,
        reason='status: expected 2xx, got 503; $.database: "fail"',
        status=503,
    ),
    "parts as health+json, one warns": part(
        target=says(answer(b'{"status": "pass", "checks": {"db:time": [{"status": "pass"}, {"status": "warn"}]}}')),
        reason="$.checks['db:time'][1].status: \"warn\"",
    ),
    "parts of a body that is HTML": part(target=says(answer(b"<html>")), reason="expand: body is not JSON"),
    "parts of an empty body": part(target=says(answer(b"")), reason="expand: body is empty"),
    "parts of a body that is cut": part(target=behaviours.gzip_bomb(), reason="expand: body was cut"),
    "parts of a list": part(
        target=says(answer(b"[1, 2]")), kind=FailureKind.SCHEMA, reason="no JSON object with parts: [1, 2]"
    ),
    "parts of numbers alone": part(
        target=says(answer(b'{"uptime": 1234, "load": 0.5}')),
        kind=FailureKind.SCHEMA,
        reason="neither a `status` nor a part",
    ),
    "parts nested beyond any use": part(
        target=says(answer(b'{"a":' * 5000 + b"1" + b"}" * 5000)), reason="nested more than 100 deep"
    ),
    "a thousand parts, the last failed": part(
        target=says(answer(b'{%s, "last": "fail"}' % b", ".join(b'"p%d": "ok"' % n for n in range(900)))),
        reason='$.last: "fail"',
    ),
    "500": Case(target=says(answer(status="500 Oops")), kind=FailureKind.STATUS, reason="status", status=500),
    "204": up(target=says(b"HTTP/1.1 204 No Content\r\n\r\n"), status=204),
    "304": Case(
        target=says(b"HTTP/1.1 304 Not Modified\r\ncontent-length: 5000\r\n\r\n"),
        kind=FailureKind.STATUS,
        reason="304",
        status=304,
    ),
    "HEAD with a length": up(target=says(HEAD + b"content-length: 5000\r\n\r\n"), request={"method": "HEAD"}),
    "redirects in a circle": Case(target=behaviours.circle, phase=FIRST, reason="in a circle", path="/a"),
    "redirects without end": Case(target=behaviours.stairs, phase=FIRST, reason="more than 5 redirects"),
    "a redirect that is not to be followed": up(
        target=behaviours.circle, status=302, path="/a", request={"redirects": 0, "expect": {"status": {"eq": 302}}}
    ),
    "redirect to another scheme": Case(target=behaviours.redirects_to("ftp://localhost/x"), phase=None, reason="ftp"),
    "redirect to nonsense": Case(target=behaviours.redirects_to("http://host:port/"), phase=None, reason="URL"),
    "redirect to nonsense that is not to be followed": up(
        target=says(b"HTTP/1.1 302 Found\r\nlocation: http://host:port/\r\ncontent-length: 0\r\n\r\n"),
        status=302,
        request={"redirects": 0, "expect": {"status": {"eq": 302}}},
    ),
    "redirect to a path behind no slashes": Case(
        target=behaviours.redirects_to("http:elsewhere"), phase=None, reason="no valid URL"
    ),
    "redirect to a script": Case(
        target=behaviours.redirects_to("javascript:alert(1)"), phase=None, reason="no valid URL"
    ),
    "redirect to a name that IDNA does not have": Case(
        target=behaviours.redirects_to("http://xn--/"), phase=None, reason="no valid URL"
    ),
    "redirect to the metadata service": Case(
        target=behaviours.redirects_to("http://169.254.169.254/latest/meta-data/"),
        kind=FailureKind.CONNECT,
        phase=Phase.CONNECT,
        reason="not allowed to connect to 169.254.169.254",
    ),
    "redirect to its IPv6 disguise": Case(
        target=behaviours.redirects_to("http://[::ffff:a9fe:a9fe]/"),
        kind=FailureKind.CONNECT,
        phase=Phase.CONNECT,
        reason="holds 169.254.169.254",
    ),
    "redirect to its number": Case(
        target=behaviours.redirects_to("http://2852039166/"),
        kind=FailureKind.CONNECT,
        phase=Phase.CONNECT,
        reason="169.254.169.254 is a link-local address",
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
async def test_each_answer_gives_its_own_result(case: Case) -> None:
    """Verdict, kind, phase and words are those of the table, and no check takes longer than it may."""
    async with serving(case.target) as port:
        watched = monitor(f"http://127.0.0.1:{port}{case.path}", **case.request)
        started = time.perf_counter()
        seen = await attempt(watched)
        took = time.perf_counter() - started
    assert seen.verdict is case.verdict, seen
    failure = seen.failure
    assert (failure.kind if failure else None) is case.kind, seen
    if failure is not None:
        assert case.reason in failure.reason
        assert case.phase in (None, failure.phase)
    assert seen.status_code == case.status
    assert (seen.latency_ms is not None) == (seen.status_code is not None and case.phase is None)
    assert took < watched.timeout + 0.5
