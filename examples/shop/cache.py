"""A cache of JSON documents in files."""

import json
import os
import time
from pathlib import Path

TTL_S = 60.0


class CacheUnavailableError(Exception):
    """The cache cannot be reached: carry on without it."""


class FileCache:
    """One file a key, below one directory."""

    def __init__(self, directory: Path, *, ttl_s: float = TTL_S) -> None:
        directory.mkdir(parents=True, exist_ok=True)
        self._home = directory
        self._directory = directory
        self._ttl_s = ttl_s

    def get(self, key: str) -> object | None:
        """Return what `put` stored under `key` up to the TTL ago, else None."""
        path = self._directory / key
        try:
            if time.time() - path.stat().st_mtime > self._ttl_s:
                return None
            document: object = json.loads(path.read_bytes())
        except FileNotFoundError:
            return None
        except OSError as error:
            raise CacheUnavailableError(str(error)) from error
        return document

    def put(self, key: str, document: object) -> None:
        """Store a document; a reader sees the old one or the new one, never half of it."""
        path = self._directory / key
        scratch = path.with_name(f".{key}.{os.getpid()}.{time.monotonic_ns()}")
        try:
            scratch.write_text(json.dumps(document), encoding="utf-8")
            scratch.replace(path)
        except OSError as error:
            raise CacheUnavailableError(str(error)) from error

    def ping(self) -> None:
        """Raise CacheUnavailableError where nothing can be stored and read back."""
        self.put("ping", "pong")
        if self.get("ping") != "pong":
            raise CacheUnavailableError("what was stored did not come back")

    def fail(self) -> None:
        """From now on every use fails: the cache is looked for below something that is no directory."""
        self._directory = Path(os.devnull) / "cache"

    def heal(self) -> None:
        """Go back to the directory, which was not touched."""
        self._directory = self._home
