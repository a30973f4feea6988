"""Monitors to shards: what one invocation checks together."""

import hashlib
import math

from configuration.compilation import attempt_gap_of, attempts_of, interval_of, regions_of, timeout_of
from configuration.models.document import Document
from configuration.models.monitor import Monitor
from configuration.timing import LONGEST_FUNCTION, MARGIN, worst_case
from functions.domain.monitor import Shard

READING_PINGS = 6.0
"""Seconds that reading all pings takes at worst, with its one repeat."""

LARGEST_SHARD = 100
"""Monitors: their results fit in one item of the table, and their checks in one invocation."""


def shards_of(document: Document) -> tuple[Shard, ...]:
    """Return the shards: monitors of one interval and one set of regions, in the order of the file.

    A set of regions that is not the whole of the file's is part of the id, so that a monitor that gets regions of its
    own does not renumber the shards of the others.
    """
    everywhere = tuple(document.regions or ())
    members: dict[tuple[int, tuple[str, ...]], list[str]] = {}
    for monitor in document.monitors:
        key = (interval_of(monitor, document.defaults), regions_of(monitor, document))
        members.setdefault(key, []).append(monitor.id)
    return tuple(
        Shard(
            id=f"{_stem(interval, regions, everywhere)}-{start // LARGEST_SHARD}",
            interval=interval,
            regions=regions,
            monitors=tuple(ids[start : start + LARGEST_SHARD]),
        )
        for (interval, regions), ids in members.items()
        for start in range(0, len(ids), LARGEST_SHARD)
    )


def timeout_for(shard: Shard, document: Document) -> int:
    """Return the seconds that one invocation may take: its checks run concurrently, so the slowest one counts."""
    monitors = {monitor.id: monitor for monitor in document.monitors}
    worst = max(_worst_case(monitors[monitor_id], document) for monitor_id in shard.monitors)
    return min(math.ceil(worst) + MARGIN, LONGEST_FUNCTION)


def _worst_case(monitor: Monitor, document: Document) -> float:
    if monitor.heartbeat is not None:
        return READING_PINGS
    return worst_case(
        attempts=attempts_of(monitor, document.defaults),
        timeout=timeout_of(monitor, document.defaults),
        attempt_gap=attempt_gap_of(monitor, document.defaults),
    )


def _stem(interval: int, regions: tuple[str, ...], everywhere: tuple[str, ...]) -> str:
    if regions == everywhere:
        return f"{interval}s"
    return f"{interval}s-{hashlib.sha256(' '.join(regions).encode()).hexdigest()[:6]}"
