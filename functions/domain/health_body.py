"""Health bodies that services answer by themselves: what they say of their parts.

Shapes: `{"status": "degraded", "database": "fail"}` (the FastAPI pattern), `{"status": "fail", "checks":
{"db:responseTime": [{"status": "fail"}]}}` (`application/health+json`, draft-inadarei-api-health-check), and their kin:
`components` (Spring Boot), `checks` that are a list of `{"name", "status"}` (MicroProfile Health).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from functions.domain.verdict import Verdict

_UP = frozenset(
    {"ok", "okay", "up", "pass", "passed", "passing", "healthy", "alive", "available", "connected", "online"}
    | {"operational", "reachable", "ready", "running", "success"}
)
_DEGRADED = frozenset({"degraded", "warn", "warning"})
_DOWN = frozenset(
    {"fail", "failed", "failing", "error", "down", "unhealthy", "critical", "unavailable", "timeout", "timed out"}
    | {"disconnected", "unreachable", "not ok", "ko", "offline", "broken"}
)
_WORDS = {
    **dict.fromkeys(_UP, Verdict.UP),
    **dict.fromkeys(_DEGRADED, Verdict.DEGRADED),
    **dict.fromkeys(_DOWN, Verdict.DOWN),
}
"""What parts say of themselves: the FastAPI pattern's words, those of `application/health+json`, and their kin."""

_GROUPS = ("checks", "components", "dependencies", "services", "details", "entries")
"""Members under which services list their parts."""

_OWN = "status"
"""The member with which something says how it is."""

_MEMBERS = 1000
"""Members of one object that are looked at: no service has so many parts, and a body may be a megabyte."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What a body says at `path` of what it calls `name`; `explicit` where that stands in a group of parts."""

    name: str
    path: str
    value: object
    explicit: bool

    @property
    def of_itself(self) -> bool:
        """Tell whether it is about the whole, or about a group."""
        return self.name == _OWN


def statements(body: Mapping[str, object]) -> Iterator[Statement]:
    """Yield what `body` says of itself and of its parts, in its order; what holds no status is a statement too."""
    for name, value in islice(body.items(), _MEMBERS):
        if not (name in _GROUPS and isinstance(value, dict | list)):
            yield from _said("$", name, value, explicit=False)
    for group in _GROUPS:
        members = body.get(group)
        if isinstance(members, dict):
            for name, value in islice(members.items(), _MEMBERS):
                yield from _said(f"$.{group}", name, value, explicit=True)
        elif isinstance(members, list):
            for index, entry in enumerate(members[:_MEMBERS]):
                if isinstance(entry, dict) and _OWN in entry:
                    called = entry.get("name", entry.get("id"))
                    yield Statement(
                        name=called if isinstance(called, str) else group,
                        path=f"$.{group}[{index}].{_OWN}",
                        value=entry[_OWN],
                        explicit=True,
                    )


def verdict_of(value: object) -> Verdict | None:
    """Return what a word means, in any case; None for one that is not known, and for anything that is no word."""
    if isinstance(value, bool):
        return Verdict.UP if value else Verdict.DOWN
    return _WORDS.get(value.strip().lower()) if isinstance(value, str) else None


def parts_not_well(body: object) -> tuple[tuple[str, object], ...]:
    """Return the JSON paths and values of the parts that say they are not well; the overall status only if alone."""
    if not isinstance(body, dict):
        return ()
    found = [(said.path, said.value) for said in statements(body) if (v := verdict_of(said.value)) and v.failing]
    overall = [(path, value) for path, value in found if path == f"$.{_OWN}"]
    parts = [(path, value) for path, value in found if path != f"$.{_OWN}"]
    return tuple(parts or overall)


def _said(path: str, name: str, value: object, *, explicit: bool) -> Iterator[Statement]:
    here = f"{path}{_step(name)}"
    if isinstance(value, dict) and _OWN in value:
        yield Statement(name=name, path=f"{here}.{_OWN}", value=value[_OWN], explicit=explicit)
        return
    entries = value[:_MEMBERS] if isinstance(value, list) else []
    told = [(index, entry) for index, entry in enumerate(entries) if isinstance(entry, dict) and _OWN in entry]
    for index, entry in told:
        yield Statement(name=name, path=f"{here}[{index}].{_OWN}", value=entry[_OWN], explicit=explicit)
    if not told:
        yield Statement(name=name, path=here, value=value, explicit=explicit)


def _step(name: str) -> str:
    """Return the name as a JSON path has it."""
    if name.isidentifier() and name.isascii():
        return f".{name}"
    escaped = name.replace("\\", "\\\\").replace("'", "\\'")
    return f"['{escaped}']"
