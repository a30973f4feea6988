"""Pings as the bytes that the table keeps: compact JSON, compressed; times in milliseconds.

    {"v": 1, "f": finished, "s": succeeded, "x": failing since, "e": exit status, "t": excerpt, "d": duration in ms,
     "o": [[start, rid]], "r": [rid of an ended run], "l": logged, "m": minute, "n": pings in it}

What is not there is left out.
"""

from datetime import UTC, datetime
from typing import Any

from functions.domain.packing import FormatError, check_version, pack, unpack
from functions.domain.ping import Pings, Start

VERSION = 1
_TIMES = {"f": "finished_at", "s": "succeeded_at", "x": "failing_since", "l": "logged_at", "m": "minute"}
_VALUES = {"e": "status", "t": "excerpt", "d": "duration_ms", "n": "in_minute"}


def encode_pings(pings: Pings) -> bytes:
    """Return all but the monitor's id and the version, which stand beside it."""
    document: dict[str, Any] = {"v": VERSION}
    document |= {key: _ms(getattr(pings, name)) for key, name in _TIMES.items() if getattr(pings, name) is not None}
    document |= {key: getattr(pings, name) for key, name in _VALUES.items() if getattr(pings, name) not in (None, "")}
    document |= {"o": [[_ms(start.at), start.rid] for start in pings.open]} if pings.open else {}
    document |= {"r": list(pings.ended)} if pings.ended else {}
    return pack(document)


def decode_pings(data: bytes, *, monitor: str, version: int) -> Pings:
    """Return the pings that `encode_pings` wrote. Raises FormatError where the bytes are something else."""
    document = unpack(data)
    try:
        check_version(document, VERSION, "pings")
        fields: dict[str, Any] = {name: _time(document[key]) for key, name in _TIMES.items() if key in document}
        fields |= {name: document[key] for key, name in _VALUES.items() if key in document}
        return Pings(
            monitor=monitor,
            version=version,
            open=tuple(Start(at=_time(at), rid=rid) for at, rid in document.get("o", ())),
            ended=tuple(document.get("r", ())),
            **fields,
        )
    except (KeyError, TypeError, ValueError) as error:
        raise FormatError(f"not pings: {error!r}") from error


def _ms(at: datetime) -> int:
    return round(at.timestamp() * 1000)


def _time(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, UTC)
