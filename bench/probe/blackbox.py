"""prometheus-blackbox-exporter as a contestant, driven through its /probe endpoint as Prometheus does.

The CPU is that of its process; asking it is our work and not counted. One thread runs Go (GOMAXPROCS=1), as Python has
one.
"""

import asyncio
import json
import os
import re
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from bench.probe.check import Outcome
from bench.probe.process import cpu_s

PROGRAM = "prometheus-blackbox-exporter"
_PHASE = re.compile(r'^probe_http_duration_seconds\{phase="(\w+)"\} (\S+)$', re.MULTILINE)
_NAMES = {"connect": "connect", "tls": "tls", "processing": "first_byte", "transfer": "transfer"}


class Blackbox:
    """The running exporter."""

    def __init__(self, pid: int, port: int) -> None:
        self.pid = pid
        self._port = port

    def ask(self, urls: Mapping[str, str]) -> Outcome:
        """Have it check all `urls` at once."""
        wall, cpu = time.perf_counter(), cpu_s(self.pid)
        pages = asyncio.run(self._all(urls))
        cpu_ms, wall_ms = (cpu_s(self.pid) - cpu) * 1000, (time.perf_counter() - wall) * 1000
        return Outcome(
            cpu_ms=cpu_ms,
            wall_ms=wall_ms,
            reported={name: _phases(page) for name, page in pages.items() if "\nprobe_success 1" in page},
        )

    async def _all(self, urls: Mapping[str, str]) -> dict[str, str]:
        pages = await asyncio.gather(*(self._page(url) for url in urls.values()))
        return dict(zip(urls, pages, strict=True))

    async def _page(self, url: str) -> str:
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
        writer.write(
            f"GET /probe?module=check&target={quote(url, safe='')} HTTP/1.0\r\nhost: 127.0.0.1\r\n\r\n".encode()
        )
        page = await reader.read()
        writer.close()
        return page.decode()


@contextmanager
def blackbox(folder: Path, authority: Path) -> Iterator[Blackbox]:
    """Run the exporter until the `with` ends; `authority` is the CA that it trusts."""
    module = {
        "prober": "http",
        "timeout": "30s",
        "http": {
            "valid_status_codes": [200],
            "fail_if_body_not_matches_regexp": ['"status": ?"healthy"'],
            "preferred_ip_protocol": "ip4",
            "tls_config": {"ca_file": str(authority)},
        },
    }
    config = folder / "blackbox.yml"
    config.write_text(json.dumps({"modules": {"check": module}}))
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with subprocess.Popen(
        [
            PROGRAM, f"--config.file={config}", f"--web.listen-address=127.0.0.1:{port}",
            "--timeout-offset=0", "--log.level=error",
        ],
        env={**os.environ, "GOMAXPROCS": "1"},
        stderr=subprocess.DEVNULL,
    ) as process:  # fmt: skip
        try:
            _wait(port)
            yield Blackbox(process.pid, port)
        finally:
            process.terminate()


def _wait(port: int) -> None:
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise ConnectionError(f"{PROGRAM} does not start")


def _phases(page: str) -> dict[str, float]:
    return {_NAMES[phase]: float(value) * 1000 for phase, value in _PHASE.findall(page) if phase in _NAMES}
