"""A line of a recording, checked: all that is wrong with it at once, in words that say how to mend it."""

import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from cli.recording.line import Line
from configuration.nearest import nearest
from configuration.wording import found, quoted
from functions.domain.part import NAME_LIMIT, PART_LIMIT, Part
from functions.domain.verdict import Verdict

REQUIRED: Final = ("monitor", "region", "at", "latency_ms")
OPTIONAL: Final = ("verdict", "status", "error", "parts")
_VERDICTS: Final = {verdict.value: verdict for verdict in (Verdict.UP, Verdict.DEGRADED, Verdict.DOWN)}
_STATUSES: Final = range(100, 1000)
_YEARS: Final = range(1970, 9999)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing to mend in a line; `key` is empty for the line as a whole."""

    key: str
    message: str
    suggestion: str | None = None


class LineError(ValueError):
    """A line that cannot be used; `faults` is all that is wrong with it."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(fault.message for fault in faults))


def parse_line(text: bytes, monitors: Mapping[str, object]) -> Line:
    """Return what the line says; `monitors` are those that there are, by id. Raises LineError."""
    document = _document(text)
    faults: list[Fault] = []
    values: dict[str, object] = {}
    for key, read in _READERS.items():
        value = document.get(key)
        if value is None and (key in OPTIONAL or (key == "latency_ms" and key in document)):
            values[key] = None
        elif key not in document:
            faults.append(_missing(key, document))
        else:
            try:
                values[key] = read(value)
            except _WrongError as error:
                faults.append(Fault(key=key, message=str(error), suggestion=error.suggestion))
    monitor = values.get("monitor")
    if isinstance(monitor, str) and monitor not in monitors:
        known = nearest(monitor, monitors)
        faults.append(
            Fault(
                key="monitor", message=f"there is no monitor {quoted(monitor)} in the configuration", suggestion=known
            )
        )
    if faults:
        raise LineError(faults)
    return Line(**values)  # type: ignore[arg-type]  # each reader returns what its field holds


class _WrongError(ValueError):
    def __init__(self, message: str, suggestion: str | None = None) -> None:
        super().__init__(message)
        self.suggestion = suggestion


def _document(text: bytes) -> Mapping[str, object]:
    try:
        document = json.loads(text)
    except UnicodeDecodeError as error:
        raise LineError([Fault(key="", message="this is not UTF-8; save the file as UTF-8")]) from error
    except RecursionError as error:
        raise LineError(
            [Fault(key="", message="this is nested too deeply; one flat object a line is needed")]
        ) from error
    except ValueError as error:
        message = f"this is not JSON ({error}); each line is one whole object"
        raise LineError([Fault(key="", message=message)]) from error
    if not isinstance(document, dict):
        message = f"found {found(document)}; each line is one object with {_listed(REQUIRED)}"
        raise LineError([Fault(key="", message=message)])
    return document


def _missing(key: str, document: Mapping[str, object]) -> Fault:
    strangers = [name for name in document if name not in _READERS]
    meant = nearest(key, strangers)
    instead = f"; `{meant}` is there, which is not known" if meant else ""
    return Fault(
        key=key,
        message=f"this key is missing{instead}; a line needs {_listed(REQUIRED)}",
        suggestion=key if meant else None,
    )


def _listed(keys: Sequence[str]) -> str:
    return f"{', '.join(f'`{key}`' for key in keys[:-1])} and `{keys[-1]}`"


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise _WrongError(f"found {found(value)}, some text is needed")
    return value


def _moment(value: object) -> datetime:
    needed = "a time is ISO 8601 with its zone, such as `2026-11-22T12:00:00Z`"
    try:
        at = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        at = None
    if at is None:
        raise _WrongError(f"found {found(value)}; {needed}")
    if at.tzinfo is None:
        raise _WrongError(f"found {found(value)}, without a zone; {needed}", f"{at.isoformat()}Z")
    if at.year not in _YEARS:
        raise _WrongError(f"found {found(value)}, and nothing was recorded in that year; {needed}")
    return at.astimezone(UTC)


def _verdict(value: object) -> Verdict:
    verdict = _VERDICTS.get(value) if isinstance(value, str) else None
    if verdict is None:
        meant = nearest(value, _VERDICTS) if isinstance(value, str) else None
        raise _WrongError(
            f"found {found(value)}; a check ends {_listed(list(_VERDICTS)).replace(' and ', ' or ')}", meant
        )
    return verdict


def _latency(value: object) -> float:
    if isinstance(value, int | float) and not isinstance(value, bool):
        try:
            milliseconds = float(value)
        except OverflowError:
            milliseconds = math.inf
        if 0 <= milliseconds < math.inf:
            return milliseconds
    raise _WrongError(f"found {found(value)}; milliseconds are a number from 0, or null where no answer came")


def _status(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value not in _STATUSES:
        raise _WrongError(f"found {found(value)}; an HTTP status is a whole number from 100 to 999")
    return value


def _parts(value: object) -> tuple[Part, ...]:
    words = {verdict.value: verdict for verdict in (*_VERDICTS.values(), Verdict.NO_DATA)}
    needed = f"parts are an object of at most {PART_LIMIT} names with {_listed(list(words))}"
    if not isinstance(value, dict) or len(value) > PART_LIMIT or any(len(name) > NAME_LIMIT for name in value):
        raise _WrongError(f"found {found(value)}; {needed}")
    for name, word in value.items():
        if not isinstance(word, str) or word not in words:
            meant = nearest(word, words) if isinstance(word, str) else None
            raise _WrongError(f"found {found(word)} for {quoted(name)}; {needed}", meant)
    return tuple(Part(name=name, verdict=words[word]) for name, word in value.items())


_READERS: Final[Mapping[str, Callable[[object], object]]] = {
    "monitor": _text,
    "region": _text,
    "at": _moment,
    "latency_ms": _latency,
    "verdict": _verdict,
    "status": _status,
    "error": _text,
    "parts": _parts,
}
