"""One rendering: claim the moment, gather the record once, draw and publish every page."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from time import sleep
from typing import Final

from functions.config import Config
from functions.domain.page import Page
from functions.domain.summary import Record, summarise
from functions.render.archive import Kept, look_back
from functions.render.gather import Memory, gather
from functions.render.publish import Known, Published, SiteBucket, publish, read_known
from functions.render.site import draft_site, owned_prefixes
from functions.render.templates import Templates
from functions.store import ConflictError, PageStore

_ATTEMPTS: Final = 8
_LONGEST_PAUSE: Final = 8.0
"""Seconds. The first rendering of a page writes hundreds of objects, and whoever meets an older renderer at it is
always a few objects behind: without a pause all attempts would pass before the older one is done."""


@dataclass(slots=True)
class Renderer:
    """An instance of the function, with what it remembers between invocations; `instance` is its own name."""

    instance: str
    memory: Memory = field(default_factory=Memory)
    known: dict[str, Known] = field(default_factory=dict)
    """By page, what is in its bucket."""
    kept: dict[str, Kept] = field(default_factory=dict)
    """By page, those of its months that may still change."""

    def forget(self) -> None:
        """Know nothing of the buckets any more: somebody else has written."""
        self.known.clear()
        self.kept.clear()


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """A page and where it is published: its own bucket, served at `url`, in its own look and language."""

    page: Page
    bucket: SiteBucket
    templates: Templates
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendering:
    """What one rendering did, all pages together; `published` is None where a later moment had been rendered already.

    `conflicts` counts how often another renderer wrote at the same time.
    """

    published: Published | None
    conflicts: int


def render(
    renderer: Renderer,
    *,
    config: Config,
    store: PageStore,
    outlets: Sequence[Outlet],
    at: datetime,
    pause: Callable[[float], None] = sleep,
) -> Rendering:
    """Render the deployment's pages at `at`: what they are made of is read once for all.

    Who meets another renderer waits with `pause` (seconds) before trying again. Raises ConflictError where other
    renderers keep coming in between; the next rendering is minutes away.
    """
    for conflicts in range(_ATTEMPTS):
        try:
            before = store.claim_render(at=at, instance=renderer.instance)
        except ConflictError:
            return Rendering(published=None, conflicts=conflicts)
        if before != renderer.instance:
            renderer.forget()
        record = gather(
            store, renderer.memory, shards=config.shards, at=at, maintained=config.calendar.covers, policy=config.uptime
        )
        try:
            published = [
                _publish(renderer, outlet, config=config, store=store, record=record, at=at) for outlet in outlets
            ]
        except ConflictError:
            renderer.forget()
            # Drawn at random, so that two that meet do not meet again.
            pause(random.uniform(0, min(_LONGEST_PAUSE, 0.25 * 2**conflicts)))  # noqa: S311 (no secret)
        else:
            return Rendering(published=Published.total(published), conflicts=conflicts)
    raise ConflictError("other renderers came in between each time")


def _publish(
    renderer: Renderer, outlet: Outlet, *, config: Config, store: PageStore, record: Record, at: datetime
) -> Published:
    """Bring one page up to date. Raises ConflictError."""
    page = outlet.page
    if page.id not in renderer.known:
        renderer.known[page.id] = read_known(outlet.bucket)
    snapshot = summarise(
        page, config.monitors, record, url=outlet.url, at=at, calendar=config.calendar, policy=config.uptime
    )
    known = renderer.known[page.id]
    archive = look_back(
        snapshot,
        outlet.bucket,
        known,
        renderer.kept.setdefault(page.id, Kept()),
        store=store,
        calendar=config.calendar,
        oldest=record.oldest,
    )
    drafts = draft_site(snapshot, outlet.templates, archive)
    return publish(drafts, outlet.bucket, known, owned=owned_prefixes(snapshot))
