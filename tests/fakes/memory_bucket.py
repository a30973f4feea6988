"""The site's bucket in memory."""

from collections.abc import Iterable

from functions.render.artefact import Artefact
from functions.store import ConflictError


class MemoryBucket:
    """Passes the contract suite of `SiteBucket`; `writes` counts what would cost money, in order."""

    def __init__(self) -> None:
        self.objects: dict[str, Artefact] = {}
        self.writes: list[str] = []
        self.listings = 0

    def etags(self) -> dict[str, str]:
        """Return the ETag of every object by key."""
        self.listings += 1
        return {key: artefact.etag for key, artefact in self.objects.items()}

    def get(self, key: str) -> bytes | None:
        """Return an object's bytes; None where there is none."""
        found = self.objects.get(key)
        return found.body if found else None

    def put(self, key: str, artefact: Artefact, *, replaces: str | None) -> None:
        """Write an object in the place of the one with the ETag `replaces`, or raise ConflictError."""
        present = self.objects.get(key)
        if (present.etag if present else None) != replaces:
            raise ConflictError(f"somebody else wrote {key}")
        self.objects[key] = artefact
        self.writes.append(key)

    def delete(self, keys: Iterable[str]) -> None:
        """Delete objects."""
        for key in keys:
            self.objects.pop(key, None)
