"""The demo service that the local stack watches."""

import os
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import ProxyHandler, build_opener

from cli.local.ports import LOOPBACK
from cli.local.processes import Process, start

PREFERRED_PORT = 8000
_PATIENCE = 30.0
# Loopback must not go through a proxy.
_DIRECT = build_opener(ProxyHandler({}))


class DemoError(Exception):
    """The demo service did not start; the message says where to look."""


def start_demo(*, root: Path, port: int, state: Path, log: Path) -> Process:
    """Start the shop at `port` and return when it answers. Raises DemoError."""
    state.mkdir(parents=True, exist_ok=True)
    process = start(
        "demo",
        [sys.executable, "-m", "examples.shop", "--host", LOOPBACK, "--port", str(port), "--state", str(state)],
        port=port,
        environment=os.environ,
        folder=root,
        log=log,
    )
    deadline = time.monotonic() + _PATIENCE
    while not _answers(port):
        if not process.is_alive or time.monotonic() > deadline:
            process.end()
            raise DemoError(f"The demo service did not start; {log} says why.")
        time.sleep(0.1)
    return process


def address(port: int) -> str:
    """Return the demo's address."""
    return f"http://{LOOPBACK}:{port}"


def _answers(port: int) -> bool:
    try:
        with _DIRECT.open(f"{address(port)}/health/live", timeout=2):
            return True
    except (URLError, OSError):
        return False
