"""Names, addresses and connections: what fails before HTTP begins."""

import asyncio
import socket
import time

import pytest

from functions.adapters.http.errors import ExchangeError
from functions.adapters.http.resolver import Resolution, SystemResolver
from functions.domain.address import AddressPolicy
from functions.domain.verdict import FailureKind, Phase, Verdict
from tests.probe.probing import PRIVATE, Names, attempt, monitor, tools
from tests.targets.behaviours import healthy
from tests.targets.server import Call, answer, listening, reset, serving


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        port: int = sock.getsockname()[1]
        return port


async def test_a_port_that_nobody_listens_on_refuses() -> None:
    """The kind is connect, and the reason says who refused."""
    port = free_port()
    seen = await attempt(monitor(f"http://127.0.0.1:{port}/"))
    assert seen.failure is not None
    assert (seen.failure.kind, seen.failure.phase) == (FailureKind.CONNECT, Phase.CONNECT)
    assert seen.failure.reason == f"connection refused by 127.0.0.1:{port}"


async def test_a_connection_that_is_reset_at_once_broke_before_an_answer() -> None:
    """The connection stood, so this is no failure to connect."""

    async def handle(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        reset(writer)

    async with listening(handle) as port:
        seen = await attempt(monitor(f"http://127.0.0.1:{port}/"))
    assert seen.failure is not None
    assert (seen.failure.kind, seen.failure.phase) == (FailureKind.PROTOCOL, Phase.FIRST_BYTE)


async def test_a_name_that_does_not_exist_is_a_dns_failure() -> None:
    """The system's resolver is asked, and the reason names the host."""
    seen = await attempt(monitor("http://nothing.invalid/"))
    assert seen.failure is not None
    assert (seen.failure.kind, seen.failure.phase) == (FailureKind.DNS, Phase.DNS)
    assert "nothing.invalid" in seen.failure.reason
    assert seen.phases.dns is not None


async def test_a_name_server_that_hangs_is_a_timeout_of_the_dns_phase() -> None:
    """The check ends in time although the look-up does not."""

    class Hanging:
        async def resolve(self, host: str, port: int) -> Resolution:
            await asyncio.sleep(600)
            raise ExchangeError(FailureKind.DNS, f"{host}:{port}")

    seen = await attempt(monitor("http://shop.test/", timeout=0.2), tools(resolver=Hanging()))
    assert seen.failure is not None
    assert (seen.failure.kind, seen.failure.phase) == (FailureKind.TIMEOUT, Phase.DNS)
    assert seen.failure.reason == "timed out after 0.2 s, looking up the name"
    assert 190 < (seen.phases.dns or 0) < 600


async def test_the_system_resolver_resolves_many_names_at_once_off_the_loop() -> None:
    """Look-ups run beside each other, literals need none, and the time is taken where the work is done."""
    resolver = SystemResolver()
    answers = await asyncio.gather(*(resolver.resolve("localhost", 80) for _ in range(40)))
    assert all("127.0.0.1" in a.addresses or "::1" in a.addresses for a in answers)
    assert all(a.milliseconds > 0 for a in answers)
    assert await resolver.resolve("127.0.0.1", 80) == Resolution(addresses=("127.0.0.1",), milliseconds=0.0)
    assert await resolver.resolve("::1", 80) == Resolution(addresses=("::1",), milliseconds=0.0)


async def test_the_next_address_serves_where_the_first_refuses() -> None:
    """As any client would, the check goes on to the other addresses of a name."""
    async with serving(healthy) as port:
        names = Names({"shop.test": ("127.9.9.9", "127.0.0.1")})
        seen = await attempt(monitor(f"http://shop.test:{port}/"), tools(resolver=names))
    assert seen.verdict is Verdict.UP


async def test_the_next_address_serves_where_the_first_does_not_answer() -> None:
    """An address that swallows packets gets its share of the time, and not all of it."""
    with socket.socket() as full:
        # A listener whose queue is full drops what comes: the nearest thing to a black hole on loopback.
        full.bind(("127.0.0.7", 0))
        full.listen(0)
        port = full.getsockname()[1]
        fillers = [socket.socket() for _ in range(3)]
        for filler in fillers:
            filler.setblocking(False)
            filler.connect_ex(("127.0.0.7", port))
        await asyncio.sleep(0.05)

        async with serving(healthy, host="127.0.0.8", port=port):
            names = Names({"shop.test": ("127.0.0.7", "127.0.0.8")})
            seen = await attempt(monitor(f"http://shop.test:{port}/", timeout=1.0), tools(resolver=names))
            alone = Names({"shop.test": ("127.0.0.7",)})
            lost = await attempt(monitor(f"http://shop.test:{port}/", timeout=0.3), tools(resolver=alone))
        for filler in fillers:
            filler.close()
    assert seen.verdict is Verdict.UP
    assert 450 < (seen.phases.connect or 0) < 900
    assert lost.failure is not None
    assert (lost.failure.kind, lost.failure.phase) == (FailureKind.TIMEOUT, Phase.CONNECT)


@pytest.mark.parametrize(
    ("addresses", "policy", "words"),
    [
        (("127.0.0.1",), AddressPolicy(), "`allow_private_targets: true` in pulseboard.yaml allows it"),
        (("169.254.169.254",), PRIVATE, "169.254.169.254 is a link-local address"),
        (("::ffff:169.254.169.254",), PRIVATE, "holds 169.254.169.254"),
        (("fd00:ec2::254", "169.254.169.254"), PRIVATE, "fd00:ec2::254 is an instance-metadata address; 169.254"),
    ],
)
async def test_an_answer_of_the_dns_is_vetted(addresses: tuple[str, ...], policy: AddressPolicy, words: str) -> None:
    """A name that leads where no check may go is not connected to, and the reason says where it led."""
    using = tools(resolver=Names({"shop.test": addresses}), policy=policy)
    seen = await attempt(monitor("http://shop.test/"), using)
    assert seen.failure is not None
    assert (seen.failure.kind, seen.failure.phase) == (FailureKind.CONNECT, Phase.CONNECT)
    assert seen.failure.reason.startswith("not allowed to connect to shop.test: ")
    assert words in seen.failure.reason


async def test_the_address_that_was_vetted_is_the_one_that_is_connected_to() -> None:
    """The name is looked up once for each request: a second answer has no chance to slip in."""

    class Rebinding:
        def __init__(self) -> None:
            self.asked = 0

        async def resolve(self, host: str, port: int) -> Resolution:
            assert (host, port > 0) == ("shop.test", True)
            self.asked += 1
            address = "127.0.0.1" if self.asked == 1 else "169.254.169.254"
            return Resolution(addresses=(address,), milliseconds=0.0)

    resolver = Rebinding()
    async with serving(healthy) as port:
        using = tools(resolver=resolver)
        first = await attempt(monitor(f"http://shop.test:{port}/"), using)
        second = await attempt(monitor(f"http://shop.test:{port}/"), using)
    assert first.verdict is Verdict.UP
    assert second.failure is not None
    assert second.failure.kind is FailureKind.CONNECT
    assert resolver.asked == 2


async def test_only_the_allowed_addresses_of_a_name_are_tried() -> None:
    """A forbidden address beside a good one is passed over."""
    async with serving(healthy) as port:
        names = Names({"shop.test": ("169.254.169.254", "127.0.0.1")})
        started = time.perf_counter()
        seen = await attempt(monitor(f"http://shop.test:{port}/"), tools(resolver=names))
    assert seen.verdict is Verdict.UP
    assert time.perf_counter() - started < 1


async def test_the_runtime_api_is_out_of_reach_through_a_redirect() -> None:
    """Where the Lambda runtime listens, no check arrives, even with private targets allowed."""
    reached: list[str] = []

    async def runtime(call: Call) -> None:
        reached.append(call.path)
        await call.send(answer())

    async with serving(runtime) as runtime_port:

        async def lure(call: Call) -> None:
            location = f"location: http://localhost:{runtime_port}/2018-06-01/runtime/invocation/next"
            await call.send(answer(b"", status="307 Temporary Redirect", headers=(location,)))

        policy = AddressPolicy(allow_private=True, runtime_api=("127.0.0.1", runtime_port))
        async with serving(lure) as port:
            seen = await attempt(monitor(f"http://127.0.0.1:{port}/"), tools(policy=policy))
    assert reached == []
    assert seen.failure is not None
    assert "the address of the Lambda runtime" in seen.failure.reason


async def test_a_proxy_of_the_environment_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """A check goes to the target: through a proxy, neither vetting nor timing would mean anything."""
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{free_port()}")
    async with serving(healthy) as port:
        assert (await attempt(monitor(f"http://127.0.0.1:{port}/"))).verdict is Verdict.UP


async def test_ipv6_is_spoken_where_there_is_any() -> None:
    """A literal in brackets is connected to as such."""
    try:
        with socket.create_server(("::1", 0), family=socket.AF_INET6):
            pass
    except OSError:
        pytest.skip("this machine has no IPv6")
    async with serving(healthy, host="::1") as port:
        assert (await attempt(monitor(f"http://[::1]:{port}/"))).verdict is Verdict.UP
