"""From where a monitor is seen to be down, when most regions see nothing of it."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from functions.domain.state import RegionView


def down_from_some(
    views: Mapping[str, RegionView], *, interval: timedelta, known: bool
) -> tuple[datetime, tuple[str, ...]] | None:
    """Return the regions (by name) that see it down on their own, and since when; None where there are none.

    They are a minority, or half, of those that reported, and each has seen it in more than one run: once is more often
    the way there than the target. All others have looked again since, and see nothing: else an outage that reaches one
    region a minute before the next would first be told as that region's. Where it is `known` already, it stays so until
    these regions believe in their recovery.
    """
    failing = [view for view in views.values() if view.failing.on]
    since = {name: view.down_since for name, view in views.items() if view.down.on and view.down_since is not None}
    alone = {
        name: at
        for name, at in since.items()
        if views[name].at - at >= interval and (known or not views[name].down.against)
    }
    if not alone or len(failing) == len(views) or 2 * len(failing) > len(views):
        return None
    first = min(alone.values())
    if any(view.at <= first for view in views.values() if not view.failing.on):
        return None
    return first, tuple(sorted(alone))
