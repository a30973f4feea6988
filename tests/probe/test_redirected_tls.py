"""Who is shown the client's certificate when a target redirects, by real servers that ask for one."""

import ssl
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from functions.domain.result import Attempt
from functions.domain.verdict import FailureKind, Verdict
from tests.probe.probing import Names, attempt, monitor, tools
from tests.targets.certificates import authority, identity, server_context
from tests.targets.server import Call, answer, serving
from tests.targets.threaded import on_another_loop, serving_from_a_thread

HOSTS = ("shop.test", "other.test")
NAMES = Names(dict.fromkeys(HOSTS, ("127.0.0.1",)))
PROBE = identity("probe")


@dataclass(slots=True, kw_only=True)
class Doorkeeper:
    """A target over TLS that notes for each request which client's certificate it was shown; redirects by path."""

    redirects: dict[str, str] = field(default_factory=dict)
    shown: list[tuple[str, bool]] = field(default_factory=list)

    async def __call__(self, call: Call) -> None:
        """Answer, or send the client on."""
        session = call.writer.get_extra_info("ssl_object")
        certificate = None if session is None else session.getpeercert(binary_form=True)
        assert certificate in (None, PROBE.certificate.public_bytes(Encoding.DER))
        self.shown.append((call.path, certificate is not None))
        location = self.redirects.get(call.path)
        if location is None:
            await call.send(answer())
        else:
            await call.send(answer(b"", status="302 Found", headers=(f"location: {location}",)))


@contextmanager
def asking(keeper: Doorkeeper, folder: Path, *, demands: bool = False) -> Iterator[int]:
    """Serve over TLS and ask each client for a certificate of the test CA, or demand it."""
    context = server_context(identity(*HOSTS), folder)
    context.verify_mode = ssl.CERT_REQUIRED if demands else ssl.CERT_OPTIONAL
    context.load_verify_locations(cadata=authority().certificate.public_bytes(Encoding.DER))

    @asynccontextmanager
    async def target() -> AsyncIterator[int]:
        async with serving(keeper, tls=context) as port:
            yield port

    with on_another_loop(target) as port:
        yield port


async def ask(port: int) -> Attempt:
    """Make the check of the monitor that has a client certificate."""
    watched = monitor(f"https://shop.test:{port}/a", client_certificate=PROBE.pem, timeout=5.0)
    return await attempt(watched, tools(resolver=NAMES))


async def test_it_is_shown_again_where_a_redirect_stays_with_its_origin(tmp_path: Path) -> None:
    """The same scheme, host and port: that is whom the file means it for."""
    keeper = Doorkeeper(redirects={"/a": "/b"})
    with asking(keeper, tmp_path, demands=True) as port:
        seen = await ask(port)
    assert seen.verdict is Verdict.UP, seen
    assert keeper.shown == [("/a", True), ("/b", True)]


@pytest.mark.parametrize("host", HOSTS, ids=["another port", "another host"])
async def test_it_is_not_shown_to_another_origin(host: str, tmp_path: Path) -> None:
    """Who asks there learns nothing of who the probe is; the check goes on without it."""
    elsewhere = Doorkeeper()
    with asking(elsewhere, tmp_path) as other_port:
        keeper = Doorkeeper(redirects={"/a": f"https://{host}:{other_port}/c"})
        with asking(keeper, tmp_path, demands=True) as port:
            seen = await ask(port)
    assert seen.verdict is Verdict.UP, seen
    assert keeper.shown == [("/a", True)]
    assert elsewhere.shown == [("/c", False)]


async def test_it_is_not_shown_to_the_same_host_under_another_name(tmp_path: Path) -> None:
    """An origin is a name: the server at the same address may be somebody else's site."""
    keeper = Doorkeeper()
    with asking(keeper, tmp_path) as port:
        keeper.redirects = {"/a": f"https://other.test:{port}/c"}
        seen = await ask(port)
    assert seen.verdict is Verdict.UP, seen
    assert keeper.shown == [("/a", True), ("/c", False)]


@pytest.mark.parametrize("scheme", ["https", "http"])
async def test_what_another_origin_sends_back_is_asked_without_it(scheme: str, tmp_path: Path) -> None:
    """Else another party, or whoever can change plain HTTP on its way, would choose what the probe asks for."""
    elsewhere, keeper = Doorkeeper(), Doorkeeper()
    with asking(keeper, tmp_path) as port:
        elsewhere.redirects = {"/c": f"https://shop.test:{port}/delete"}
        context = server_context(identity(*HOSTS), tmp_path) if scheme == "https" else None
        async with serving(elsewhere, tls=context) as other_port:
            keeper.redirects = {"/a": f"{scheme}://shop.test:{other_port}/c"}
            seen = await ask(port)
    assert seen.verdict is Verdict.UP, seen
    assert keeper.shown == [("/a", True), ("/delete", False)]
    assert elsewhere.shown == [("/c", False)]


async def test_another_origin_that_demands_one_is_an_outage_that_says_so(tmp_path: Path) -> None:
    """Where it is meant for there, that address is the monitor's to name."""
    context = server_context(identity(*HOSTS), tmp_path)
    context.verify_mode = ssl.CERT_REQUIRED
    context.load_verify_locations(cadata=authority().certificate.public_bytes(Encoding.DER))
    with serving_from_a_thread(context) as other_port:
        keeper = Doorkeeper(redirects={"/a": f"https://other.test:{other_port}/c"})
        with asking(keeper, tmp_path, demands=True) as port:
            seen = await ask(port)
    assert seen.failure is not None
    assert seen.failure.kind is FailureKind.TLS
    assert "demands a client certificate" in seen.failure.reason


async def test_nothing_of_the_file_goes_from_https_to_plain_http(tmp_path: Path) -> None:
    """The host is the same, but whoever is on the way could read it."""
    heads: list[dict[str, str]] = []

    async def plainly(call: Call) -> None:
        heads.append(call.headers)
        await call.send(answer())

    async with serving(plainly) as plain_port:
        keeper = Doorkeeper(redirects={"/a": f"http://shop.test:{plain_port}/c"})
        with asking(keeper, tmp_path) as port:
            watched = monitor(
                f"https://shop.test:{port}/a", auth=("basic", "ann", "s3cret"), headers={"X-Key": "k", "Cookie": "s=1"}
            )
            seen = await attempt(watched, tools(resolver=NAMES))
    assert seen.verdict is Verdict.UP, seen
    assert heads[0].keys().isdisjoint({"authorization", "x-key", "cookie", "proxy-authorization"})
    assert heads[0]["host"] == f"shop.test:{plain_port}"
