"""Health bodies that services answer by themselves: which of their parts are not well."""

from collections.abc import Iterator, Mapping

_UNWELL = frozenset(
    {
        "fail",
        "failed",
        "failing",
        "error",
        "down",
        "unhealthy",
        "degraded",
        "warn",
        "warning",
        "critical",
        "unavailable",
    }
    | {"timeout", "timed out", "disconnected", "unreachable", "not ok", "ko", "offline", "broken"}
)
"""Words for a part that is not well: the FastAPI pattern's, those of `application/health+json`, and their kin."""

_GROUPS = ("checks", "components", "dependencies", "services", "details")
"""Members under which services list their parts."""


def parts_not_well(body: object) -> tuple[tuple[str, object], ...]:
    """Return the JSON paths and values of the parts that say they are not well; the overall status only if alone.

    Shapes: `{"status": "degraded", "database": "fail"}` (the FastAPI pattern) and
    `{"status": "fail", "checks": {"db:responseTime": [{"status": "fail"}]}}` (`application/health+json`, draft-inadarei
    -api-health-check).
    """
    if not isinstance(body, dict):
        return ()
    found = [*_parts("$", body)]
    for group in _GROUPS:
        found += _parts(f"$.{group}", body.get(group))
    overall = [(path, value) for path, value in found if path == "$.status"]
    parts = [(path, value) for path, value in found if path != "$.status"]
    return tuple(parts or overall)


def _parts(path: str, members: object) -> Iterator[tuple[str, object]]:
    if not isinstance(members, Mapping):
        return
    for name, value in members.items():
        here = f"{path}{_step(str(name))}"
        if _unwell(value):
            yield here, value
        elif isinstance(value, dict) and _unwell(value.get("status")):
            yield f"{here}.status", value["status"]
        elif isinstance(value, list):
            for index, entry in enumerate(value):
                if isinstance(entry, dict) and _unwell(entry.get("status")):
                    yield f"{here}[{index}].status", entry["status"]


def _step(name: str) -> str:
    """Return the name as a JSON path has it."""
    if name.isidentifier() and name.isascii():
        return f".{name}"
    escaped = name.replace("\\", "\\\\").replace("'", "\\'")
    return f"['{escaped}']"


def _unwell(value: object) -> bool:
    return value is False or (isinstance(value, str) and value.strip().lower() in _UNWELL)
