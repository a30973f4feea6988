"""Switches that break the shop, and the middleware that makes some of the breaks felt."""

import asyncio
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from fastapi import APIRouter, Request
from pydantic import BaseModel
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SLOW_S = 1.5


class Break(StrEnum):
    """What can be broken."""

    DATABASE = "database"
    CACHE = "cache"
    SLOW = "slow"
    HANG = "hang"
    ERROR = "error"
    SCHEMA = "schema"


class BrokenOnPurposeError(Exception):
    """The bug that `error` puts into every request."""


@dataclass(slots=True)
class Switches:
    """What is broken at present, by name; breaks add up until all are healed.

    `on_break` and `on_heal` do what it takes to break or heal a part for real.
    """

    on_break: Mapping[Break, Callable[[], None]] = field(default_factory=dict)
    on_heal: Mapping[Break, Callable[[], None]] = field(default_factory=dict)
    broken: set[Break] = field(default_factory=set)
    _healed: asyncio.Event = field(default_factory=asyncio.Event)

    def turn_on(self, what: Break) -> None:
        """Break one thing; breaking it twice is breaking it once."""
        if what in self.broken:
            return
        self.on_break.get(what, _nothing)()
        self.broken.add(what)
        if what is Break.HANG:
            self._healed.clear()

    def heal(self) -> None:
        """Heal everything and let go of requests that hang."""
        for what in sorted(self.broken):
            self.on_heal.get(what, _nothing)()
        self.broken.clear()
        self._healed.set()

    async def healed(self) -> None:
        """Wait until nothing hangs."""
        if Break.HANG in self.broken:
            await self._healed.wait()


class Broken(BaseModel):
    """What is broken, in alphabetical order."""

    broken: list[Break]


router = APIRouter(tags=["switches"])


@router.get("/break")
async def broken(request: Request) -> Broken:
    """Tell what is broken."""
    return Broken(broken=sorted(_switches(request).broken))


@router.post("/break/{what}")
async def turn_on(what: Break, request: Request) -> Broken:
    """Break one thing more."""
    _switches(request).turn_on(what)
    return await broken(request)


@router.post("/heal")
async def heal(request: Request) -> Broken:
    """Heal everything."""
    _switches(request).heal()
    return await broken(request)


class Breakage:
    """Makes `slow`, `hang` and `error` felt by every request but those to the switches themselves."""

    def __init__(self, app: ASGIApp, *, switches: Switches) -> None:
        self._app = app
        self._switches = switches

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or do what a broken service does with it."""
        if scope["type"] != "http" or _is_switch(scope["path"]):
            await self._app(scope, receive, send)
            return
        held = _Held(receive)
        if Break.HANG in self._switches.broken and not await held.until(self._switches):
            return
        if Break.SLOW in self._switches.broken:
            await asyncio.sleep(SLOW_S)
        if Break.ERROR in self._switches.broken:
            raise BrokenOnPurposeError("POST /heal mends it")
        await self._app(scope, held.receive, send)


class _Held:
    """A request that waits: what arrives meanwhile is kept for whoever serves it later."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._kept: deque[Message] = deque()

    async def receive(self) -> Message:
        """Return the oldest message that was kept, else the next one."""
        return self._kept.popleft() if self._kept else await self._receive()

    async def until(self, switches: Switches) -> bool:
        """Wait for the heal; tell False where the client left before."""
        healed = asyncio.create_task(switches.healed())
        left = asyncio.create_task(self._client_left())
        try:
            await asyncio.wait((healed, left), return_when=asyncio.FIRST_COMPLETED)
            return not left.done()
        finally:
            healed.cancel()
            left.cancel()
            await asyncio.gather(healed, left, return_exceptions=True)

    async def _client_left(self) -> None:
        while (message := await self._receive())["type"] != "http.disconnect":
            self._kept.append(message)


def _is_switch(path: str) -> bool:
    return path in {"/heal", "/break"} or path.startswith("/break/")


def _switches(request: Request) -> Switches:
    switches: Switches = request.app.state.switches
    return switches


def _nothing() -> None:
    """Stand in for a break that is felt elsewhere."""
