"""A shard's states as the bytes that the table keeps.

They are written after every run, so what all monitors of a healthy shard share stands once: a time is seconds before
`t`, the newest run, and everything that is as usual is left out.

    {"v": 1, "t": epoch seconds, "m": {monitor: {"d": verdict, "s": since, "j": judged_at, "o": reporting_since,
        "i": incident, "l": last incident, "e": eased_at, "f": flaps, "g": flapped_at, "h": [told, since],
        "u": [[start, end of a failing span]], "k": 1 where burning, "x": {part: likewise a state},
        "y": [reason told, new, since, retold],
        "r": {region: {"a": at, "d": verdict, "f": failing, "b": down, "w": failure, "c": status, "n": attempts,
            "p": [time of a slow run, null for another], "s": down_since, "q": [time of a step in 0.1 ms],
            "t": hours since the epoch when the certificate expires}}
    }}}, `failing` and `down` being [0 or 1, against, since or null]
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from functions.domain.failure_codec import decode_failure, encode_failure
from functions.domain.packing import FormatError, check_version, moment, pack, seconds, unpack
from functions.domain.state import Held, Reason, RegionView, Signal, State
from functions.domain.verdict import Verdict

VERSION = 1
_HOUR = 3600


def encode_states(states: Mapping[str, State]) -> bytes:
    """Return the states in the format above; 100 monitors that are all up take under 2,000 bytes."""
    newest = max((state.judged_at for state in states.values()), default=moment(0))
    return pack({"v": VERSION, "t": seconds(newest), "m": {m: _state(s, newest) for m, s in states.items()}})


def decode_states(data: bytes) -> dict[str, State]:
    """Return what `encode_states` was given; raises FormatError where the bytes are something else."""
    document = unpack(data)
    try:
        check_version(document, VERSION, "states")
        newest = moment(document["t"])
        return {monitor: _read_state(monitor, row, newest) for monitor, row in document["m"].items()}
    except (KeyError, TypeError) as error:
        raise FormatError(f"not the states of a shard: {error!r}") from error


def _state(state: State, newest: datetime) -> dict[str, object]:
    return _without_defaults(
        {
            "d": None if state.verdict is Verdict.UP else state.verdict.value,
            "s": _ago(state.since, newest),
            "j": _ago(state.judged_at, newest) or None,
            "o": _ago(state.reporting_since, newest),
            "i": state.incident,
            "l": state.last_incident,
            "e": _ago(state.eased_at, newest),
            "f": state.flaps or None,
            "g": _ago(state.flapped_at, newest),
            "u": [[_ago(start, newest), _ago(end, newest)] for start, end in state.failed] or None,
            "k": 1 if state.burning else None,
            "h": None if state.held is None else [state.held.told.value, _ago(state.held.since, newest)],
            "y": _reason(state.reason, newest),
            "r": {region: _view(view, newest) for region, view in state.regions.items()},
            "x": {name: _state(part, newest) for name, part in state.parts.items()} or None,
        }
    )


def _read_state(monitor: str, row: Mapping[str, Any], newest: datetime) -> State:
    return State(
        monitor=monitor,
        verdict=Verdict(row.get("d", Verdict.UP)),
        since=_at(row["s"], newest),
        judged_at=_at(row.get("j", 0), newest),
        reporting_since=_at(row["o"], newest),
        regions={region: _read_view(view, newest) for region, view in row["r"].items()},
        incident=row.get("i"),
        last_incident=row.get("l"),
        eased_at=_at(row["e"], newest) if "e" in row else None,
        flaps=row.get("f", 0),
        flapped_at=_at(row["g"], newest) if "g" in row else None,
        failed=tuple((_at(start, newest), _at(end, newest)) for start, end in row.get("u", ())),
        burning="k" in row,
        held=_read_held(row.get("h"), newest),
        reason=_read_reason(row.get("y"), newest),
        parts={name: _read_state(name, part, newest) for name, part in row.get("x", {}).items()},
    )


def _read_held(row: Sequence[Any] | None, newest: datetime) -> Held | None:
    if row is None:
        return None
    told, since = row
    return Held(told=Verdict(told), since=_at(since, newest))


def _reason(reason: Reason | None, newest: datetime) -> list[object] | None:
    return None if reason is None else [reason.told, reason.new, _ago(reason.since, newest), reason.retold]


def _read_reason(row: Sequence[Any] | None, newest: datetime) -> Reason | None:
    if row is None:
        return None
    told, new, since, retold = row
    return Reason(told=told, new=new, since=None if since is None else _at(since, newest), retold=retold)


def _view(view: RegionView, newest: datetime) -> dict[str, object]:
    return _without_defaults(
        {
            "a": _ago(view.at, newest) or None,
            "d": None if view.verdict is Verdict.UP else view.verdict.value,
            "f": _signal(view.failing, newest),
            "b": _signal(view.down, newest),
            "w": encode_failure(view.failure),
            "c": view.status_code,
            "n": None if view.attempts == 1 else view.attempts,
            "p": [_ago(at, newest) for at in view.slow] or None,
            "s": _ago(view.down_since, newest),
            "q": [round(milliseconds * 10) for milliseconds in view.steps] or None,
            "t": None if view.certificate_expires_at is None else seconds(view.certificate_expires_at) // _HOUR,
        }
    )


def _read_view(row: Mapping[str, Any], newest: datetime) -> RegionView:
    return RegionView(
        at=_at(row.get("a", 0), newest),
        verdict=Verdict(row.get("d", Verdict.UP)),
        failing=_read_signal(row.get("f"), newest),
        down=_read_signal(row.get("b"), newest),
        failure=decode_failure(row.get("w")),
        status_code=row.get("c"),
        attempts=row.get("n", 1),
        slow=tuple(None if ago is None else _at(ago, newest) for ago in row.get("p", ())),
        down_since=_at(row["s"], newest) if "s" in row else None,
        steps=tuple(tenths / 10 for tenths in row.get("q", ())),
        certificate_expires_at=moment(row["t"] * _HOUR) if "t" in row else None,
    )


def _signal(signal: Signal, newest: datetime) -> list[int | None] | None:
    return None if signal == Signal() else [int(signal.on), signal.against, _ago(signal.since, newest)]


def _read_signal(row: Sequence[int] | None, newest: datetime) -> Signal:
    if row is None:
        return Signal()
    on, against, since = row
    return Signal(on=bool(on), against=against, since=None if since is None else _at(since, newest))


def _ago(at: datetime | None, newest: datetime) -> int | None:
    return None if at is None else seconds(newest) - seconds(at)


def _at(ago: int, newest: datetime) -> datetime:
    return newest - timedelta(seconds=ago)


def _without_defaults(row: dict[str, object]) -> dict[str, object]:
    return {key: value for key, value in row.items() if value is not None}
