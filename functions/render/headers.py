"""The headers that the site is served with; the CDN's construct and the tests' server both read them here.

Only constants and the standard library: infrastructure imports this at synth.
"""

from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha256
from typing import Final


def source_of(text: str) -> str:
    """Return the source expression that allows exactly this inline script or style (CSP level 3, `hash-source`)."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


FIRST_SCRIPT: Final = (
    '{let d=document.documentElement;d.classList.add("js");'
    'if(new URLSearchParams(location.search).has("kiosk"))d.classList.add("kiosk");'
    'try{d.dataset.theme=localStorage.getItem("theme")||""}catch{}}'
)
"""Inline in every page: what must be known before the first paint, so that nothing moves or flashes after it."""

OFFLINE_SCRIPT: Final = (
    "{const lang=document.documentElement.lang;"
    "const own=location.pathname==='/offline',back=()=>own?location.replace('/'):location.reload();"
    "again.onclick=back;addEventListener('online',back);"
    "let wait=own?15000:2000;const look=()=>fetch(location.href,{method:'HEAD',cache:'no-store'})"
    ".then(back,()=>setTimeout(look,wait=Math.min(2*wait,15000)));setTimeout(look,wait);"
    "try{const at=new Date(localStorage.getItem('seen')??NaN),time=document.querySelector('#seen time');"
    "time.textContent=new Intl.DateTimeFormat(navigator.languages.find(l=>l.split('-')[0]===lang)||lang,"
    "{dateStyle:'long',timeStyle:'short'}).format(at);time.dateTime=at.toISOString();seen.hidden=false}catch{}}"
)
"""Inline in the offline page: goes back when something answers, and says what was seen last, if known.

An unknown time is no Date that can be said, and throws.
By its own address it was fetched, not kept: there it is in no hurry to leave.
"""

CONTENT_SECURITY_POLICY: Final = (
    f"default-src 'none'; script-src 'self' {source_of(FIRST_SCRIPT)} {source_of(OFFLINE_SCRIPT)}; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; worker-src 'self'; "
    "manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""Nothing from other hosts, two known scripts inline, nowhere to post to, no frame around it.

The stylesheet stands in each page, so that the first paint needs one request. Each page names its hash in a policy of
its own (a `meta` element), and where two policies hold, both must agree: no other inline style gets through. The hash
is not in this header, because a header of one deployment meets pages of the one before.
"""

FRAMED_CONTENT_SECURITY_POLICY: Final = (
    "default-src 'none'; script-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors *"
)
"""Of what other sites put on theirs: they may frame it, and it has even less in it than the page."""

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

FRAMED_HEADERS: Final[Mapping[str, str]] = {
    **{name: value for name, value in SECURITY_HEADERS.items() if name != "X-Frame-Options"},
    "Content-Security-Policy": FRAMED_CONTENT_SECURITY_POLICY,
}

CACHE_SHORT: Final = "public, max-age=30, stale-while-revalidate=60, stale-if-error=86400"
"""HTML, JSON and badges: at most half a minute old, and still there for a day when the origin is not."""

PRIVATE_HEADERS: Final[Mapping[str, str]] = {
    "Cache-Control": "private, max-age=30",
    "X-Robots-Tag": "noindex, nofollow",
}
"""What private pages are served with instead: for the visitor's own browser, and for no search engine."""

CACHE_CHECKED: Final = "no-cache"
"""What devices keep by themselves: an old one would be kept as the new one."""

CACHE_FOR_EVER: Final = "public, max-age=31536000, immutable"
"""Assets: their names change with their bytes."""

OPEN_TO_OTHER_ORIGINS: Final = (
    "/status.json",
    "/api/v2/*",
    "/feeds/*",
    "/badge/*",
    "/history/*.json",
    "/history/*.csv",
    "/index.md",
    "/llms.txt",
)
"""Paths that other sites' scripts may read (Access-Control-Allow-Origin: *)."""

FRAMED: Final = "/widget*"
"""What other sites may frame, and their scripts read: there is nothing on it to be tricked into pressing."""
