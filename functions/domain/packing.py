"""Compact JSON, compressed: a table write costs by the kilobyte."""

import json
import zlib
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any


class FormatError(ValueError):
    """Stored bytes are not what this version of the code can read."""


def pack(document: object) -> bytes:
    """Return `document` as zlib-compressed compact JSON.

    It is ASCII: half of a surrogate pair, which a target may well put into an answer, has no UTF-8.
    """
    return zlib.compress(json.dumps(document, separators=(",", ":")).encode(), 9)


def unpack(data: bytes) -> Any:  # noqa: ANN401 - JSON is of any shape; each codec gives it one at once
    """Return what `pack` was given; raises FormatError where the bytes are something else."""
    try:
        return json.loads(zlib.decompress(data))
    except (zlib.error, ValueError) as error:
        raise FormatError(f"not compressed JSON: {error}") from error


def check_version(document: Mapping[str, object], version: int, what: str) -> None:
    """Raise FormatError unless `document`, which is `what`, is of `version`."""
    if document["v"] != version:
        raise FormatError(f"{what} of version {document['v']!r}; this code reads version {version}")


def seconds(at: datetime) -> int:
    """Return `at` in epoch seconds: what is judged happens on whole seconds."""
    return int(at.timestamp())


def moment(epoch: int) -> datetime:
    """Return the aware UTC time of `epoch` seconds."""
    return datetime.fromtimestamp(epoch, UTC)


def optional_seconds(at: datetime | None) -> int | None:
    """Return `at` in epoch seconds, None for None."""
    return None if at is None else seconds(at)


def optional_moment(epoch: int | None) -> datetime | None:
    """Return the time of `epoch` seconds, None for None."""
    return None if epoch is None else moment(epoch)
