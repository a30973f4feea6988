"""Secrets taken out of text that a target had a part in: it may well echo the token that it was sent."""

import json
from base64 import b64encode
from collections.abc import Iterable, Iterator
from urllib.parse import quote

from functions.domain.wording import visible

MASK = "***"
_TELLING = 4
"""Characters of a secret that, before an ellipsis, are taken for its beginning."""


def redact(text: str, secrets: Iterable[str]) -> str:
    """Return `text` with each of the `secrets`, in each form that it may be quoted in, replaced by `***`.

    A secret that was cut off in the middle by an ellipsis is found by its beginning.
    """
    forms = sorted({form for secret in secrets if secret for form in _forms(secret)}, key=len, reverse=True)
    for form in forms:
        text = text.replace(form, MASK)
    if "…" not in text:
        return text
    parts = text.split("…")
    return "…".join([*(_without_beginning(part, forms) for part in parts[:-1]), parts[-1]])


def basic_credentials(user: str, password: str) -> str:
    """Return what stands in the header of basic authentication: as good as the password itself."""
    return b64encode(f"{user}:{password}".encode()).decode()


def _forms(secret: str) -> Iterator[str]:
    yield secret
    yield visible(secret)
    yield quote(secret, safe="")
    for ascii_only in (True, False):
        yield json.dumps(secret, ensure_ascii=ascii_only)[1:-1]


def _without_beginning(part: str, forms: list[str]) -> str:
    lengths = [
        length
        for form in forms
        for length in range(min(len(form), len(part)), min(_TELLING, len(form)) - 1, -1)
        if part.endswith(form[:length])
    ]
    return part[: -max(lengths)] + MASK if lengths else part
