"""Serves rendered objects on loopback as the CDN would: headers, missing page, compression, conditional requests."""

import gzip
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from fnmatch import fnmatch
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Final
from urllib.parse import unquote, urlsplit

from functions.render.artefact import Artefact
from functions.render.headers import FRAMED, FRAMED_HEADERS, OPEN_TO_OTHER_ORIGINS, SECURITY_HEADERS

OPEN = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "Age, Date, ETag, X-Request-Id"}

COMPRESSED_FROM: Final = 1000
"""What is smaller in bytes, CloudFront does not compress; all that is rendered is of types that it does.

Source: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/ServingCompressedFiles.html
"""
GZIP_LEVEL: Final = 6


@dataclass(slots=True)
class ServedSite:
    """`objects` may be replaced while it is served; with `broken` every request is dropped.

    `clock` is what the Date header says instead of the present. `headers` take the place of the CDN's: for somebody
    else's site.
    """

    address: str
    objects: Mapping[str, Artefact]
    broken: bool = False
    clock: datetime | None = None
    headers: Mapping[str, str] | None = None
    requested: list[str] = field(default_factory=list)


def headers_of(path: str) -> Mapping[str, str]:
    """Return what the CDN adds to the object at `path`."""
    if fnmatch(path, FRAMED):
        return {**FRAMED_HEADERS, **OPEN}
    return {**SECURITY_HEADERS, **(OPEN if any(fnmatch(path, open_) for open_ in OPEN_TO_OTHER_ORIGINS) else {})}


def _encoded(artefact: Artefact, accepted: str) -> tuple[str, bytes]:
    """Return an ETag, weak where the bytes are compressed, and the bytes."""
    if len(artefact.body) < COMPRESSED_FROM or "gzip" not in accepted:
        return f'"{artefact.etag}"', artefact.body
    return f'W/"{artefact.etag}"', gzip.compress(artefact.body, GZIP_LEVEL, mtime=0)


@contextmanager
def serve_site(objects: Mapping[str, Artefact]) -> Iterator[ServedSite]:
    """Serve `objects` by key until the block ends."""
    site = ServedSite(address="", objects=objects)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle(self) -> None:
            # A browser that went on to another page has closed the connection, and misses nothing.
            with suppress(BrokenPipeError, ConnectionResetError):
                super().handle()

        def do_GET(self) -> None:
            if site.broken:
                self.close_connection = True
                self.connection.close()
                return
            key = unquote(urlsplit(self.path).path).lstrip("/") or "index.html"
            site.requested.append(key)
            artefact = site.objects.get(key)
            status = 200 if artefact else 404
            artefact = artefact or site.objects["404.html"]
            tag, body = _encoded(artefact, self.headers.get("Accept-Encoding", ""))
            if status == 200 and self.headers.get("If-None-Match") == tag:
                status = 304
            self.send_response(status)
            for name, value in (site.headers or headers_of(f"/{key}")).items():
                self.send_header(name, value)
            self.send_header("Content-Type", artefact.content_type)
            self.send_header("Cache-Control", artefact.cache_control)
            self.send_header("ETag", tag)
            if tag.startswith("W/"):
                self.send_header("Content-Encoding", "gzip")
                self.send_header("Vary", "Accept-Encoding")
            self.send_header("Content-Length", "0" if status == 304 else str(len(body)))
            self.end_headers()
            if status != 304 and self.command != "HEAD":
                self.wfile.write(body)

        do_HEAD = do_GET  # noqa: N815 (the name is the parent's)

        def date_time_string(self, timestamp: float | None = None) -> str:
            """Return the time for the Date header."""
            return super().date_time_string(site.clock.timestamp() if site.clock else timestamp)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the name is the parent's)
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    site.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
