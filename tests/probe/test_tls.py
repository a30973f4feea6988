"""What each state of a certificate, and each way to break TLS, gives."""

import asyncio
import ssl
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtensionOID, NameOID

from functions.domain.certificate import CertificateFormatError, read_certificate
from functions.domain.verdict import FailureKind, Phase, Verdict
from functions.execution import UnmadeError
from tests.probe.probing import Names, attempt, monitor, tools
from tests.targets.behaviours import hangs, healthy
from tests.targets.certificates import Identity, authority, identity, server_context, trusting
from tests.targets.server import listening, reset, serving
from tests.targets.threaded import serving_from_a_thread

NAMES = Names({"shop.test": ("127.0.0.1",), "localhost": ("127.0.0.1",)})


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A certificate and the words for what is wrong with it."""

    certificate: Identity
    reason: str


def day(days: int) -> str:
    """Return the day that the words name."""
    return f"{datetime.now(UTC) + timedelta(days=days):%Y-%m-%d}"


def bad_certificates() -> dict[str, State]:
    """Return the table."""
    unknown = authority("Somebody else's CA")
    return {
        "expired": State(
            certificate=identity("shop.test", days=(-30, -2)), reason=f"the certificate expired on {day(-2)}"
        ),
        "not yet valid": State(certificate=identity("shop.test", days=(3, 30)), reason=f"not valid before {day(3)}"),
        "wrong host": State(
            certificate=identity("a.example", "*.b.example", "10.1.2.3"),
            reason="not for shop.test but for a.example, *.b.example, 10.1.2.3",
        ),
        "self-signed": State(certificate=identity("shop.test", self_signed=True), reason="self-signed"),
        "unknown CA": State(certificate=identity("shop.test", by=unknown), reason="issued by an unknown CA"),
    }


@pytest.mark.parametrize("state", bad_certificates().values(), ids=bad_certificates())
async def test_a_certificate_that_is_not_right_says_why(state: State, tmp_path: Path) -> None:
    """The kind is tls, and the reason names what to mend: the date, the names, the issuer."""
    async with serving(healthy, tls=server_context(state.certificate, tmp_path)) as port:
        seen = await attempt(monitor(f"https://shop.test:{port}/"), tools(resolver=NAMES))
    assert seen.verdict is Verdict.DOWN
    assert seen.failure is not None
    assert (seen.failure.kind, seen.failure.phase) == (FailureKind.TLS, Phase.TLS)
    assert state.reason in seen.failure.reason
    assert seen.phases.connect is not None
    assert seen.phases.first_byte is None


@pytest.mark.parametrize("state", bad_certificates().values(), ids=bad_certificates())
async def test_without_verification_it_is_up_and_the_expiry_is_known_all_the_same(state: State, tmp_path: Path) -> None:
    """`verify: false` accepts any certificate, and still reads when it ends."""
    async with serving(healthy, tls=server_context(state.certificate, tmp_path)) as port:
        seen = await attempt(monitor(f"https://shop.test:{port}/", verify=False), tools(resolver=NAMES))
    assert seen.verdict is Verdict.UP
    assert seen.certificate_expires_at == state.certificate.certificate.not_valid_after_utc


async def test_a_right_certificate_gives_all_five_phases_and_its_expiry(tmp_path: Path) -> None:
    """Every phase is measured, their sum is the latency, and the certificate is read."""
    good = identity("shop.test")
    async with serving(healthy, tls=server_context(good, tmp_path)) as port:
        seen = await attempt(monitor(f"https://shop.test:{port}/"), tools(resolver=NAMES))
    phases = seen.phases
    assert seen.verdict is Verdict.UP
    assert phases.dns == 1.5
    assert None not in (phases.connect, phases.tls, phases.first_byte, phases.transfer)
    assert seen.latency_ms == phases.total
    assert seen.certificate_expires_at == good.certificate.not_valid_after_utc


async def test_an_address_in_the_url_is_checked_against_the_certificate(tmp_path: Path) -> None:
    """A certificate may be for an IP address."""
    async with serving(healthy, tls=server_context(identity("127.0.0.1"), tmp_path)) as port:
        assert (await attempt(monitor(f"https://127.0.0.1:{port}/"))).verdict is Verdict.UP


async def test_a_server_of_yesterday_is_told_by_its_protocol_version(tmp_path: Path) -> None:
    """TLS 1.1 alone is not enough, and the reason speaks of versions."""
    context = server_context(identity("shop.test"), tmp_path)
    context.set_ciphers("ALL:@SECLEVEL=0")
    with pytest.warns(DeprecationWarning, match="TLSv1"):
        context.minimum_version = ssl.TLSVersion.TLSv1
    with pytest.warns(DeprecationWarning, match="TLSv1_1"):
        context.maximum_version = ssl.TLSVersion.TLSv1_1
    with serving_from_a_thread(context) as port:
        seen = await attempt(monitor(f"https://shop.test:{port}/"), tools(resolver=NAMES))
    assert seen.failure is not None
    assert seen.failure.kind is FailureKind.TLS
    assert "version" in seen.failure.reason


async def test_a_server_without_tls_is_told() -> None:
    """Plain HTTP on the port is a tls failure in words that say so."""
    async with serving(healthy) as port:
        seen = await attempt(monitor(f"https://shop.test:{port}/", timeout=1), tools(resolver=NAMES))
    assert seen.failure is not None
    # This server waits for the end of a head that never comes, so its silence is what is seen.
    assert (seen.failure.kind, seen.failure.phase) == (FailureKind.TIMEOUT, Phase.TLS)


async def answers_plainly(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer whatever comes with an HTTP error."""
    await reader.read(100)
    writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
    await writer.drain()
    await reader.read()


async def resets_at_once(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Reset when the ClientHello comes."""
    await reader.read(100)
    reset(writer)


async def closes_at_once(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Close when the ClientHello comes."""
    await reader.read(1000)
    writer.close()


async def sends_garbage(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer the ClientHello with bytes that are no TLS."""
    await reader.read(100)
    writer.write(b"\x16\x03\x03\xff\xff" + bytes(200))
    await writer.drain()
    await reader.read()


@pytest.mark.parametrize(
    ("handle", "reason"),
    [
        (answers_plainly, "does not speak TLS on this port"),
        (resets_at_once, "was reset during the TLS handshake"),
        (closes_at_once, "closed during the TLS handshake"),
        (sends_garbage, "the TLS session failed"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
async def test_a_broken_handshake_is_a_tls_failure(handle: object, reason: str) -> None:
    """Whatever comes instead of a ServerHello, the kind is tls and the phase too."""
    assert callable(handle)
    async with listening(handle) as port:
        seen = await attempt(monitor(f"https://shop.test:{port}/"), tools(resolver=NAMES))
    assert seen.failure is not None
    assert (seen.failure.kind, seen.failure.phase) == (FailureKind.TLS, Phase.TLS)
    assert reason in seen.failure.reason


async def test_a_hang_behind_tls_is_a_timeout_of_its_phase(tmp_path: Path) -> None:
    """The handshake is over, so what is waited for is the first byte."""
    async with serving(hangs, tls=server_context(identity("shop.test"), tmp_path)) as port:
        seen = await attempt(monitor(f"https://shop.test:{port}/", timeout=0.5), tools(resolver=NAMES))
    assert seen.failure is not None
    assert (seen.failure.kind, seen.failure.phase) == (FailureKind.TIMEOUT, Phase.FIRST_BYTE)
    assert seen.phases.tls is not None


def demanding(tmp_path: Path) -> ssl.SSLContext:
    """Return a server's context that demands a client certificate of the test CA."""
    context = server_context(identity("shop.test"), tmp_path)
    context.verify_mode = ssl.CERT_REQUIRED
    context.load_verify_locations(
        cadata=ssl.DER_cert_to_PEM_cert(trusting(authority()).get_ca_certs(binary_form=True)[0])
    )
    return context


async def test_a_client_certificate_opens_a_server_that_demands_one(tmp_path: Path) -> None:
    """With it the check is up; without it the reason says what is missing."""
    with serving_from_a_thread(demanding(tmp_path)) as port:
        url = f"https://shop.test:{port}/"
        known = await attempt(monitor(url, client_certificate=identity("probe").pem), tools(resolver=NAMES))
        unknown = await attempt(monitor(url), tools(resolver=NAMES))
    assert known.verdict is Verdict.UP
    assert unknown.failure is not None
    assert unknown.failure.kind is FailureKind.TLS
    assert "demands a client certificate" in unknown.failure.reason


async def test_a_client_certificate_that_is_none_is_our_failure() -> None:
    """What the secret holds is no outage of the target; and its content is not quoted."""
    with pytest.raises(UnmadeError, match="not a PEM") as caught:
        await attempt(monitor("https://127.0.0.1:9/", client_certificate="hunter2"))
    assert "hunter2" not in str(caught.value)


def test_a_certificate_is_read_as_a_library_reads_it() -> None:
    """Dates and names agree with `cryptography`, whose own encoder made the bytes."""
    good = identity("a.example", "*.b.example", "10.1.2.3", "2001:db8::1", days=(-400, 20_000)).certificate
    read = read_certificate(ssl.PEM_cert_to_DER_cert(identity_pem(good)))
    assert (read.not_before, read.not_after) == (good.not_valid_before_utc, good.not_valid_after_utc)
    assert read.names == ("a.example", "*.b.example", "10.1.2.3", "2001:db8::1")


def identity_pem(certificate: object) -> str:
    """Return a certificate's PEM."""
    assert isinstance(certificate, x509.Certificate)
    return certificate.public_bytes(Encoding.PEM).decode()


@pytest.mark.parametrize("names", [b"", b"\x30", b"\x30\x84\xff\xff\xff\xff", b"\x30\x02\x87\x00"])
def test_names_that_are_none_are_refused(names: bytes) -> None:
    """Whoever does not verify is handed any bytes at all, and must not stumble over them."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "a.example")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(datetime(2026, 11, 22, tzinfo=UTC))
        .not_valid_after(datetime(2026, 12, 22, tzinfo=UTC))
        .add_extension(x509.UnrecognizedExtension(ExtensionOID.SUBJECT_ALTERNATIVE_NAME, names), critical=False)
        .sign(key, hashes.SHA256())
    )
    with pytest.raises(CertificateFormatError):
        read_certificate(certificate.public_bytes(Encoding.DER))


@pytest.mark.parametrize("cut", range(0, 120, 7))
def test_half_a_certificate_is_refused(cut: int) -> None:
    """Bytes that end too early are no certificate, and nothing else goes wrong."""
    der = ssl.PEM_cert_to_DER_cert(identity_pem(identity("a.example").certificate))
    with pytest.raises(CertificateFormatError):
        read_certificate(der[:cut])
