"""The short way to read an answer says what h11 says, or nothing."""

from collections.abc import Sequence

import h11
import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.adapters.http.codec import Head, Mark
from functions.adapters.http.whole_answer import whole_answer

PLAIN = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\ncontent-length: 2\r\n\r\n{}"


def by_h11(data: bytes) -> tuple[int, Sequence[tuple[bytes, bytes]], bytes, bytes, bool]:
    """Return status, headers, version, body and whether that is all of it, as h11 reads them."""
    connection = h11.Connection(h11.CLIENT)
    connection.send(h11.Request(method="GET", target="/", headers=[("host", "a")]))
    connection.send(h11.EndOfMessage())
    connection.receive_data(data)
    head = connection.next_event()
    assert isinstance(head, h11.Response)
    body = b""
    while isinstance(event := connection.next_event(), h11.Data):
        body += event.data
    return (
        head.status_code,
        head.headers.raw_items(),
        b"HTTP/" + bytes(head.http_version),
        body,
        isinstance(event, h11.EndOfMessage) and not connection.trailing_data[0],
    )


@pytest.mark.parametrize(
    "data",
    [
        PLAIN,
        b"HTTP/1.0 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 200 \r\nX:\r\nY: \t a b\t\r\nContent-Length:3\r\n\r\nabc",
        b"HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\nSet-Cookie: a\r\nSet-Cookie: b\r\n\r\n\r\n\r\n",
    ],
)
def test_a_plain_answer_is_read_as_h11_reads_it(data: bytes) -> None:
    """Head, body and end, all at once."""
    events = whole_answer(b"GET", data)
    assert events is not None
    head, *pieces, end = events
    assert isinstance(head, Head)
    assert end is Mark.END
    body = b"".join(piece for piece in pieces if isinstance(piece, bytes))
    assert (head.status, list(head.headers), head.version, body, True) == by_h11(data)


@pytest.mark.parametrize(
    ("method", "data"),
    [
        (b"HEAD", PLAIN),
        (b"CONNECT", PLAIN),
        (b"GET", PLAIN[:-1]),
        (b"GET", PLAIN + b"x"),
        (b"GET", PLAIN[:20]),
        (b"GET", b""),
        (b"GET", PLAIN.replace(b"200", b"100")),
        (b"GET", PLAIN.replace(b"200", b"204")),
        (b"GET", PLAIN.replace(b"200", b"304")),
        (b"GET", PLAIN.replace(b"HTTP/1.1", b"HTTP/2.0")),
        (b"GET", PLAIN.replace(b"\r\n", b"\n")),
        (b"GET", PLAIN.replace(b"application/json", b"a\r\n b")),
        (b"GET", PLAIN.replace(b"application/json", b"a\x00b")),
        (b"GET", PLAIN.replace(b"application/json", b"\xff")),
        (b"GET", PLAIN.replace(b"Content-Type:", b"Content-Type :")),
        (b"GET", PLAIN.replace(b"length: 2", b"length: +2")),
        (b"GET", PLAIN.replace(b"length: 2", b"length: 2, 2")),
        (b"GET", PLAIN.replace(b"length: 2", b"length: 2\r\ncontent-length: 2")),
        (b"GET", PLAIN.replace(b"length: 2", b"length: 2\r\nTransfer-Encoding: chunked")),
        (b"GET", PLAIN.replace(b"content-length: 2\r\n", b"")),
    ],
)
def test_what_is_not_plain_is_left_to_h11(method: bytes, data: bytes) -> None:
    """Unfinished, unusual or wrong: this is not the place to judge."""
    assert whole_answer(method, data) is None


@given(st.data())
def test_no_change_of_a_byte_is_read_otherwise_than_by_h11(chance: st.DataObject) -> None:
    """What the short way still takes for an answer is one, and the same."""
    data = bytearray(PLAIN)
    data[chance.draw(st.integers(0, len(data) - 1))] = chance.draw(st.integers(0, 255))
    events = whole_answer(b"GET", bytes(data))
    if events is not None:
        head = events[0]
        assert isinstance(head, Head)
        body = b"".join(piece for piece in events[1:] if isinstance(piece, bytes))
        assert (head.status, list(head.headers), head.version, body, True) == by_h11(bytes(data))
