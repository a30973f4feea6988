"""TLS contexts, made when first needed and kept; and a TLS session without I/O."""

import hashlib
import os
import ssl
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum

from functions.adapters.http.errors import ClientCertificateError

_PIECE = 16 * 1024
"""What a record of TLS holds at most (RFC 8446, 5.1), and so what OpenSSL gives at once."""


class TlsVersion(StrEnum):
    """The oldest version of TLS that is good enough; what is older than 1.2 is never (RFC 8996)."""

    V1_2 = "1.2"
    V1_3 = "1.3"


_VERSIONS = {TlsVersion.V1_2: ssl.TLSVersion.TLSv1_2, TlsVersion.V1_3: ssl.TLSVersion.TLSv1_3}


@dataclass(frozen=True, slots=True, kw_only=True)
class TlsTerms:
    """How a session is to be; `client_certificate` is PEM text, certificate and key."""

    verify: bool = True
    alpn: tuple[str, ...] = ("http/1.1",)
    client_certificate: str | None = None
    minimum_version: TlsVersion = TlsVersion.V1_2


_Key = tuple[bool, tuple[str, ...], str | None, TlsVersion]


class TlsContexts:
    """One context for nearly all monitors: making one loads every trusted root and costs some 20 ms of CPU."""

    def __init__(self, trusted: ssl.SSLContext | None = None) -> None:
        self._contexts: dict[_Key, ssl.SSLContext] = {}
        if trusted is not None:
            self._contexts[_key(TlsTerms())] = trusted
        self._trusted = trusted

    def context(self, terms: TlsTerms) -> ssl.SSLContext:
        """Return the context for these terms; raises ClientCertificateError where there is none in that text."""
        key = _key(terms)
        if key not in self._contexts:
            context = self._fresh(verify=terms.verify)
            context.minimum_version = _VERSIONS[terms.minimum_version]
            if terms.alpn:
                context.set_alpn_protocols(terms.alpn)
            if terms.client_certificate:
                _load_client_certificate(context, terms.client_certificate)
            self._contexts[key] = context
        return self._contexts[key]

    def _fresh(self, *, verify: bool) -> ssl.SSLContext:
        context = _trusting_the_public_roots() if verify else _trusting_anybody()
        if verify and self._trusted is not None:
            for root in self._trusted.get_ca_certs(binary_form=True):
                context.load_verify_locations(cadata=root)
        return context


def _key(terms: TlsTerms) -> _Key:
    pem = terms.client_certificate
    return terms.verify, terms.alpn, pem and hashlib.sha256(pem.encode()).hexdigest(), terms.minimum_version


def _trusting_the_public_roots() -> ssl.SSLContext:
    import certifi  # noqa: PLC0415 - only those who verify need the list

    environ = os.environ
    if environ.get("SSL_CERT_FILE") or environ.get("SSL_CERT_DIR"):
        return ssl.create_default_context(cafile=environ.get("SSL_CERT_FILE"), capath=environ.get("SSL_CERT_DIR"))
    return ssl.create_default_context(cafile=certifi.where())


def _trusting_anybody() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def _load_client_certificate(context: ssl.SSLContext, pem: str) -> None:
    """Load from a file that only this process can read and that is gone at once: OpenSSL takes nothing else."""
    descriptor, path = tempfile.mkstemp(prefix="client-", suffix=".pem")
    try:
        with os.fdopen(descriptor, "w") as file:
            file.write(pem)
        # Without the callback, an encrypted key would make OpenSSL ask on the terminal.
        context.load_cert_chain(path, password=lambda: "")
    except (ssl.SSLError, ValueError) as error:
        raise ClientCertificateError(
            "the client certificate is not a PEM text with a certificate and its unencrypted key"
        ) from error
    finally:
        os.unlink(path)  # noqa: PTH108 - mkstemp's own counterpart


class TlsSession:
    """The client's side of a TLS session over memory; methods raise ssl.SSLError."""

    def __init__(self, context: ssl.SSLContext, host: str) -> None:
        self._incoming = ssl.MemoryBIO()
        self._outgoing = ssl.MemoryBIO()
        self._object = context.wrap_bio(self._incoming, self._outgoing, server_hostname=host.rstrip("."))
        self.closed = False

    def handshake(self) -> bool:
        """Go on with the handshake as far as possible; tell whether it is complete."""
        try:
            self._object.do_handshake()
        except ssl.SSLWantReadError:
            return False
        return True

    def receive(self, data: bytes) -> None:
        """Take what came over the wire; nothing means that the peer closed the connection."""
        if data:
            self._incoming.write(data)
        else:
            self._incoming.write_eof()

    def read(self) -> bytes:
        """Return all that can be decrypted; `closed` tells whether nothing will follow."""
        pieces = []
        try:
            # To be told that there is nothing to read is an exception, and takes longer than to look.
            while self._incoming.pending or self._incoming.eof or self._object.pending():
                piece = self._object.read(_PIECE)
                if not piece:
                    self.closed = True
                    break
                pieces.append(piece)
        except ssl.SSLWantReadError:
            pass
        except (ssl.SSLZeroReturnError, ssl.SSLEOFError):
            # Many servers close without TLS's own goodbye; HTTP knows by itself whether its answer is complete.
            self.closed = True
        return b"".join(pieces)

    def write(self, data: bytes) -> None:
        """Encrypt `data`."""
        view = memoryview(data)
        while view:
            view = view[self._object.write(view) :]

    def outgoing(self) -> bytes:
        """Return what has to go over the wire."""
        return self._outgoing.read()

    def goodbye(self) -> bytes:
        """Return what has to go over the wire before the connection is closed, so that the peer need not wonder."""
        with suppress(ssl.SSLError):
            self._object.unwrap()  # wants to read the peer's goodbye, for which nobody waits
        return self._outgoing.read()

    def protocol(self) -> str | None:
        """Return what ALPN agreed on."""
        return self._object.selected_alpn_protocol()

    def certificate(self) -> bytes | None:
        """Return the peer's certificate as DER."""
        return self._object.getpeercert(binary_form=True)
