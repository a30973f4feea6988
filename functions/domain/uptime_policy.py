"""What the uptime percentages mean, as data that is published beside them."""

from dataclasses import dataclass
from datetime import timedelta

from functions.domain.verdict import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class UptimePolicy:
    """`counts_as_up` over `counts_as_up` and `counts_as_down`; what is in `left_out` is in neither, but in coverage.

    `decimals` is how many a percentage keeps; the rest is cut off and not rounded. `resolution`, `agreement` and `days`
    say in words what one slot is, how regions decide it, and where a day begins.
    """

    counts_as_up: tuple[Verdict, ...] = (Verdict.UP, Verdict.DEGRADED)
    counts_as_down: tuple[Verdict, ...] = (Verdict.DOWN,)
    left_out: tuple[Verdict, ...] = (Verdict.NO_DATA, Verdict.MAINTENANCE)
    decimals: int = 2
    rounding: str = "floor"
    resolution: str = "each scheduled check counts for one interval of its monitor"
    agreement: str = "a check is down, or failing, where a strict majority of the regions that reported it says so"
    days: str = "UTC"


UPTIME_POLICY = UptimePolicy()
"""The policy where pulseboard.yaml does not choose another."""

STRICT_POLICY = UptimePolicy(counts_as_up=(Verdict.UP,), counts_as_down=(Verdict.DEGRADED, Verdict.DOWN))
"""What is degraded counts as down."""


def uptime_policy(degraded: str) -> UptimePolicy:
    """Return the policy by what degraded counts as in pulseboard.yaml: `up` or `down`."""
    return STRICT_POLICY if degraded == Verdict.DOWN else UPTIME_POLICY


RENDER_PERIOD = timedelta(minutes=5)
"""A page is rendered at least this often."""

STALE_AFTER = 2 * RENDER_PERIOD
"""A page older than this has missed a rendering and is not to be believed."""
