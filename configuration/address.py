"""The URL of a target: its form, and whether the address in it may be asked at all.

The probe vets every address that it connects to once more; what is refused here would never have worked.
"""

import ipaddress
import re
import socket
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from configuration.wording import quoted

_LABEL = r"[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?"
_HOST_NAME = re.compile(rf"(?=.{{1,253}}\.?$){_LABEL}(\.{_LABEL})*\.?")
_METADATA_NAMES = frozenset({"metadata.google.internal", "instance-data", "instance-data.ec2.internal"})


@dataclass(frozen=True, slots=True)
class AddressError(Exception):
    """A URL that cannot be asked: `message` says why, `suggestion` what was probably meant."""

    message: str
    suggestion: str | None = None


def check_url(url: str) -> SplitResult:
    """Return the parts of a URL that can be asked. Raises AddressError."""
    if any(ord(c) <= ord(" ") or ord(c) == 0x7F for c in url):  # noqa: PLR2004 (DEL)
        raise AddressError("found a blank or a control character in the URL; write it as %20 and so on")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise AddressError(f"{quoted(url)} is not a URL: {error}") from error
    if parts.scheme not in ("http", "https"):
        shown = f"the scheme `{parts.scheme}`" if parts.scheme else "no scheme"
        secret = ", and where a check connects to is no secret" if parts.scheme == "secret" else ""
        message = f"found {shown}; a URL starts with `https://` or `http://`{secret}"
        raise AddressError(message, _with_scheme(url, parts))
    if parts.username is not None or parts.password is not None:
        raise AddressError("a URL holds no user or password; use `auth: {basic: {user: …, password: secret:NAME}}`")
    if not parts.hostname:
        raise AddressError("the URL has no host; write `https://HOST/PATH`")
    if port == 0:
        raise AddressError("port 0 cannot be asked; leave it out, or name the port")
    if parts.fragment:
        raise AddressError("the part after `#` is never sent to a server; leave it out")
    check_host(parts.hostname)
    return parts


def check_websocket_url(url: str) -> SplitResult:
    """Return the parts of the address of a WebSocket, as those of the HTTP that it begins with. Raises AddressError."""
    if not url.startswith(("ws://", "wss://")):
        scheme, there, _ = url.partition("://")
        shown = f"the scheme `{scheme}`" if there else "no scheme"
        meant = f"ws{url[4:]}" if scheme in ("http", "https") else None
        raise AddressError(f"found {shown}; the address of a WebSocket starts with `wss://` or `ws://`", meant)
    return check_url(over_http(url))


def over_http(url: str) -> str:
    """Return the address of a WebSocket as the HTTP that it begins with; any other as it is."""
    return "http" + url[2:] if url.startswith(("ws://", "wss://")) else url


def literal_address(host: str) -> str | None:
    """Return the address that `host` spells, in any spelling that the resolver takes (`127.1`, `0x7f000001`).

    None for a name, except for those that mean this machine or the metadata service everywhere.
    """
    name = host.rstrip(".").casefold()
    if name == "localhost" or name.endswith(".localhost"):
        return "127.0.0.1"
    if name in _METADATA_NAMES:
        return "169.254.169.254"
    try:
        ipaddress.ip_address(host)
    except ValueError:
        pass
    else:
        return host
    if not re.fullmatch(r"[0-9][0-9a-fx.]*", name):
        return None
    try:
        return str(ipaddress.IPv4Address(socket.inet_aton(name)))
    except OSError:
        return None


def check_host(host: str) -> None:
    """Refuse what is neither a name nor an address. Raises AddressError."""
    if ":" in host:
        try:
            ipaddress.IPv6Address(host.strip("[]").partition("%")[0])
        except ValueError as error:
            meant = urlsplit(host if "://" in host else f"//{host}").hostname
            message = f"{quoted(host)} is no host; scheme, port and path have no place here"
            raise AddressError(message, meant) from error
        return
    try:
        ascii_host = host.encode("idna").decode("ascii") if not host.isascii() else host
    except UnicodeError as error:
        raise AddressError(f"{quoted(host)} is no host name") from error
    if not _HOST_NAME.fullmatch(ascii_host):
        raise AddressError(f"{quoted(host)} is no host name; allowed: letters, digits, hyphens and dots")


def _with_scheme(url: str, parts: SplitResult) -> str | None:
    if "secret:" in url:
        return None
    if not parts.scheme and not url.startswith("/"):
        return f"https://{url}"
    if parts.scheme in ("htps", "htpps", "hhtps", "httpss", "htttps"):
        return f"https{url[len(parts.scheme) :]}"
    return f"https://{url}" if re.fullmatch(r"[a-z0-9.-]+:[0-9]+(/.*)?", url) else None
