"""Pings in memory."""

from collections.abc import Mapping
from dataclasses import replace

from functions.domain.ping import Pings
from functions.domain.ping_key import KeyRing
from functions.store import ConflictError, PingBody


class MemoryPings:
    """Passes the contract suite of `PingTable`; `reads` and `writes` count what would cost money."""

    def __init__(self) -> None:
        self.reads = 0
        self.writes = 0
        self._pings: dict[str, Pings] = {}
        self._bodies: dict[str, PingBody] = {}
        self._ring: KeyRing | None = None

    def pings(self) -> Mapping[str, Pings]:
        """Return the pings of all monitors that have had any, by id."""
        self.reads += 1
        return dict(self._pings)

    def pings_of(self, monitor: str) -> Pings:
        """Return a monitor's pings; version 0 where there are none."""
        self.reads += 1
        return self._pings.get(monitor, Pings(monitor=monitor))

    def put_pings(self, pings: Pings) -> None:
        """Write, or raise ConflictError where the version is another."""
        self.writes += 1
        stored = self._pings.get(pings.monitor)
        if pings.version != (stored.version if stored else 0):
            raise ConflictError(pings.monitor)
        self._pings[pings.monitor] = replace(pings, version=pings.version + 1)

    def put_ping_body(self, monitor: str, body: PingBody) -> None:
        """Write, replacing what was there."""
        self.writes += 1
        self._bodies[monitor] = body

    def ping_body(self, monitor: str) -> PingBody | None:
        """Return the newest ping's body; None where none had one."""
        return self._bodies.get(monitor)

    def key_ring(self) -> KeyRing | None:
        """Return what keys are made of; None before anybody has asked for a key."""
        self.reads += 1
        return self._ring

    def make_key_ring(self, secret: bytes) -> KeyRing:
        """Return what keys are made of, making it of `secret` where there is nothing yet."""
        self._ring = self._ring or KeyRing(secret=secret)
        return self._ring

    def replace_key(self, monitor: str) -> KeyRing:
        """Give the monitor another key."""
        assert self._ring is not None
        turns = {**self._ring.turns, monitor: self._ring.turns.get(monitor, 0) + 1}
        self._ring = replace(self._ring, turns=turns)
        return self._ring
