"""Plain httpx as a contestant: one client, all at once, times by its own trace events.

python -m bench.probe.plain        answers each line {"urls": {name: url}} with an `Outcome`
"""

import asyncio
import json
import ssl
import sys
import time
from collections.abc import Mapping
from dataclasses import asdict

import httpx

from bench.probe.check import Outcome

_BETWEEN = {
    "connect": ("connection.connect_tcp.started", "connection.connect_tcp.complete"),
    "tls": ("connection.start_tls.started", "connection.start_tls.complete"),
    "first_byte": ("http11.send_request_body.complete", "http11.receive_response_headers.complete"),
    "transfer": ("http11.receive_response_headers.complete", "http11.receive_response_body.complete"),
}
"""https://www.python-httpx.org/advanced/extensions/#trace"""


async def check(client: httpx.AsyncClient, url: str) -> dict[str, float] | None:
    """Return the phases of one check; None where it failed."""
    times: dict[str, float] = {}

    async def note(event: str, _: object) -> None:
        times[event] = time.perf_counter()

    response = await client.get(url, extensions={"trace": note})
    if response.status_code != 200 or response.json()["status"] != "healthy":
        return None
    return {
        phase: (times[end] - times[start]) * 1000
        for phase, (start, end) in _BETWEEN.items()
        if start in times and end in times
    }


async def run(urls: Mapping[str, str], verify: ssl.SSLContext) -> dict[str, dict[str, float]]:
    """Return the phases of all that are well."""
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=0)
    async with httpx.AsyncClient(verify=verify, limits=limits, timeout=30, trust_env=False) as client:
        seen = await asyncio.gather(*(check(client, url) for url in urls.values()))
    return {name: phases for name, phases in zip(urls, seen, strict=True) if phases is not None}


def serve() -> None:
    """Answer until stdin ends."""
    context = httpx.create_ssl_context()
    print(json.dumps("ready"), flush=True)
    for line in sys.stdin:
        urls = json.loads(line)["urls"]
        wall, cpu = time.perf_counter(), time.process_time()
        reported = asyncio.run(run(urls, context))
        cpu_ms, wall_ms = (time.process_time() - cpu) * 1000, (time.perf_counter() - wall) * 1000
        print(json.dumps(asdict(Outcome(cpu_ms=cpu_ms, wall_ms=wall_ms, reported=reported))), flush=True)


if __name__ == "__main__":
    serve()
