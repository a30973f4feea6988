"""A check ready to be made: its secrets in place, and made anew only when one of them has changed.

A run a minute brings the same checks with, nearly always, the same secrets. What a check asks for, and
what is made of it (a request, bytes), is worth keeping: working it out each time cost a tenth of a plain HTTP check.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from functions.domain.checks.check import Check
from functions.domain.secret import Secret
from functions.kept import Kept
from functions.probe.reveal import confidential, references, revealed


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """A check without references, and what must not be seen of it."""

    check: Check
    confidential: tuple[str, ...]


class Disclosure:
    """One check: which secrets it refers to, and itself with the newest values of them."""

    def __init__(self, check: Check) -> None:
        self.references = references(check)
        self._check = check
        self._values: Mapping[Secret, str] | None = None
        self._ready: Ready | None = None

    def ready(self, values: Mapping[Secret, str]) -> Ready:
        """Return the check with `values` in it, the same one for the same values; KeyError where one is missing."""
        if self._ready is None or values != self._values:
            check = revealed(self._check, values) if values else self._check
            self._ready = Ready(check=check, confidential=confidential(check, values))
            self._values = dict(values)
        return self._ready


disclosure = Kept(Disclosure)
"""What is known of a check, from one run to the next."""
