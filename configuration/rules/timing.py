"""A check ends well before the next one begins."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from configuration.problem import Finding, Location
from configuration.raw import kinds_in, mapping, monitors
from configuration.source import Source
from configuration.timing import (
    ATTEMPT_GAP,
    ATTEMPTS,
    INTERVAL,
    LONGEST_GAP,
    MARGIN,
    MINUTE,
    MOST_ATTEMPTS,
    TIMEOUT,
    budget,
    worst_case,
)
from configuration.units import UnitError, duration, spell


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """What holds for one monitor, in seconds."""

    interval: float
    timeout: float
    attempt_gap: float
    attempts: int


def too_long_for_the_interval(source: Source) -> Iterator[Finding]:
    """Find monitors whose attempts could take longer than the interval, or the function, gives them."""
    defaults = mapping(source.value.get("defaults"))
    for location, monitor in monitors(source):
        plan = None if kinds_in(monitor) == ["heartbeat"] else _plan({**defaults, **monitor})
        message = _message(plan) if plan else None
        if message:
            yield Finding(location=_cause(location, monitor, defaults), message=message)


def _plan(written: Mapping[str, object]) -> _Plan | None:
    """Return what holds; None where a value is wrong by itself and has its own problem."""
    attempts = written.get("attempts", ATTEMPTS)
    try:
        interval, timeout, gap = (
            duration(written[key]) if key in written else otherwise
            for key, otherwise in (("interval", INTERVAL), ("timeout", TIMEOUT), ("attempt_gap", ATTEMPT_GAP))
        )
    except UnitError:
        return None
    if not isinstance(attempts, int) or not 1 <= attempts <= MOST_ATTEMPTS or interval < MINUTE or gap > LONGEST_GAP:
        return None
    return _Plan(interval=interval, timeout=timeout, attempt_gap=gap, attempts=attempts)


def _cause(location: Location, monitor: Mapping[str, object], defaults: Mapping[str, object]) -> Location:
    """Return the key that most likely has to change: the monitor's own before that of the defaults."""
    for start, written in ((location, monitor), (("defaults",), defaults)):
        for key in ("timeout", "attempts", "attempt_gap", "interval"):
            if key in written:
                return (*start, key)
    return location


def _message(plan: _Plan) -> str | None:
    """Return why the plan does not fit, with the sum; None where it does."""
    worst = worst_case(attempts=plan.attempts, timeout=plan.timeout, attempt_gap=plan.attempt_gap)
    allowed = budget(plan.interval)
    if worst <= allowed:
        return None
    gaps = plan.attempts - 1
    longest = int((allowed - plan.attempt_gap * gaps) / plan.attempts)
    remedy = f"a timeout of at most {spell(longest)} would fit" if longest >= 1 else "fewer attempts would fit"
    return (
        f"attempts x timeout + gaps is {plan.attempts} x {spell(plan.timeout)} + {gaps} x {spell(plan.attempt_gap)} = "
        f"{spell(worst)}, but must fit in {spell(allowed)}: {_reason(plan.interval)}; {remedy}"
    )


def _reason(interval: float) -> str:
    if budget(interval) < interval - MARGIN:
        return f"a function runs for at most 15m, less {spell(MARGIN)} to start and to record"
    return f"the interval of {spell(interval)} less {spell(MARGIN)} to start and to record"
