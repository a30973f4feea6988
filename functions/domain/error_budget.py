"""An error budget: how much failing an objective leaves a monitor, how much of it is used up, and how fast.

The words and formulae are those of the Google SRE Workbook, chapter 5, "Alerting on SLOs": the error budget is what the
target leaves of the window, the burn rate is the failing share of a span in proportion to the share that is allowed.
Time counts here where they count requests, and of time only what is known.
"""

import math
from fractions import Fraction

from functions.domain.history import Span
from functions.domain.public_figures import SloView
from functions.domain.slo import Slo
from functions.domain.uptime import failed_seconds
from functions.domain.uptime_policy import UptimePolicy

_DAY = 86_400


def view_slo(slo: Slo, window: Span, day: Span, policy: UptimePolicy) -> SloView:
    """Return the standing after `window`, the SLO's own, and `day`, the last 24 hours.

    Rounded to the failing side: the budget and what is left of it are cut, what is used and how fast is raised.
    """
    budget = math.floor(slo.days * _DAY * slo.allowed)
    failed = failed_seconds(window, policy)
    share = Fraction(failed_seconds(day, policy), day.covered) if day.covered else None
    return SloView(
        target=slo.target,
        days=slo.days,
        budget_seconds=budget,
        left_seconds=budget - failed,
        used_percent=math.ceil(Fraction(failed * 10_000, max(1, budget))) / 100,
        burn_rate=None if share is None else math.ceil(share / slo.allowed * 100) / 100,
    )
