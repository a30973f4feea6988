"""What the simulated hour needs to run: the embedded AWS and the target, each a process that ends with its `with`."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from bench.certificate import Certificate

REPOSITORY = Path(__file__).resolve().parents[1]
MINISTACK = REPOSITORY / ".local" / "ministack" / "bin" / "ministack"
START_S = 30


@contextmanager
def embedded_aws(folder: Path) -> Iterator[str]:
    """Run an embedded AWS with nothing in it and give its address."""
    program = Path(os.environ.get("MINISTACK", MINISTACK))
    if not program.exists():
        raise FileNotFoundError(f"{program} is not there: `make setup` brings it")
    port = _free_port()
    environment = {
        "PATH": os.environ.get("PATH", ""),
        "BIND_HOST": "127.0.0.1",
        "GATEWAY_PORT": str(port),
        "HOME": str(folder),
        "LOG_LEVEL": "ERROR",
    }
    with (folder / "ministack.log").open("wb") as log, _ending([str(program)], environment, log) as process:
        _wait_for(f"http://127.0.0.1:{port}/_ministack/health", process)
        yield f"http://127.0.0.1:{port}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """The running target."""

    port: int
    _stdin: IO[str]
    _stdout: IO[str]

    def tell(self, *, error: Sequence[int] = (), hang: Sequence[int] = ()) -> None:
        """Break these and heal all others; returns when it is so."""
        print(json.dumps({"error": list(error), "hang": list(hang)}), file=self._stdin, flush=True)
        if self._stdout.readline().strip() != "ok":
            raise ConnectionError("the target is gone")


@contextmanager
def target(certificate: Certificate) -> Iterator[Target]:
    """Run the target."""
    process = subprocess.Popen(
        [sys.executable, "-m", "bench.target", str(certificate.certificate), str(certificate.key)],
        cwd=REPOSITORY,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        assert process.stdin is not None  # noqa: S101 -- a pipe was asked for
        assert process.stdout is not None  # noqa: S101 -- a pipe was asked for
        try:
            yield Target(port=int(process.stdout.readline()), _stdin=process.stdin, _stdout=process.stdout)
        finally:
            process.terminate()


@contextmanager
def _ending(command: Sequence[str], environment: dict[str, str], log: IO[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise ChildProcessError(f"the embedded AWS ended with {process.returncode}")
        try:
            with urllib.request.urlopen(address, timeout=1):  # noqa: S310 -- our own loopback address
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise TimeoutError(f"the embedded AWS did not answer within {START_S} s")


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port
