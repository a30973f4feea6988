"""What is watched besides the demo: a server whose paths answer what a test says, and the bad targets."""

import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.targets import behaviours
from tests.targets.threaded import serving_from_another_loop

HEALTHY = b'{"status": "healthy"}'


@dataclass(slots=True, kw_only=True)
class Target:
    """By path: the `status` that it answers (else 200), the `delay` in seconds, how often it was `asked`, and how."""

    address: str
    status: dict[str, int] = field(default_factory=dict)
    delay: dict[str, float] = field(default_factory=dict)
    asked: dict[str, int] = field(default_factory=dict)
    headers: dict[str, dict[str, str]] = field(default_factory=dict)


@contextmanager
def serving_target() -> Iterator[Target]:
    """Serve until the context ends."""
    target = Target(address="")

    class Handler(BaseHTTPRequestHandler):
        """Answers by the tables."""

        def do_GET(self) -> None:
            target.headers[self.path] = {name.lower(): value for name, value in self.headers.items()}
            target.asked[self.path] = target.asked.get(self.path, 0) + 1
            time.sleep(target.delay.get(self.path, 0))
            self.send_response(target.status.get(self.path, 200))
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(HEALTHY)))
            self.end_headers()
            self.wfile.write(HEALTHY)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    target.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield target
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


BAD = {
    "hangs": behaviours.hangs,
    "drips": behaviours.drips_body,
    "resets": behaviours.resets_in_body,
    "circle": behaviours.circle,
    "huge": behaviours.ten_gigabytes,
    "bomb": behaviours.gzip_bomb(),
    "utf8": behaviours.says(
        b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 12\r\n\r\n{"a": "\xff\xfe\xfd"}'
    ),
    "not-tls": behaviours.healthy,
    "metadata": behaviours.redirects_to("http://169.254.169.254/latest/meta-data/"),
}
"""Targets by the monitor's id; `not-tls` is asked with https."""


@contextmanager
def bad_targets() -> Iterator[dict[str, int]]:
    """Serve each of `BAD`; give the ports by name."""
    with ExitStack() as stack:
        yield {name: stack.enter_context(serving_from_another_loop(behaviour)) for name, behaviour in BAD.items()}
