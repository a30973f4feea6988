"""Takes pings: who sent it, what is known of them, what it changes; and reads again where another was faster."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from functions.domain.checks.heartbeat import Heartbeat
from functions.domain.ping import Ping, receive
from functions.store import ConflictError, PingBody, PingStore

if TYPE_CHECKING:
    from functions.domain.ping_key import KeyRing

TRIES = 5
"""Pings of one monitor at the same moment are few."""

BODY_LIMIT = 10_000
"""Bytes of a body that are kept."""


class KnownKeys:
    """The deployment's keys, remembered: a ping, known or not, costs no read of its own.

    They are read again after FRESH, so that a key that was replaced ends; and for an unknown key, but not within PAUSE
    of the last time, so that a flood of these costs next to nothing.
    """

    FRESH = timedelta(seconds=60)
    PAUSE = timedelta(seconds=5)

    def __init__(self, store: PingStore, monitors: tuple[str, ...]) -> None:
        self._store = store
        self._monitors = monitors
        self._ring: KeyRing | None = None
        self._by_key: Mapping[str, str] = {}
        self._read_at: datetime | None = None

    def monitor(self, key: str, at: datetime) -> str | None:
        """Return whose key that is; None where it is nobody's."""
        found = self._by_key.get(key.lower())
        patience = self.PAUSE if found is None else self.FRESH
        if self._read_at is None or at - self._read_at >= patience:
            ring = self._store.key_ring()
            self._read_at = at
            if ring != self._ring:
                self._ring = ring
                self._by_key = {} if ring is None else ring.monitors(self._monitors)
            found = self._by_key.get(key.lower())
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class PingTaker:
    """Records the pings of `heartbeats`, which are by monitor."""

    heartbeats: Mapping[str, Heartbeat]
    keys: KnownKeys
    store: PingStore

    def take(self, key: str, ping: Ping, body: bytes) -> bool:
        """Record `ping` with the beginning of `body`; return whether the key is known.

        Raises TooManyPingsError, and ConflictError where others always were faster.
        """
        monitor = self.keys.monitor(key, ping.at)
        if monitor is None:
            return False
        if self._record(monitor, ping) and body:
            kept = PingBody(at=ping.at, signal=ping.signal.value, data=body[:BODY_LIMIT])
            self.store.put_ping_body(monitor, kept)
        return True

    def _record(self, monitor: str, ping: Ping) -> bool:
        """Return whether there was something to record."""
        grace = timedelta(seconds=self.heartbeats[monitor].grace)
        for left in reversed(range(TRIES)):
            before = self.store.pings_of(monitor)
            after = receive(before, ping, grace=grace)
            if after is before:
                return False
            try:
                self.store.put_pings(after)
            except ConflictError:
                if not left:
                    raise
            else:
                break
        return True
