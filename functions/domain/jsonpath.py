"""JSON paths, evaluated by jsonpath-ng; validation has let through only those that RFC 9535 reads alike."""

from functools import lru_cache
from typing import TYPE_CHECKING

from functions.domain.json_value import MISSING

if TYPE_CHECKING:
    from jsonpath_ng import JSONPath

_KEPT = 4096
"""Compiled paths that are kept: more than one shard's, since parsing one costs 0.4 ms."""


@lru_cache(maxsize=_KEPT)
def compile_path(path: str) -> "JSONPath":
    """Return the path as jsonpath-ng parses it; raises jsonpath-ng's own error where it does not."""
    # Imported here because the functions that decode expectations without assessing any (all but the probe) should
    # not pay 25 ms of cold start for it.
    from jsonpath_ng.ext.parser import parse  # noqa: PLC0415

    return parse(path)


@lru_cache(maxsize=_KEPT)
def is_singular(path: str) -> bool:
    """Tell whether the path can match one value at most: only names and indices (RFC 9535, section 2.3.5.1)."""
    from jsonpath_ng import Child, Fields, Index, Root  # noqa: PLC0415 - as above

    node = compile_path(path)
    while isinstance(node, Child):
        step = node.right
        if not (isinstance(step, Fields) and len(step.fields) == 1) and not (
            isinstance(step, Index) and len(step.indices) == 1
        ):
            return False
        node = node.left
    return isinstance(node, Root)


def find_all(path: str, document: object) -> list[object]:
    """Return the values that the path matches, in the order of RFC 9535."""
    return [match.value for match in compile_path(path).find(document)]


def look_up(path: str, document: object) -> object:
    """Return what a matcher is held against: MISSING where nothing matches.

    The value itself for a singular path; for any other the list of all matches, however many, so that the meaning of a
    matcher does not depend on how many there happen to be.
    """
    found = find_all(path, document)
    if not found:
        return MISSING
    return found[0] if is_singular(path) else found
