"""Host names to addresses, off the event loop and timed where the work is done."""

import asyncio
import queue
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import ip_address
from typing import Protocol

from functions.adapters.http.errors import ExchangeError
from functions.domain.verdict import FailureKind, Phase

MAX_LOOKUPS = 200
"""Look-ups at once. A hanging name server holds a thread each, and must not keep the others waiting."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """Addresses in the system's order of preference, as literals, and the milliseconds that finding them took."""

    addresses: tuple[str, ...]
    milliseconds: float


class Resolver(Protocol):
    """What the transport needs."""

    async def resolve(self, host: str, port: int) -> Resolution:
        """Return the addresses of `host` (ASCII), at least one; raises ExchangeError of kind dns."""


class SystemResolver:
    """The system's `getaddrinfo` in daemon threads: one that hangs outlives neither the run nor the command."""

    def __init__(self) -> None:
        self._jobs: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._idle = 0
        self._threads = 0
        self._lock = threading.Lock()

    async def resolve(self, host: str, port: int) -> Resolution:
        """Return the addresses of `host`; an address literal is its own and takes no time."""
        if literal := _literal(host):
            return Resolution(addresses=(literal,), milliseconds=0.0)
        loop = asyncio.get_running_loop()
        found: asyncio.Future[Resolution] = loop.create_future()

        def look_up() -> None:
            try:
                resolution = _look_up(host, port)
            except ExchangeError as error:
                outcome: Resolution | ExchangeError = error
            else:
                outcome = resolution
            # The check may have timed out, and its loop may be gone, by the time the name server answers.
            with suppress(RuntimeError):
                loop.call_soon_threadsafe(_settle, found, outcome)

        self._submit(look_up)
        return await found

    def _submit(self, job: Callable[[], None]) -> None:
        with self._lock:
            start = self._idle <= self._jobs.qsize() and self._threads < MAX_LOOKUPS
            self._threads += start
        self._jobs.put(job)
        if start:
            threading.Thread(target=self._work, name="dns", daemon=True).start()

    def _work(self) -> None:
        while True:
            with self._lock:
                self._idle += 1
            job = self._jobs.get()
            with self._lock:
                self._idle -= 1
            job()


@lru_cache(maxsize=1024)
def _literal(host: str) -> str | None:
    try:
        return str(ip_address(host))
    except ValueError:
        return None


def _settle(found: asyncio.Future[Resolution], outcome: Resolution | ExchangeError) -> None:
    if found.done():
        return
    if isinstance(outcome, ExchangeError):
        found.set_exception(outcome)
    else:
        found.set_result(outcome)


def _look_up(host: str, port: int) -> Resolution:
    started = time.perf_counter()
    try:
        # As bytes: given text, Python would encode it a second time, by older rules.
        answers = socket.getaddrinfo(host.encode("ascii"), port, type=socket.SOCK_STREAM)
    except (OSError, ValueError) as error:  # the latter of names that cannot be written for the system
        raise ExchangeError(FailureKind.DNS, _reason(host, error), Phase.DNS) from error
    addresses = tuple(dict.fromkeys(str(answer[4][0]) for answer in answers))
    return Resolution(addresses=addresses, milliseconds=(time.perf_counter() - started) * 1000)


def _reason(host: str, error: OSError | ValueError) -> str:
    code = error.errno if isinstance(error, socket.gaierror) else None
    if code == socket.EAI_NONAME:
        return f"{host} does not exist in the DNS"
    if code == socket.EAI_AGAIN:
        return f"no name server answered for {host}"
    if code == getattr(socket, "EAI_NODATA", None):
        return f"{host} has no address in the DNS"
    return f"{host} could not be looked up: {error}"
