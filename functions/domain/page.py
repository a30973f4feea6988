"""A published status page."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from functions.domain.badge_look import BadgeLook
from functions.domain.brand import NO_BRAND, Brand


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a page is called and which monitors (ids, in order of appearance) it shows.

    `custom_domain` is the host name that the team chose; without one the CDN's own name serves. `groups` is in
    order of appearance; a monitor without a group stands after them.
    """

    id: str
    title: str
    language: str = "en"
    description: str | None = None
    time_zone: str = "UTC"
    custom_domain: str | None = None
    monitors: tuple[str, ...] = ()
    groups: tuple[str, ...] = field(default=())
    badges: BadgeLook = field(default_factory=BadgeLook)
    brand: Brand = NO_BRAND
    private: bool = False
    """Only for who has a password: nothing but its own, guarded address serves anything of it."""


def page_showing(pages: Sequence[Page], monitors: Collection[str]) -> Page:
    """Return the first of the `pages` that shows one of the `monitors`; where none does, the first of all."""
    return next((page for page in pages if not frozenset(monitors).isdisjoint(page.monitors)), pages[0])
