"""What rendering makes: bytes with the headers that they are stored and served with."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import IntEnum
from hashlib import md5
from typing import Final

from functions.render.headers import CACHE_SHORT

HTML: Final = "text/html; charset=utf-8"
JSON: Final = "application/json"
CSV: Final = "text/csv; charset=utf-8"
SVG: Final = "image/svg+xml"
PNG: Final = "image/png"


@dataclass(frozen=True, slots=True, kw_only=True)
class Artefact:
    """One object of the site.

    `etag` is the hexadecimal MD5 of the bytes: what S3 calls the ETag of an object put in one part. Thousands of badges
    are the same objects at each rendering, so it is made once.
    Source: "ETag", Amazon S3 API Reference, Object; true for SSE-S3, not for SSE-KMS.
    """

    body: bytes
    content_type: str
    cache_control: str = CACHE_SHORT
    etag: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Compute the ETag."""
        object.__setattr__(self, "etag", md5(self.body, usedforsecurity=False).hexdigest())


class Stage(IntEnum):
    """The order of publishing: what is referred to is there before what refers to it."""

    ASSETS = 0
    DETAILS = 1
    INDEX = 2
    NEWS = 3
    """status.json: it tells browsers that there is something new to fetch."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An artefact that may not need to be drawn.

    `fingerprint` stands for all inputs whose change is worth a new object: the same fingerprint as that of the stored
    object means that nothing is drawn. None: draw it and compare the bytes.
    """

    draw: Callable[[], Artefact]
    fingerprint: str | None = None
    stage: Stage = Stage.DETAILS
