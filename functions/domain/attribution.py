"""Who answered a check that fails: the application, or what stands in front of it.

Only the `Attribution` leaves: no header and no body is kept.
"""

from typing import Final

from functions.domain.answer import Answer
from functions.domain.finding import Attribution
from functions.domain.signs import SIGNS

_ERROR: Final = 400
_BEGINNING: Final = 4096
"""Bytes of a body in which fixed words are looked for: error pages of gateways are shorter."""


def attribute(answer: Answer) -> Attribution | None:
    """Return whom an error's answer is put down to; None where it is no error of HTTP, or nothing gives it away."""
    if answer.status_code is None or answer.status_code < _ERROR:
        return None
    body = answer.body[:_BEGINNING].decode("utf-8", errors="replace")
    found = next((sign for sign in SIGNS if sign.fits(answer, body)), None)
    return None if found is None else Attribution(finding=found.finding, certainty=found.certainty)
