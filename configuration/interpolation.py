"""`${NAME}` and `${NAME:-default}` in text: values that differ between a laptop and production."""

import re
from collections.abc import Mapping

_PLACEHOLDER = re.compile(r"\$(?P<escape>\$\{)|\$\{(?P<inside>[^{}]*)\}")
_INSIDE = re.compile(r"(?P<name>[A-Za-z_][A-Za-z0-9_]*)(?::-(?P<default>.*))?", re.DOTALL)


class InterpolationError(Exception):
    """A placeholder that has no value or no sense; the message says which and how to mend it."""


def has_placeholder(text: str) -> bool:
    """Tell whether `text` takes something from the environment."""
    return any(match["escape"] is None for match in _PLACEHOLDER.finditer(text))


def interpolate(text: str, environment: Mapping[str, str]) -> str:
    """Return `text` with its placeholders filled in; `$${` stands for a literal `${`.

    As in a shell, the default of `:-` also takes the place of an empty variable. Raises InterpolationError for a
    variable that is not set and has no default, and for a placeholder that is not well formed.
    """

    def value(match: re.Match[str]) -> str:
        if match["escape"]:
            return "${"
        inside = _INSIDE.fullmatch(match["inside"])
        if inside is None:
            raise InterpolationError(
                f"`{match[0]}` is not a variable; allowed: `${{NAME}}` or `${{NAME:-default}}`, "
                "and `$${` for a literal `${`"
            )
        name, default = inside["name"], inside["default"]
        if default is not None:
            return environment.get(name) or default
        if name not in environment:
            raise InterpolationError(
                f"the environment variable {name} is not set; set it, or give a default: `${{{name}:-default}}`"
            )
        return environment[name]

    return _PLACEHOLDER.sub(value, text)
