"""What each TLS target gives to a check of nothing but TLS."""

import asyncio
import ssl
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from functions.domain.checks.tls import TlsCheck
from functions.domain.verdict import FailureKind, Phase, Verdict
from tests.probe.cases import Case, assert_case
from tests.probe.probing import Names, tools
from tests.probe.test_tls import answers_plainly, bad_certificates, closes_at_once, resets_at_once, sends_garbage
from tests.targets.certificates import Identity, identity, server_context
from tests.targets.lines import Target, nobody, served
from tests.targets.server import listening
from tests.targets.threaded import serving_from_a_thread

USING = tools(resolver=Names({"shop.test": ("127.0.0.1",)}))


async def stays(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
    """Wait until the client leaves."""
    await reader.read()


def shows(
    certificate: Callable[[], Identity], *, newest: ssl.TLSVersion | None = None, alpn: list[str] | None = None
) -> Target:
    """Return a TLS server with this certificate, which speaks no newer version than told."""

    @asynccontextmanager
    async def serve() -> AsyncIterator[int]:
        with tempfile.TemporaryDirectory() as folder:
            context = server_context(certificate(), Path(folder), alpn=alpn)
            if newest is not None:
                context.maximum_version = newest
                with serving_from_a_thread(context) as port:
                    yield port
                return
            async with listening(stays, tls=context) as port:
                yield port

    return serve


def tls(**fields: Any) -> Callable[[int], TlsCheck]:  # noqa: ANN401 - the fields of TlsCheck
    """Return what makes a check of a port."""
    return lambda port: TlsCheck(host="shop.test", port=port, **fields)


good = partial(identity, "shop.test")
up = partial(Case, verdict=Verdict.UP)
broken = partial(Case, check=tls(), kind=FailureKind.TLS, phase=Phase.TLS)

CASES = {
    "all as it should be": up(target=shows(good), check=tls()),
    **{
        f"certificate: {title}": broken(target=shows(partial(lambda s: s.certificate, state)), reason=state.reason)
        for title, state in bad_certificates().items()
    },
    "certificate: expired, and not to be verified": up(
        target=shows(lambda: bad_certificates()["expired"].certificate), check=tls(verify=False)
    ),
    "certificate: of the name that was asked for": up(
        target=shows(partial(identity, "other.test")), check=tls(server_name="other.test")
    ),
    "certificate: about to expire": Case(
        target=shows(partial(identity, "shop.test", days=(-80, 5))),
        check=tls(),
        expect={"certificate": {"expires_in": {"gt": 14 * 86400}}},
        kind=FailureKind.CERTIFICATE,
        reason="certificate expires in: expected > 14 days, got 4.9 days",
    ),
    "TLS 1.2 where 1.2 will do": up(target=shows(good, newest=ssl.TLSVersion.TLSv1_2), check=tls()),
    "TLS 1.2 where 1.3 is wanted": broken(
        target=shows(good, newest=ssl.TLSVersion.TLSv1_2),
        check=tls(minimum_version="1.3"),
        reason="(1.3 and newer)",
    ),
    "a server that insists on a protocol of its own": up(target=shows(good, alpn=["imap"]), check=tls()),
    "plain HTTP": broken(target=served(answers_plainly), reason="does not speak TLS on this port"),
    "a reset in the handshake": broken(target=served(resets_at_once), reason="was reset during the TLS handshake"),
    "a close in the handshake": broken(target=served(closes_at_once), reason="closed during the TLS handshake"),
    "garbage in the handshake": broken(target=served(sends_garbage), reason="the TLS session failed"),
    "a port that nobody listens on": Case(
        target=nobody, check=tls(), kind=FailureKind.CONNECT, phase=Phase.CONNECT, reason="connection refused"
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
async def test_each_target_gives_its_own_result(case: Case) -> None:
    """Verdict, kind, phase and words are those of the table."""
    await assert_case(case, USING)


async def test_a_handshake_is_three_phases_and_a_date() -> None:
    """Nothing is asked behind it, so there is no first byte; the certificate's end is known."""
    seen = await assert_case(CASES["all as it should be"], USING)
    phases = seen.phases
    assert None not in (phases.dns, phases.connect, phases.tls)
    assert (phases.first_byte, phases.transfer) == (None, None)
    assert seen.latency_ms == phases.total
    assert seen.certificate_expires_at == good().certificate.not_valid_after_utc
