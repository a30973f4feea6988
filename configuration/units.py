"""Durations and sizes as people write them: `500ms`, `2s`, `5m`, `14d`; `10kB`, `1MiB`."""

import re

from configuration.wording import found

_QUANTITY = re.compile(r"(?P<number>[0-9]{1,12}(?:\.[0-9]{1,6})?) ?(?P<unit>[A-Za-z]+)")

DURATIONS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0, "w": 604800.0}
"""Seconds by unit."""

SIZES = {"B": 1, "kB": 1000, "MB": 1000**2, "GB": 1000**3, "KiB": 1024, "MiB": 1024**2, "GiB": 1024**3}
"""Bytes by unit: decimal as in SI, binary as in IEC 80000-13."""

DURATION_PATTERN = r"^[0-9]+(\.[0-9]+)? ?(ms|s|m|h|d|w)$"
SIZE_PATTERN = r"^[0-9]+(\.[0-9]+)? ?(B|kB|MB|GB|KiB|MiB|GiB)$"


class UnitError(ValueError):
    """No quantity; the message says what is allowed, `suggestion` what was probably meant."""

    def __init__(self, message: str, suggestion: str | None = None) -> None:
        super().__init__(message)
        self.suggestion = suggestion


def duration(value: object, *, bare: str = "s") -> float:
    """Return seconds. Raises UnitError; for a bare number it suggests the unit `bare`."""
    allowed = "a duration is a number with a unit: `500ms`, `2s`, `5m`, `1h`, `14d`"
    return _quantity(value, DURATIONS, bare=bare, allowed=allowed)


def size(value: object) -> int:
    """Return bytes; a bare whole number is bytes already. Raises UnitError."""
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    bytes_ = _quantity(
        value, SIZES, bare="B", allowed="a size is a number of bytes, or one with a unit: `10kB`, `1MiB`"
    )
    return round(bytes_)


def spell(seconds: float) -> str:
    """Return a duration in the largest unit that keeps it short: `90s`, `5m`, `1.5s`, `250ms`."""
    if 0 < seconds < 1:
        return f"{round(seconds * 1000, 3):g}ms"
    for unit in ("d", "h", "m"):
        if seconds and seconds % DURATIONS[unit] == 0:
            return f"{seconds / DURATIONS[unit]:g}{unit}"
    return f"{round(seconds, 3):g}s"


def _quantity(value: object, units: dict[str, float] | dict[str, int], *, bare: str, allowed: str) -> float:
    if isinstance(value, int | float) and not isinstance(value, bool):
        raise UnitError(f"found {found(value)}, without a unit; {allowed}", f"{value}{bare}" if value >= 0 else None)
    if not isinstance(value, str):
        raise UnitError(f"found {found(value)}; {allowed}")
    match = _QUANTITY.fullmatch(value)
    if match is None:
        number = re.fullmatch(r"[0-9]+(?:\.[0-9]+)?", value)
        raise UnitError(f"found {found(value)}; {allowed}", f"{value}{bare}" if number else None)
    unit = match["unit"]
    if unit not in units:
        raise UnitError(
            f"found {found(value)}, whose unit is not known; {allowed}", _meant(match["number"], unit, units)
        )
    return float(match["number"]) * units[unit]


_LONG_NAMES = {"sec": "s", "min": "m", "hour": "h", "hr": "h", "day": "d", "week": "w", "milli": "ms", "byte": "B"}


def _meant(number: str, unit: str, units: dict[str, float] | dict[str, int]) -> str | None:
    """Return the quantity with the unit that was probably meant: `SEC` is `s`, `kb` is `kB`, `mins` is `m`."""
    by_fold = {name.casefold(): name for name in units}
    if unit.casefold() in by_fold:
        return number + by_fold[unit.casefold()]
    for beginning, name in _LONG_NAMES.items():
        if unit.casefold().startswith(beginning) and name in units:
            return number + name
    return None
