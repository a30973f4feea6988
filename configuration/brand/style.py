"""What a stylesheet fetches from elsewhere, in a file of its own or inside of an SVG."""

import re
from typing import Final

_FETCHES: Final = re.compile(
    r"@import|url\((?!\s*['\"]?\s*(?:#|data:image/))[^)]{0,60}|image-set\(\s*['\"](?!\s*data:image/)[^)]{0,60}",
    re.IGNORECASE,
)
_ESCAPE: Final = re.compile(r"\\(?:([0-9a-f]{1,6})[ \t\r\n\f]?|([^0-9a-f\r\n\f]))", re.IGNORECASE)
_LARGEST: Final = 0x10FFFF
_COMMENT: Final = re.compile(r"""/\*.*?\*/|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'""", re.DOTALL)
"""A comment, or a string: what looks like a comment in there is none."""


def without_comments(style: str) -> str:
    """Return `style` with as many lines, and nothing in the place of its comments."""
    return _COMMENT.sub(lambda found: "\n" * found[0].count("\n") if found[0].startswith("/*") else found[0], style)


def fetches(style: str) -> re.Match[str] | None:
    """Return the first place of `style` that refers to something outside of it, with escapes read as browsers do.

    Source of the escapes: https://www.w3.org/TR/css-syntax-3/#consume-escaped-code-point
    """
    return _FETCHES.search(_ESCAPE.sub(_read, style))


def _read(escape: re.Match[str]) -> str:
    if escape[1] is None:
        return str(escape[2])
    code = int(escape[1], 16)
    return chr(code) if 0 < code <= _LARGEST else "\ufffd"
