"""The few facts of an X.509 certificate that a check talks about, read from its DER.

Python's `ssl` gives the fields of a certificate only where it verified it, and a check has to speak of those that it
could not verify. Source of the format: RFC 5280 (section 4.1) and X.690. The reader is strict about lengths and asks
for nothing but what is named here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from ipaddress import ip_address

_OCTETS = 0x04
_OID = 0x06
_UTC_TIME = 0x17
_GENERALIZED_TIME = 0x18
_SEQUENCE = 0x30
_VERSION = 0xA0
_EXTENSIONS = 0xA3
_DNS_NAME = 0x82
_IP_ADDRESS = 0x87
_SUBJECT_ALT_NAME = bytes.fromhex("551d11")


class CertificateFormatError(ValueError):
    """The bytes are not a certificate."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """When it is valid (aware, UTC) and for which DNS names and addresses."""

    not_before: datetime
    not_after: datetime
    names: tuple[str, ...]


@lru_cache(maxsize=256)
def read_certificate(der: bytes) -> Certificate:
    """Return the facts of a DER certificate; raises CertificateFormatError where it is none."""
    try:
        ((_, certificate),) = _elements(der)
        tag, tbs = _first(certificate)
        fields = list(_elements(tbs))
        if tag != _SEQUENCE or not fields:
            raise CertificateFormatError("no certificate body")
        if fields[0][0] == _VERSION:
            fields = fields[1:]
        # serial, signature algorithm, issuer, validity, subject, key, then optional parts
        not_before, not_after = (_time(tag, value) for tag, value in _elements(fields[3][1]))
        names = tuple(name for tag, value in fields[6:] if tag == _EXTENSIONS for name in _alternative_names(value))
    except (ValueError, IndexError) as error:
        raise CertificateFormatError(f"not a certificate: {error}") from error
    return Certificate(not_before=not_before, not_after=not_after, names=names)


def _elements(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield (tag, content) of each element that stands in `data`, one behind the other."""
    at = 0
    while at < len(data):
        tag, length, at = data[at], data[at + 1], at + 2
        if length & 0x80:
            size = length & 0x7F
            length = int.from_bytes(data[at : at + size], "big")
            at += size
        if at + length > len(data):
            raise CertificateFormatError("an element is longer than what holds it")
        yield tag, data[at : at + length]
        at += length


def _first(data: bytes) -> tuple[int, bytes]:
    """Return the first element; a generator that used `next` would turn its end into another error."""
    for element in _elements(data):
        return element
    raise CertificateFormatError("an element is missing")


def _time(tag: int, value: bytes) -> datetime:
    text = value.decode("ascii")
    if tag == _UTC_TIME:
        # RFC 5280, 4.1.2.5.1: two-digit years from 50 on are of the last century.
        text = ("19" if text >= "50" else "20") + text
    elif tag != _GENERALIZED_TIME:
        raise CertificateFormatError(f"a time with tag {tag:#x}")
    return datetime.strptime(text, "%Y%m%d%H%M%SZ").replace(tzinfo=UTC)


def _alternative_names(extensions: bytes) -> Iterator[str]:
    for _, extension in _elements(_first(extensions)[1]):
        parts = list(_elements(extension))
        if parts[0] == (_OID, _SUBJECT_ALT_NAME) and parts[-1][0] == _OCTETS:
            for tag, name in _elements(_first(parts[-1][1])[1]):
                if tag == _DNS_NAME:
                    yield name.decode("ascii", "replace")
                elif tag == _IP_ADDRESS:
                    yield str(ip_address(name))
