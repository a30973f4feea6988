"""The watched services: an HTTPS server in a process of its own, with answers that take their time.

In a process of its own because its CPU is not ours. `/m/{n}` answers 300 bytes of JSON after a delay that is drawn anew
for each request (bench/latency.py).
What is broken is told on stdin, a JSON document a line: {"error": [n ...], "hang": [n ...]}, each answered with a line.

    python -m bench.target CERTIFICATE        prints the port, then serves until stdin ends
"""

import asyncio
import json
import random
import ssl
import sys
from dataclasses import dataclass, field
from pathlib import Path

from bench.latency import draw_s, median_s

PADDING = "x" * 190


@dataclass(slots=True)
class Broken:
    """Which monitors' targets answer 500, and which never answer."""

    error: frozenset[int] = frozenset()
    hang: frozenset[int] = frozenset()
    chance: random.Random = field(default_factory=lambda: random.Random(1))  # noqa: S311 -- delays, not secrets


async def serve(certificate: Path) -> None:
    """Serve until stdin ends; `certificate` holds the key as well."""
    broken = Broken()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            await _answer(int(head.split(b" ", 2)[1].rsplit(b"/", 1)[1]), broken, reader, writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass  # the client left
        finally:
            writer.close()

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server = await asyncio.start_server(answer, "127.0.0.1", 0, ssl=context, backlog=2048)
    print(server.sockets[0].getsockname()[1], flush=True)
    async with server:
        loop = asyncio.get_running_loop()
        while line := await loop.run_in_executor(None, sys.stdin.readline):
            told = json.loads(line)
            broken.error = frozenset(told.get("error", ()))
            broken.hang = frozenset(told.get("hang", ()))
            print("ok", flush=True)


async def _answer(number: int, broken: Broken, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    if number in broken.hang:
        await reader.read()  # until the client leaves
        return
    await asyncio.sleep(draw_s(broken.chance, median_s(number)))
    well = number not in broken.error
    body = json.dumps(
        {"status": "healthy" if well else "degraded", "checks": {"database": "ok" if well else "fail"}, "pad": PADDING}
    ).encode()
    status = b"200 OK" if well else b"500 Internal Server Error"
    writer.write(
        b"HTTP/1.1 %b\r\ncontent-type: application/json\r\ncontent-length: %d\r\nconnection: close\r\n\r\n%b"
        % (status, len(body), body)
    )
    await writer.drain()


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1])))
