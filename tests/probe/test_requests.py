"""What a target is asked: method, headers, query, body, authentication, redirects."""

from base64 import b64encode
from typing import Any

import pytest

from functions.domain.verdict import FailureKind, Phase, Verdict
from tests.probe.probing import Names, attempt, monitor, tools
from tests.targets.server import Call, answer, serving


class Recorder:
    """A target that remembers what it was asked, and redirects where it is told to."""

    def __init__(self, redirects: dict[str, str] | None = None, *, status: str = "302 Found") -> None:
        self.calls: list[Call] = []
        self.bodies: list[bytes] = []
        self._redirects = redirects or {}
        self._status = status

    async def __call__(self, call: Call) -> None:
        """Answer, with a cookie that nobody should bring back."""
        self.calls.append(call)
        self.bodies.append(await call.body())
        location = self._redirects.get(call.path)
        if location:
            await call.send(answer(b"", status=self._status, headers=(f"location: {location}", "set-cookie: a=b")))
        else:
            await call.send(answer(headers=("set-cookie: a=b",)))


async def asked(**request: Any) -> tuple[Call, bytes]:  # noqa: ANN401 - the fields of HttpRequest
    """Return the request that a monitor makes, and its body."""
    target = Recorder()
    path = request.pop("path", "/")
    async with serving(target) as port:
        seen = await attempt(monitor(f"http://127.0.0.1:{port}{path}", **request))
    assert seen.verdict is Verdict.UP, seen
    return target.calls[0], target.bodies[0]


async def test_a_plain_request_says_who_asks_and_asks_for_nothing_exotic() -> None:
    """The user agent is ours, the host is the address's, only encodings that we undo are accepted."""
    call, body = await asked()
    assert call.head.startswith(b"GET / HTTP/1.1\r\n")
    assert call.headers["user-agent"].startswith("pulseboard")
    assert call.headers["accept-encoding"] == "gzip, deflate"
    assert call.headers["host"].startswith("127.0.0.1:")
    assert body == b""


@pytest.mark.parametrize(
    ("request_fields", "content_type", "body"),
    [
        ({"json": {"a": [1, "ä"]}, "has_json": True}, "application/json", '{"a":[1,"ä"]}'.encode()),
        ({"json": None, "has_json": True}, "application/json", b"null"),
        ({"form": {"a": "1 2", "b": "ä"}}, "application/x-www-form-urlencoded", b"a=1+2&b=%C3%A4"),
        ({"text": "hallo ä"}, "text/plain; charset=utf-8", "hallo ä".encode()),
        ({"text": "<x/>", "headers": {"Content-Type": "text/xml"}}, "text/xml", b"<x/>"),
    ],
    ids=["json", "json null", "form", "text", "text of a given type"],
)
async def test_a_body_is_sent_as_its_kind(request_fields: dict[str, Any], content_type: str, body: bytes) -> None:
    """Each kind of body has its bytes and its content type; a given type wins."""
    call, sent = await asked(method="POST", **request_fields)
    assert call.head.startswith(b"POST ")
    assert call.headers["content-type"] == content_type
    assert sent == body


async def test_a_large_body_arrives_whole() -> None:
    """What the kernel does not take at once is sent as it makes room."""
    _, sent = await asked(method="POST", text="x" * 5_000_000)
    assert len(sent) == 5_000_000


async def test_a_query_joins_the_one_of_the_address() -> None:
    """Nothing of the address's own query is lost."""
    call, _ = await asked(path="/x?a=1", query={"b": "2 & 3"})
    assert call.path in {"/x?a=1&b=2+%26+3", "/x?a=1&b=2%20%26%203"}


async def test_headers_are_sent_as_given() -> None:
    """Also values beyond ASCII, and a host of one's own."""
    call, _ = await asked(headers={"X-Team": "Größe", "Host": "shop.example"})
    assert call.headers["x-team"].encode("latin-1").decode() == "Größe"
    assert call.headers["host"] == "shop.example"


@pytest.mark.parametrize(
    ("auth", "header"),
    [
        (("basic", "ann", "s3cret:ä"), "Basic " + b64encode("ann:s3cret:ä".encode()).decode()),
        (("bearer", "t0ken"), "Bearer t0ken"),
    ],
)
async def test_authentication_is_a_header(auth: tuple[str, ...], header: str) -> None:
    """Basic and bearer, as their RFCs have them."""
    call, _ = await asked(auth=auth)
    assert call.headers["authorization"] == header


async def test_credentials_follow_a_redirect_to_the_same_origin_only() -> None:
    """Another origin is another party: it gets no credentials."""
    elsewhere = Recorder()
    async with serving(elsewhere) as other_port:
        target = Recorder({"/a": "/b", "/b": f"http://other.test:{other_port}/c"})
        names = Names({"shop.test": ("127.0.0.1",), "other.test": ("127.0.0.1",)})
        async with serving(target) as port:
            watched = monitor(f"http://shop.test:{port}/a", auth=("bearer", "t0ken"), headers={"X-Api-Key": "k3y"})
            seen = await attempt(watched, tools(resolver=names))
    assert seen.verdict is Verdict.UP
    assert [call.headers.get("authorization") for call in target.calls] == ["Bearer t0ken", "Bearer t0ken"]
    assert [call.headers.get("authorization") for call in elsewhere.calls] == [None]
    assert [call.headers.get("x-api-key") for call in target.calls] == ["k3y", "k3y"]
    assert [call.headers.get("x-api-key") for call in elsewhere.calls] == [None]
    assert [call.headers["host"] for call in elsewhere.calls] == [f"other.test:{other_port}"]


BODY: dict[str, Any] = {"method": "POST", "text": "s3cret"}


@pytest.mark.parametrize("status", ["307 Temporary Redirect", "308 Permanent Redirect"])
async def test_a_body_never_goes_to_another_origin(status: str) -> None:
    """It may hold a secret: the check fails and says why, and the other one is not even asked."""
    elsewhere = Recorder()
    async with serving(elsewhere) as other_port:
        target = Recorder({"/a": f"http://other.test:{other_port}/c?token=s3cret"}, status=status)
        names = Names({"shop.test": ("127.0.0.1",), "other.test": ("127.0.0.1",)})
        async with serving(target) as port:
            seen = await attempt(monitor(f"http://shop.test:{port}/a", **BODY), tools(resolver=names))
    assert seen.verdict is Verdict.DOWN
    assert seen.failure is not None
    assert (seen.failure.kind, seen.failure.phase) == (FailureKind.PROTOCOL, Phase.FIRST_BYTE)
    assert f"with a body to another origin, http://other.test:{other_port}/c:" in seen.failure.reason
    assert "s3cret" not in seen.failure.reason
    assert target.bodies == [b"s3cret"]
    assert elsewhere.calls == []


@pytest.mark.parametrize(
    ("status", "request_fields", "asked_there", "body_there"),
    [
        ("303 See Other", BODY, b"GET /c", b""),
        ("302 Found", BODY, b"GET /c", b""),
        ("307 Temporary Redirect", {"method": "POST"}, b"POST /c", b""),
        ("308 Permanent Redirect", {}, b"GET /c", b""),
    ],
    ids=["303 makes it a GET", "302 makes it a GET", "307 without a body", "308 of a GET"],
)
async def test_a_redirect_that_needs_no_body_is_followed_to_another_origin(
    status: str, request_fields: dict[str, Any], asked_there: bytes, body_there: bytes
) -> None:
    """Nothing of the file's goes along."""
    elsewhere = Recorder()
    async with serving(elsewhere) as other_port:
        target = Recorder({"/a": f"http://other.test:{other_port}/c"}, status=status)
        names = Names({"shop.test": ("127.0.0.1",), "other.test": ("127.0.0.1",)})
        async with serving(target) as port:
            seen = await attempt(monitor(f"http://shop.test:{port}/a", **request_fields), tools(resolver=names))
    assert seen.verdict is Verdict.UP, seen
    assert [call.head.startswith(asked_there) for call in elsewhere.calls] == [True]
    assert elsewhere.bodies == [body_there]


@pytest.mark.parametrize("status", ["307 Temporary Redirect", "308 Permanent Redirect"])
async def test_a_body_follows_a_redirect_within_its_origin(status: str) -> None:
    """These two codes exist so that method and body stay."""
    target = Recorder({"/a": "/b"}, status=status)
    async with serving(target) as port:
        seen = await attempt(monitor(f"http://127.0.0.1:{port}/a", **BODY))
    assert seen.verdict is Verdict.UP, seen
    assert [call.head.split(b" ", 1)[0] for call in target.calls] == [b"POST", b"POST"]
    assert target.bodies == [b"s3cret", b"s3cret"]


async def test_phases_add_up_over_redirects_and_the_last_answer_counts() -> None:
    """Two hops have two connections; the result is about the second answer."""
    target = Recorder({"/a": "/b"})
    async with serving(target) as port:
        names = Names({"shop.test": ("127.0.0.1",)})
        seen = await attempt(monitor(f"http://shop.test:{port}/a"), tools(resolver=names))
    assert seen.status_code == 200
    assert seen.phases.dns == 3.0
    assert seen.latency_ms == seen.phases.total


async def test_a_check_brings_nobody_elses_cookies() -> None:
    """One client serves all checks, and no cookie passes between them."""
    target = Recorder({"/a": "/b"})
    using = tools()
    async with serving(target) as port:
        for _ in range(2):
            await attempt(monitor(f"http://127.0.0.1:{port}/a"), using)
    assert len(target.calls) == 4
    assert all("cookie" not in call.headers for call in target.calls)


async def test_each_check_has_a_connection_of_its_own() -> None:
    """What is measured is what a new visitor sees."""
    peers: list[object] = []

    async def behave(call: Call) -> None:
        peers.append(call.writer.get_extra_info("peername"))
        await call.send(answer())

    using = tools()
    async with serving(behave) as port:
        for _ in range(3):
            await attempt(monitor(f"http://127.0.0.1:{port}/"), using)
    assert len(set(peers)) == 3
