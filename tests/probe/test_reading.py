"""What is read of a plain answer is what httpx would have made of it."""

import gzip

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.adapters.http.codec import Head
from functions.adapters.http.reading import BODY_LIMIT, is_plain, readable
from functions.domain.verdict import Verdict
from tests.probe.probing import attempt, monitor
from tests.targets.server import Behaviour, Call, answer, serving

NAMES = st.sampled_from([b"X-A", b"x-a", b"Set-Cookie", b"content-type", b"Server"])
VALUES = st.one_of(st.binary(max_size=8), st.text(max_size=8).map(str.encode), st.just(b"plain, text"))


@given(st.lists(st.tuples(NAMES, VALUES), max_size=6))
def test_headers_are_read_as_httpx_reads_them(raw: list[tuple[bytes, bytes]]) -> None:
    """Names in lower case, values of one name joined, and the same guess at what is not ASCII."""
    assert readable(raw) == {name.lower(): value for name, value in httpx.Headers(raw).items()}


@pytest.mark.parametrize(
    ("headers", "plain"),
    [
        ([(b"Content-Type", b"application/json")], True),
        ([], True),
        ([(b"Location", b"/b")], False),
        ([(b"CONTENT-ENCODING", b"gzip")], False),
        ([(b"content-encoding", b"identity")], False),
    ],
)
def test_an_answer_is_plain_that_leads_nowhere_and_is_not_encoded(
    headers: list[tuple[bytes, bytes]], *, plain: bool
) -> None:
    """All others are httpx's."""
    assert is_plain(Head(status=200, headers=headers, version=b"HTTP/1.1")) is plain


def says(*pieces: bytes) -> Behaviour:
    """Return a target that sends these pieces and closes."""

    async def behave(call: Call) -> None:
        for piece in pieces:
            await call.send(piece)

    return behave


BODY = b'{"status":"healthy"}'
WHOLE = answer(BODY)
TARGETS = {
    "in one piece": says(WHOLE),
    "in two pieces": says(WHOLE[:-5], WHOLE[-5:]),
    "in chunks": says(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n14\r\n" + BODY + b"\r\n0\r\n\r\n"),
    "until it closes": says(b"HTTP/1.1 200 OK\r\n\r\n" + BODY),
    "gzipped": says(answer(gzip.compress(BODY), headers=("content-encoding: gzip",))),
    "called identity": says(answer(BODY, headers=("content-encoding: identity",))),
    "with a location that is none": says(answer(BODY, headers=("location: /elsewhere",))),
}


@pytest.mark.parametrize("target", TARGETS.values(), ids=TARGETS)
async def test_a_body_is_the_same_however_it_comes(target: Behaviour) -> None:
    """Whichever way it is read, the same claims hold."""
    async with serving(target) as port:
        expect = {"status": {"eq": 200}, "json": {"$.status": {"eq": "healthy"}}, "body": {"length": {"eq": len(BODY)}}}
        seen = await attempt(monitor(f"http://127.0.0.1:{port}/", expect=expect))
    assert seen.verdict is Verdict.UP, seen.failure


@pytest.mark.parametrize("size", [BODY_LIMIT, BODY_LIMIT + 1])
async def test_a_body_is_whole_up_to_the_limit(size: int) -> None:
    """One byte more, and what is missing is said."""
    async with serving(says(answer(b"x" * size))) as port:
        seen = await attempt(monitor(f"http://127.0.0.1:{port}/", timeout=10.0, expect={"body": {"ends_with": "x"}}))
    assert (seen.verdict is Verdict.UP) is (size == BODY_LIMIT), seen
