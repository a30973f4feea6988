"""Numbers as people read them. Uptime is floored and never rounded up to a hundred."""

from math import floor, isfinite, log10
from typing import Final

_SECOND_MS: Final = 1000
_NOISE: Final = 1e-6  # keeps 99.29 (99.28999… as a float) from being floored to 99.28


def floored(percent: float) -> float:
    """Return `percent` floored to two decimals."""
    return floor(percent * 100 + _NOISE) / 100


def percent(value: float) -> str:
    """Return `99.98`, `99.90` or `100`, without a unit."""
    cut = floored(value)
    return f"{cut:.0f}" if cut in (0, 100) else f"{cut:.2f}"


def coverage(value: float) -> str:
    """Return a share in whole percent, floored; `<1` where there is a little."""
    return "<1" if 0 < value < 1 else str(floor(value))


def rough_milliseconds(value: float) -> str:
    """Return the duration with two significant digits (`130 ms`, `1.3 s`): a badge that rarely changes."""
    if not isfinite(value) or value < 1:
        return "1 ms"
    step = 10 ** max(0, floor(log10(value)) - 1)
    rounded = round(value / step) * step
    return f"{rounded / _SECOND_MS:.2g} s" if rounded >= _SECOND_MS else f"{rounded} ms"
