"""What a `summary.json` of Statuspage's API, version 2, comes to.

Format: https://support.atlassian.com/statuspage/docs/what-are-the-different-apis-under-statuspage/ and, as an example,
https://www.githubstatus.com/api
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from functions.domain.verdict import Verdict

_INDICATORS: Final = {
    "none": Verdict.UP,
    "maintenance": Verdict.UP,
    "minor": Verdict.DEGRADED,
    "major": Verdict.DEGRADED,
    "critical": Verdict.DOWN,
}
_COMPONENTS: Final = {
    "operational": Verdict.UP,
    "under_maintenance": Verdict.UP,
    "degraded_performance": Verdict.DEGRADED,
    "partial_outage": Verdict.DEGRADED,
    "major_outage": Verdict.DOWN,
}
_MOST_NAMED: Final = 5


class SummaryError(ValueError):
    """The document is no summary; the message says what is wrong with it."""


class NoSuchComponentError(ValueError):
    """The page has no such component; the message says which there are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How somebody says that they are; `words` are theirs and not for the public, empty while all is well."""

    verdict: Verdict
    words: str = ""


def read_summary(body: bytes, *, component: str | None = None) -> Standing:
    """Return how the page says that all of it is, or that `component` (an id or a name, in any case) is.

    Raises SummaryError and NoSuchComponentError.
    """
    try:
        document = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise SummaryError("it is not JSON") from error
    if not isinstance(document, dict):
        raise SummaryError("it is not a JSON object")
    if component is not None:
        return _of_component(document, component)
    status = document.get("status")
    indicator = status.get("indicator") if isinstance(status, dict) else None
    verdict = _INDICATORS.get(indicator) if isinstance(indicator, str) else None
    if verdict is None or not isinstance(status, dict):
        raise SummaryError("it has no status.indicator of none, minor, major or critical")
    description = status.get("description")
    return _standing(verdict, description if isinstance(description, str) else str(indicator), document)


def _of_component(document: Mapping[str, object], wanted: str) -> Standing:
    components = [c for c in _listed(document, "components") if isinstance(c.get("name"), str)]
    found = [c for c in components if c.get("id") == wanted or str(c["name"]).casefold() == wanted.casefold()]
    if not found:
        names = [str(c["name"]) for c in components]
        others = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
        raise NoSuchComponentError(
            f"the status page has no component {wanted}; it has {', '.join(names[:_MOST_NAMED]) or 'none'}{others}"
        )
    status = found[0].get("status")
    verdict = _COMPONENTS.get(status) if isinstance(status, str) else None
    if verdict is None:
        raise SummaryError(f"its component {found[0]['name']} has no known status")
    return _standing(verdict, f"{found[0]['name']}: {str(status).replace('_', ' ')}", document)


def _standing(verdict: Verdict, words: str, document: Mapping[str, object]) -> Standing:
    if verdict is Verdict.UP:
        return Standing(verdict=verdict)
    incidents = [str(i["name"]) for i in _listed(document, "incidents") if isinstance(i.get("name"), str)]
    return Standing(verdict=verdict, words=f"{words} ({'; '.join(incidents)})" if incidents else words)


def _listed(document: Mapping[str, object], key: str) -> list[dict[str, object]]:
    entries = document.get(key)
    return [entry for entry in entries if isinstance(entry, dict)] if isinstance(entries, list) else []
