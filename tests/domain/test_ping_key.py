"""Keys of ping addresses."""

import os
from uuid import UUID

from functions.domain.ping_key import UUID_FORM, KeyRing

RING = KeyRing(secret=bytes(range(32)))


def test_a_key_is_shaped_like_a_random_uuid() -> None:
    """Clients of the protocol look at that."""
    for monitor in ("import", "backup", "a" * 50):
        assert UUID_FORM.fullmatch(RING.key(monitor))
        assert UUID(RING.key(monitor)).version == 4
        assert UUID(RING.key(monitor)).variant == "specified in RFC 4122"


def test_a_key_depends_on_secret_monitor_and_turn_and_on_nothing_else() -> None:
    """The same everywhere and always, so that it need not be stored."""
    keys = {
        RING.key("import"),
        RING.key("import2"),
        KeyRing(secret=RING.secret, turns={"import": 1}).key("import"),
        KeyRing(secret=RING.secret, turns={"import": 2}).key("import"),
        KeyRing(secret=os.urandom(32)).key("import"),
    }
    assert len(keys) == 5
    assert KeyRing(secret=RING.secret, turns={"other": 3}).key("import") == RING.key("import")
    # openssl dgst -sha256 -mac HMAC -macopt hexkey:00…1f of `ping/import/0`, with the bits of a version 4.
    assert RING.key("import") == "5069aceb-ff7e-4b88-9ac4-2e0a2f9d91dd"


def test_the_secret_is_not_shown() -> None:
    """A log line that prints a key ring prints no key."""
    assert repr(RING.secret) not in repr(RING)


def test_monitors_are_found_by_their_keys() -> None:
    """All that report in."""
    assert RING.monitors(["a", "b"]) == {RING.key("a"): "a", RING.key("b"): "b"}
