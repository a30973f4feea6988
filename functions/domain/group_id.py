"""Ids of groups: a group has a name and nothing else, and its badges need a place in addresses."""

import re
import unicodedata
from collections.abc import Iterable
from hashlib import sha256

_SIMPLE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_OTHER = re.compile(r"[^a-z0-9]+")
_LONGEST = 50


def group_ids(names: Iterable[str]) -> dict[str, str]:
    """Return an id for each name: lower-case letters, digits and hyphens, all of them different.

    It depends on the name alone, so that an address stays when other groups come and go: `Core API` is `core-api`.
    Where that loses more than capitals and blanks (`Zahlungen & Co`, `決済`), a digest of the name follows it, as
    it does where an earlier name has taken the id.
    """
    ids: dict[str, str] = {}
    for name in names:
        plain = _plain(name)
        ids[name] = plain if plain and plain not in ids.values() else _digested(name)
    return ids


def _plain(name: str) -> str | None:
    """Return the id without a digest, where that says all that the name says."""
    plain = name.strip().lower().replace(" ", "-")
    return plain if len(plain) <= _LONGEST and _SIMPLE.fullmatch(plain) else None


def _digested(name: str) -> str:
    bare = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = _OTHER.sub("-", bare).strip("-")[: _LONGEST - 9].strip("-")
    digest = sha256(name.encode(errors="surrogatepass")).hexdigest()[:8]
    return f"{words}-{digest}" if words else digest
