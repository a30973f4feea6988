"""How late the watched services answer.

Each has a median of its own, log-normal around MEDIAN_S, and each answer is log-normal around that: what APIs behind
load balancers on the same continent look like. If all were alike, a badge that rounds would change for all of them at
once or for none.
"""

import math
import random

MEDIAN_S = 0.120
AMONG = 0.5
"""Standard deviation of the medians' logarithm: 90 % of the services lie between 53 and 273 ms."""
WITHIN = 0.25
"""Standard deviation of an answer's logarithm: 90 % lie between 66 % and 151 % of the service's median."""


def median_s(service: int) -> float:
    """Return the median of one service in seconds: always the same."""
    return random.Random(service).lognormvariate(math.log(MEDIAN_S), AMONG)  # noqa: S311 -- delays, not secrets


def draw_s(chance: random.Random, median: float) -> float:
    """Return the seconds that one answer takes."""
    return chance.lognormvariate(math.log(median), WITHIN)
