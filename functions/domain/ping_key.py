"""Keys of ping addresses: unguessable, shaped like the UUIDs that clients of the protocol expect, and stored nowhere.

A key is 122 bits of HMAC-SHA256 over the monitor's id and a number that is raised to replace that key alone.
"""

import hashlib
import hmac
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

UUID_FORM = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)
"""RFC 9562, section 4."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyRing:
    """What a deployment's keys are made of: a secret of 32 bytes, and by monitor how often its key was replaced."""

    secret: bytes = field(repr=False)
    turns: Mapping[str, int] = field(default_factory=dict)

    def key(self, monitor: str) -> str:
        """Return the monitor's key, in lower case."""
        message = f"ping/{monitor}/{self.turns.get(monitor, 0)}"
        return str(UUID(bytes=hmac.digest(self.secret, message.encode(), hashlib.sha256)[:16], version=4))

    def monitors(self, monitors: Iterable[str]) -> dict[str, str]:
        """Return `monitors` by their keys."""
        return {self.key(monitor): monitor for monitor in monitors}
