"""Writes the objects that changed, and no others: a PUT is the dearest thing that rendering does ($0.005 for 1000).

What is there is known from one listing on a cold start, and remembered from then on. What the stored pages were made
of is kept beside them (`MANIFEST_KEY`), so that a cold start neither draws nor rewrites pages that say nothing new.
"""

import json
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final, Protocol

from functions.render.artefact import JSON, Artefact, Draft

MANIFEST_KEY: Final = "rendered.json"
_VERSION: Final = 1
_AT_ONCE: Final = 16
"""PUTs under way together: each waits 20 to 40 ms for S3 and needs next to no CPU."""


class SiteBucket(Protocol):
    """What publishing needs of the bucket."""

    def etags(self) -> dict[str, str]:
        """Return the ETag (hexadecimal, no quotes) of every object by key."""

    def get(self, key: str) -> bytes | None:
        """Return an object's bytes; None where there is none."""

    def put(self, key: str, artefact: Artefact, *, replaces: str | None) -> None:
        """Write an object in the place of the one with the ETag `replaces`; None: where there is none yet.

        Raises ConflictError where something else is there, and has written nothing then.
        """

    def delete(self, keys: Iterable[str]) -> None:
        """Delete objects; those that are not there any more are no error."""


@dataclass(slots=True)
class Known:
    """What is in the bucket: ETags by key, and of what inputs the pages there were made."""

    etags: dict[str, str] = field(default_factory=dict)
    fingerprints: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """How many objects were written, left alone after a look at their bytes, not even drawn, and deleted."""

    written: int
    unchanged: int
    skipped: int
    deleted: int

    @classmethod
    def total(cls, parts: Iterable["Published"]) -> "Published":
        """Return the sum over several pages."""
        done = tuple(parts)
        return cls(
            written=sum(part.written for part in done),
            unchanged=sum(part.unchanged for part in done),
            skipped=sum(part.skipped for part in done),
            deleted=sum(part.deleted for part in done),
        )


def read_known(bucket: SiteBucket) -> Known:
    """Look at what is in the bucket: one request for a thousand objects, and one for the manifest."""
    etags = bucket.etags()
    manifest = bucket.get(MANIFEST_KEY) if MANIFEST_KEY in etags else None
    return Known(etags=etags, fingerprints=_fingerprints(manifest))


def publish(drafts: Mapping[str, Draft], bucket: SiteBucket, known: Known, *, owned: tuple[str, ...]) -> Published:
    """Bring the bucket up to date, and `known` with it.

    Under the prefixes `owned`, objects without a draft are deleted. Raises ConflictError where another renderer was
    faster: `known` is then wrong and has to be read again.
    """
    written, unchanged = 0, 0
    manifest_before = dict(known.fingerprints)
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for _, stage in groupby(sorted(drafts.items(), key=lambda item: item[1].stage), key=lambda item: item[1].stage):
            fresh = {key: draft for key, draft in stage if not _is_current(key, draft, known)}
            drawn = {key: draft.draw() for key, draft in fresh.items()}
            changed = {key: artefact for key, artefact in drawn.items() if known.etags.get(key) != artefact.etag}
            for _ in pool.map(lambda item: _put(bucket, *item, known=known), changed.items()):
                written += 1
            for key, draft in fresh.items():
                if draft.fingerprint is not None:
                    known.fingerprints[key] = draft.fingerprint
            unchanged += len(drawn) - len(changed)
    gone = [key for key in known.etags if key.startswith(owned) and key not in drafts]
    _delete(bucket, gone, known=known)
    if known.fingerprints != manifest_before:
        _put(bucket, MANIFEST_KEY, _manifest(known.fingerprints), known=known)

    skipped = len(drafts) - written - unchanged
    return Published(written=written, unchanged=unchanged, skipped=skipped, deleted=len(gone))


def _is_current(key: str, draft: Draft, known: Known) -> bool:
    """Tell whether the stored object says all that the draft would, so that it need not even be drawn."""
    return draft.fingerprint is not None and key in known.etags and known.fingerprints.get(key) == draft.fingerprint


def _put(bucket: SiteBucket, key: str, artefact: Artefact, *, known: Known) -> None:
    bucket.put(key, artefact, replaces=known.etags.get(key))
    known.etags[key] = artefact.etag


def _delete(bucket: SiteBucket, keys: list[str], *, known: Known) -> None:
    if not keys:
        return
    bucket.delete(keys)
    for key in keys:
        known.etags.pop(key, None)
        known.fingerprints.pop(key, None)


def _manifest(fingerprints: Mapping[str, str]) -> Artefact:
    document = {"version": _VERSION, "pages": dict(sorted(fingerprints.items()))}
    return Artefact(body=json.dumps(document).encode(), content_type=JSON)


def _fingerprints(manifest: bytes | None) -> dict[str, str]:
    """Return what the manifest says; without one that can be read, everything is drawn once more, and that is all."""
    try:
        document = json.loads(manifest or b"{}")
    except ValueError:
        return {}
    if not isinstance(document, dict) or document.get("version") != _VERSION:
        return {}
    return dict(document["pages"])
