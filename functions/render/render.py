"""One rendering: claim the moment, gather the record, draw and publish the page."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from functions.config import Config
from functions.domain.summary import summarise
from functions.render.gather import Memory, gather
from functions.render.publish import Known, Published, SiteBucket, publish, read_known
from functions.render.site import draft_site, owned_prefixes
from functions.render.templates import Templates
from functions.store import ConflictError, PageStore

_ATTEMPTS: Final = 3
"""Two renderers that meet sort it out in the second; a third that meets them, in the third."""


@dataclass(slots=True)
class Renderer:
    """An instance of the function, with what it remembers between invocations; `instance` is its own name."""

    instance: str
    memory: Memory = field(default_factory=Memory)
    known: Known | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendering:
    """What one rendering did; `published` is None where a later moment had been rendered already.

    `conflicts` counts how often another renderer wrote at the same time.
    """

    published: Published | None
    conflicts: int


def render(
    renderer: Renderer,
    *,
    config: Config,
    store: PageStore,
    bucket: SiteBucket,
    templates: Templates,
    url: str,
    at: datetime,
) -> Rendering:
    """Render the deployment's page at `at`.

    Raises ConflictError where other renderers keep coming in between; the next rendering is minutes away.
    """
    page = config.pages[0]
    for conflicts in range(_ATTEMPTS):
        try:
            before = store.claim_render(at=at, instance=renderer.instance)
        except ConflictError:
            return Rendering(published=None, conflicts=conflicts)
        if renderer.known is None or before != renderer.instance:
            renderer.known = read_known(bucket)
        record = gather(store, renderer.memory, shards=config.shards, at=at, maintained=config.calendar.covers)
        snapshot = summarise(
            page, config.monitors, record, url=url, at=at, calendar=config.calendar, policy=config.uptime
        )
        try:
            published = publish(draft_site(snapshot, templates), bucket, renderer.known, owned=owned_prefixes(snapshot))
        except ConflictError:
            renderer.known = None
        else:
            return Rendering(published=published, conflicts=conflicts)
    raise ConflictError("other renderers came in between each time")
