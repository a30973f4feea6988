"""OpenSSL's errors in words that say what to mend."""

import ssl
from datetime import datetime

from functions.domain.certificate import Certificate

# X509_V_ERR_* of <openssl/x509_vfy.h>
_NOT_YET_VALID = 9
_EXPIRED = 10
_SELF_SIGNED = 18
_SELF_SIGNED_ROOT = 19
_NO_ISSUER = 20
_NO_FIRST_ISSUER = 21
_WRONG_HOST = (62, 64)
_MAX_NAMES = 5

_UNTRUSTED = {
    _SELF_SIGNED: "the certificate is self-signed",
    _SELF_SIGNED_ROOT: "the certificate was issued by an unknown CA (self-signed root)",
    _NO_ISSUER: "the certificate was issued by an unknown CA, or the server does not send the intermediate certificate",
    _NO_FIRST_ISSUER: "the certificate was issued by an unknown CA",
}

_ALERTS = {
    "UNSUPPORTED_PROTOCOL": "the server only speaks a TLS protocol version that is too old ({minimum} is needed)",
    "TLSV1_ALERT_PROTOCOL_VERSION": "the server does not accept our TLS protocol versions ({minimum} and newer)",
    "WRONG_VERSION_NUMBER": "the server does not speak TLS on this port",
    "HTTP_REQUEST": "the server speaks plain HTTP on this port",
    "TLSV13_ALERT_CERTIFICATE_REQUIRED": "the server demands a client certificate",
    "SSLV3_ALERT_HANDSHAKE_FAILURE": "the server found no common ground for a TLS session (ciphers, or it demands a "
    "client certificate)",
    "SSLV3_ALERT_BAD_CERTIFICATE": "the server rejects our client certificate",
    "TLSV1_ALERT_UNKNOWN_CA": "the server does not know the issuer of our client certificate",
    "TLSV1_UNRECOGNIZED_NAME": "the server has no TLS site of this name",
    "TLSV1_ALERT_INTERNAL_ERROR": "the server failed inside its TLS (often: it has no site of this name)",
}


def needs_certificate(error: ssl.SSLError) -> bool:
    """Tell whether the reason would be better for knowing the certificate that was rejected."""
    return isinstance(error, ssl.SSLCertVerificationError) and error.verify_code in (
        _EXPIRED,
        _NOT_YET_VALID,
        *_WRONG_HOST,
    )


def tls_reason(error: ssl.SSLError, host: str, certificate: Certificate | None, *, minimum: str | None = None) -> str:
    """Return what is wrong, for people; `certificate` is the rejected one, where it could be read.

    `minimum` is the oldest version of TLS that we speak.
    """
    if isinstance(error, ssl.SSLCertVerificationError):
        return _certificate_reason(error, host, certificate)
    words = _ALERTS.get(error.reason or "")
    return words.format(minimum=minimum or "1.2") if words else f"the TLS session failed: {error.reason or error}"


def _certificate_reason(error: ssl.SSLCertVerificationError, host: str, certificate: Certificate | None) -> str:
    code = error.verify_code
    if code == _EXPIRED:
        return "the certificate expired" + (f" on {_day(certificate.not_after)}" if certificate else "")
    if code == _NOT_YET_VALID:
        return "the certificate is not valid" + (f" before {_day(certificate.not_before)}" if certificate else " yet")
    if code in _WRONG_HOST:
        return f"the certificate is not for {host}" + _but_for(certificate)
    return _UNTRUSTED.get(code) or f"the certificate is not trusted: {error.verify_message}"


def _but_for(certificate: Certificate | None) -> str:
    if not certificate or not certificate.names:
        return ""
    names = certificate.names
    more = f" and {len(names) - _MAX_NAMES} more" if len(names) > _MAX_NAMES else ""
    return f" but for {', '.join(names[:_MAX_NAMES])}{more}"


def _day(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC"
