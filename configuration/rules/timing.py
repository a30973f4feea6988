"""A check ends well before the next one begins."""

from collections.abc import Iterator, Mapping

from configuration.models.timing import MINUTE
from configuration.problem import Finding, Location
from configuration.raw import mapping, monitors
from configuration.source import Source
from configuration.timing import ATTEMPT_GAP, ATTEMPTS, INTERVAL, MARGIN, TIMEOUT, budget, worst_case
from configuration.units import UnitError, duration, spell


def too_long_for_the_interval(source: Source) -> Iterator[Finding]:
    """Find monitors whose attempts could take longer than the interval, or the function, gives them."""
    defaults = mapping(source.value.get("defaults"))
    for location, monitor in monitors(source):
        seconds = {
            "interval": _seconds(monitor, defaults, "interval", INTERVAL),
            "timeout": _seconds(monitor, defaults, "timeout", TIMEOUT),
            "attempt_gap": _seconds(monitor, defaults, "attempt_gap", ATTEMPT_GAP),
        }
        attempts = monitor.get("attempts", defaults.get("attempts", ATTEMPTS))
        if None in seconds.values() or not isinstance(attempts, int) or attempts < 1:
            continue
        known = {key: value for key, value in seconds.items() if value is not None}
        finding = _finding(location, monitor, attempts=attempts, **known)
        if finding and known["interval"] >= MINUTE:
            yield finding


def _finding(
    location: Location,
    monitor: Mapping[str, object],
    *,
    attempts: int,
    interval: float,
    timeout: float,
    attempt_gap: float,
) -> Finding | None:
    worst = worst_case(attempts=attempts, timeout=timeout, attempt_gap=attempt_gap)
    allowed = budget(interval)
    if worst <= allowed:
        return None
    longest = (allowed - attempt_gap * (attempts - 1)) / attempts
    remedy = f"a timeout of at most {spell(int(longest))}" if longest >= 1 else "fewer attempts"
    key = next((key for key in ("timeout", "attempts", "attempt_gap", "interval") if key in monitor), None)
    return Finding(
        location=(*location, key) if key else location,
        message=(
            f"attempts x timeout + gaps is {attempts} x {spell(timeout)} + {attempts - 1} x {spell(attempt_gap)} = "
            f"{spell(worst)}, but must fit in {spell(allowed)}: {_reason(interval)}; {remedy} would fit"
        ),
    )


def _reason(interval: float) -> str:
    if budget(interval) < interval - MARGIN:
        return f"a function runs for at most 15m, less {spell(MARGIN)} to start and to record"
    return f"the interval of {spell(interval)} less {spell(MARGIN)} to start and to record"


def _seconds(monitor: Mapping[str, object], defaults: Mapping[str, object], key: str, otherwise: float) -> float | None:
    """Return what holds for the monitor; None where the value is not a duration and has its own problem."""
    if key not in monitor and key not in defaults:
        return otherwise
    try:
        return duration(monitor.get(key, defaults.get(key)))
    except UnitError:
        return None
