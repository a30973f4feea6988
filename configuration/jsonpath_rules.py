"""Which JSON paths pulseboard.yaml may use: those that jsonpath-ng evaluates exactly as RFC 9535 says.

A path is parsed twice, by jsonpath-rfc9535 and by jsonpath-ng, and is accepted if it consists of constructs whose
evaluation is known to be equal and both parsers read the same out of its text. Whatever else the two may disagree on
is thereby refused rather than answered.
"""

import warnings
from collections.abc import Mapping

from jsonpath_ng import JSONPath
from jsonpath_ng.exceptions import JSONPathError as NgError
from jsonpath_ng.ext.parser import parse as ng_parse
from jsonpath_rfc9535 import JSONPathEnvironment
from jsonpath_rfc9535.exceptions import JSONPathError as RfcError

from configuration.path_form import Query, spell
from configuration.path_readings import ForeignError, RefusedError, ng_reading, rfc_reading
from functions.domain.jsonpath import is_singular

MAX_LENGTH = 1000
"""Characters of a path: beyond, the parsers' recursion is what would limit it."""

_RFC = JSONPathEnvironment()

_FOREIGN = {
    "=~": "use the operator `matches`",
    "Len": "use the operator `length`",
    "SortedThis": "RFC 9535 cannot sort",
    "Operation": "RFC 9535 cannot calculate",
    "Where": "use a filter: [?@.name]",
    "WhereNot": "use a filter: [?!@.name]",
    "Parent": "use a filter on the parent: [?@.name]",
    "This": "leave it out",
    "Keys": "use the operator `contains`, or `length`, on the object",
    "_Union": "write one path for each part, or || within a filter",
    "_Intersect": "write && within a filter",
}


def check_path(path: str) -> str | None:
    """Return why `path` is refused, and what to write instead where that is known; None where it is accepted."""
    if len(path) > MAX_LENGTH:
        return f"a path has at most {MAX_LENGTH} characters, this has {len(path)}"
    try:
        meant = _read_by_rfc(path)
    except RefusedError as error:
        return str(error)
    except RfcError as error:
        return f"is not a JSON path: {error}{_advice(path)}"
    except RecursionError:
        return "is nested too deeply"
    if _read_by_ng(path) == meant:
        return None
    written = spell(meant)
    advice = f"; write {written}" if is_accepted(written, meant) else ""
    return f"jsonpath-ng, which evaluates paths, does not read this as RFC 9535 does{advice}"


def is_accepted(path: str, meaning: Query | None = None) -> bool:
    """Tell whether both read the path alike and, where it is given, as `meaning`."""
    try:
        meant = _read_by_rfc(path)
    except (RfcError, RefusedError, RecursionError):
        return False
    return (meaning is None or meant == meaning) and _read_by_ng(path) == meant


def _read_by_rfc(path: str) -> Query:
    try:
        return rfc_reading(_RFC.compile(path))
    except OverflowError as error:  # jsonpath-rfc9535 lets it through from Python's int()
        raise RefusedError("a number is too large") from error


def _read_by_ng(path: str) -> Query | None:
    try:
        return ng_reading(_parse_by_ng(path))
    except (NgError, ForeignError, RecursionError):
        return None


def _parse_by_ng(path: str) -> JSONPath:
    with warnings.catch_warnings():
        # jsonpath-ng warns of syntax that it is going to drop; none of that is RFC 9535, so it is refused in any case.
        warnings.simplefilter("ignore", DeprecationWarning)
        return ng_parse(path)


def _advice(path: str) -> str:
    """Return what to do about a path that RFC 9535 does not know, where jsonpath-ng makes sense of it."""
    try:
        written = spell(ng_reading(_parse_by_ng(path)))
    except ForeignError as foreign:
        instead = _FOREIGN.get(str(foreign))
        return "; this is an extension of jsonpath-ng" + (f": {instead}" if instead else "")
    except (NgError, RecursionError):
        return ""
    return f"; write {written}" if is_accepted(written) else ""


def check_use(path: str, matcher: Mapping[str, object]) -> str | None:
    """Return why `matcher` (`{"op": operand, ...}`) makes no sense for an accepted path; None where it does.

    All matches of a path that may have several are judged as one list, of which `{eq: ok}` never holds and `{ne: ok}`
    always does: almost surely `each` or `any` was meant.
    """
    if is_singular(path):
        return None
    for name, operand in matcher.items():
        if not _about_lists(name, operand):
            return (
                f"this path may match several values, which are judged as a list, so `{name}` says nothing of them; "
                f"write {{each: {{{name}: …}}}} if it must hold of all, {{any: {{{name}: …}}}} if of one"
            )
    return None


def _about_lists(name: str, operand: object) -> bool:
    """Tell whether the operator can tell one list from another."""
    match name:
        case "eq" | "ne":
            return isinstance(operand, list)
        case "in" | "not_in":
            return isinstance(operand, list) and any(isinstance(value, list) for value in operand)
        case _:
            return name in ("contains", "not_contains", "exists", "type", "length", "each", "any")
