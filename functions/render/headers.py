"""The headers that the site is served with; the CDN's construct and the tests' server both read them here.

Only constants and the standard library: infrastructure imports this at synth.
"""

from collections.abc import Mapping
from typing import Final

CONTENT_SECURITY_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""Nothing from other hosts, nothing inline, nowhere to post to, no frame around it."""

PERMISSIONS_POLICY: Final = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"

REFERRER_POLICY: Final = "strict-origin-when-cross-origin"

HSTS_SECONDS: Final = 31_536_000

SECURITY_HEADERS: Final[Mapping[str, str]] = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Permissions-Policy": PERMISSIONS_POLICY,
    "Referrer-Policy": REFERRER_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
"""Without Strict-Transport-Security, which only makes sense where there is TLS (`HSTS_SECONDS`).

No Cross-Origin-Resource-Policy: badges are embedded by other sites.
"""

CACHE_SHORT: Final = "public, max-age=30, stale-while-revalidate=60, stale-if-error=86400"
"""HTML, JSON and badges: at most half a minute old, and still there for a day when the origin is not."""

CACHE_FOR_EVER: Final = "public, max-age=31536000, immutable"
"""Assets: their names change with their bytes."""

OPEN_TO_OTHER_ORIGINS: Final = ("/status.json", "/badge/*")
"""Paths that other sites' scripts may read (Access-Control-Allow-Origin: *)."""
