"""The demo service that the local stack watches."""

import os
import sys
from pathlib import Path

from cli.local.ports import LOOPBACK
from cli.local.processes import Process, start, wait_until_listening

_PATIENCE = 30.0


class DemoError(Exception):
    """The demo service did not start; the message says where to look."""


def start_demo(*, root: Path, port: int, state: Path, log: Path) -> Process:
    """Start the shop at `port` and return when it listens. Raises DemoError."""
    state.mkdir(parents=True, exist_ok=True)
    process = start(
        "demo",
        [sys.executable, "-m", "examples.shop", "--host", LOOPBACK, "--port", str(port), "--state", str(state)],
        port=port,
        environment=os.environ,
        folder=root,
        log=log,
    )
    if not wait_until_listening(process, log, patience=_PATIENCE):
        raise DemoError(f"The demo service did not start; {log} says why.")
    return process


def address(port: int) -> str:
    """Return the demo's address."""
    return f"http://{LOOPBACK}:{port}"
