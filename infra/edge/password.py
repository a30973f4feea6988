"""What the store keeps of a name and a password; gate.js compares it with what a browser sends."""

import re
import secrets
from base64 import b64encode
from hashlib import sha256

NAME = re.compile(r"[A-Za-z0-9._@-]{1,64}")
SHORTEST = 12
LOCAL_NAME, LOCAL_PASSWORD = "local", "local-password"
"""What opens private pages in the embedded AWS, whose functions cannot read the store."""
_SALT_BYTES = 16
_GENERATED_BYTES = 18


class BadPasswordError(ValueError):
    """A name or a password cannot be used; the message says why."""


def store_key(page: str, name: str) -> str:
    """Return under what the store keeps it. Raises BadPasswordError."""
    if not NAME.fullmatch(name):
        raise BadPasswordError(f"The name {name!r} cannot be used: 1 to 64 letters, digits, dots, hyphens, _ and @.")
    return f"{page}/{name}"


def stored(name: str, password: str, *, salt: str | None = None) -> str:
    """Return `salt:hash` (hexadecimal); the password cannot be found from it, if it is a good one.

    One SHA-256 is all that a millisecond at the edge allows, so that what protects a password is its length. Raises
    BadPasswordError.
    """
    if len(password) < SHORTEST:
        raise BadPasswordError(f"The password is too short: at least {SHORTEST} characters, or `--generate` makes one.")
    if any(ord(letter) < ord(" ") for letter in password):
        raise BadPasswordError("The password has a control character in it.")
    grain = salt or secrets.token_hex(_SALT_BYTES)
    credentials = b64encode(f"{name}:{password}".encode()).decode()
    return f"{grain}:{sha256(f'{grain}:{credentials}'.encode()).hexdigest()}"


def generate() -> str:
    """Return a password that nobody guesses: 24 characters of URL-safe base64."""
    return secrets.token_urlsafe(_GENERATED_BYTES)
