"""Where badges stand, in which styles, and how long each may wait to be drawn again.

    badge/{page}/{badge}.svg and .json                       the page's
    badge/{page}/groups/{group}/{badge}.svg and .json        a group's
    badge/{page}/{monitor}/{badge}.svg and .json             a monitor's

`{badge}.svg` is in the page's own style; what changes seldom is there as `{badge}.{style}.svg` as well.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache, partial

from functions.domain.badge_look import BadgeStyle
from functions.domain.public_monitor import MonitorView
from functions.domain.snapshot import Snapshot
from functions.domain.verdict import Verdict
from functions.render.artefact import JSON, SVG, Artefact, Draft
from functions.render.badges import (
    RESTLESS,
    STYLED,
    Badge,
    group_badges,
    monitor_badges,
    page_badges,
    shields,
    svg,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Owner:
    """Whose badges; while its verdict is `up`, restless ones wait unless there is `news`."""

    folder: str
    badges: Mapping[str, Badge]
    verdict: Verdict
    news: object


def draft_badges(
    snapshot: Snapshot,
    *,
    tone: Verdict,
    news: Callable[[MonitorView], object],
    fingerprint: Callable[..., str],
) -> dict[str, Draft]:
    """Return a draft for each badge by key.

    `tone` is the verdict of the whole page, `news` what of a monitor is worth drawing again at once, and `fingerprint`
    makes one string of whatever it is given.
    """
    look = snapshot.page.badges
    drafts: dict[str, Draft] = {}
    for owner in _owners(snapshot, tone, news):
        waiting = _waiting(owner, snapshot.generated_at.timestamp(), fingerprint)
        for name, badge in owner.badges.items():
            key, print_ = f"{owner.folder}/{name}", waiting.get(name)
            drafts[f"{key}.json"] = Draft(draw=partial(_document, badge), fingerprint=print_)
            drafts[f"{key}.svg"] = Draft(draw=partial(_drawing, badge, look.style), fingerprint=print_)
            for style in look.styles if name in STYLED else ():
                drafts[f"{key}.{style}.svg"] = Draft(draw=partial(_drawing, badge, style))
    return drafts


def _owners(snapshot: Snapshot, tone: Verdict, news: Callable[[MonitorView], object]) -> Iterator[_Owner]:
    folder = f"badge/{snapshot.page.id}"
    yield _Owner(folder=folder, badges=page_badges(snapshot), verdict=tone, news=None)
    for group in snapshot.groups:
        # No monitor's badge is as deep down as a group's, whatever the monitor is called.
        place = f"{folder}/groups/{group.id}"
        yield _Owner(folder=place, badges=group_badges(snapshot, group), verdict=group.verdict, news=group.monitors)
    for monitor in snapshot.monitors:
        found = monitor_badges(monitor, snapshot.page.badges)
        yield _Owner(folder=f"{folder}/{monitor.id}", badges=found, verdict=monitor.verdict, news=news(monitor))


def _waiting(owner: _Owner, now: float, fingerprint: Callable[..., str]) -> dict[str, str]:
    """Return the fingerprints of those badges that stay as they are until their period is over."""
    if owner.verdict is not Verdict.UP:
        return {}
    by_period = {
        period: fingerprint("badge", int(now) // (period // timedelta(seconds=1)), owner.news)
        for period in set(RESTLESS.values())
    }
    return {name: by_period[period] for name, period in RESTLESS.items()}


@lru_cache(maxsize=8192)
def _drawing(badge: Badge, style: BadgeStyle) -> Artefact:
    return Artefact(body=svg(badge, style), content_type=SVG)


@lru_cache(maxsize=8192)
def _document(badge: Badge) -> Artefact:
    return Artefact(body=shields(badge), content_type=JSON)
