"""Certificates in every state, made when they are needed."""

import ssl
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

HOST = "localhost"


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """A certificate with its key."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    @property
    def pem(self) -> str:
        """Return the certificate and the key as one PEM text."""
        return (
            self.certificate.public_bytes(serialization.Encoding.PEM)
            + self.key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
        ).decode()


@cache
def authority(name: str = "Pulseboard test CA") -> Identity:
    """Return a CA."""
    return _issue(name, (), by=None, days=(-1, 3650), is_ca=True)


@cache
def identity(
    *names: str, by: Identity | None = None, days: tuple[int, int] = (-1, 90), self_signed: bool = False
) -> Identity:
    """Return a certificate for `names`, valid in `days` from now, issued by the test CA unless told otherwise."""
    return _issue(names[0], names, by=None if self_signed else (by or authority()), days=days, is_ca=False)


def server_context(of: Identity, folder: Path, *, alpn: list[str] | None = None) -> ssl.SSLContext:
    """Return a server's context; `folder` is where OpenSSL reads the PEM file from."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    path = folder / f"{of.certificate.serial_number}.pem"
    path.write_text(of.pem)
    context.load_cert_chain(path)
    if alpn:
        context.set_alpn_protocols(alpn)
    return context


def trusting(ca: Identity) -> ssl.SSLContext:
    """Return a client's context that trusts `ca` and nobody else."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(cadata=ca.certificate.public_bytes(serialization.Encoding.DER))
    return context


def _issue(
    common_name: str, names: tuple[str, ...], *, by: Identity | None, days: tuple[int, int], is_ca: bool
) -> Identity:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name)])
    now = datetime.now(UTC).replace(microsecond=0)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(by.certificate.subject if by else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + timedelta(days=days[0]))
        .not_valid_after(now + timedelta(days=days[1]))
        .add_extension(x509.BasicConstraints(ca=is_ca, path_length=None), critical=True)
    )
    if names:
        builder = builder.add_extension(x509.SubjectAlternativeName([_name(n) for n in names]), critical=False)
    return Identity(certificate=builder.sign(by.key if by else key, hashes.SHA256()), key=key)


def _name(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(name))
    except ValueError:
        return x509.DNSName(name)
