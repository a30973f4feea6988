"""The interface's words in one language; templates call `words.cause(…)`, `words.duration(…)` and so on.

English stands in the code and in the templates as message ids. Another language is one gettext catalogue,
`site_templates/locales/{language}/LC_MESSAGES/pulseboard.mo`; what it lacks stays English. The words stand by what
they are about: causes, how things stand, the record of uptime, times; here are those of incidents, and how a
language is loaded.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from gettext import GNUTranslations, NullTranslations
from pathlib import Path
from typing import Final

from functions.domain.incident import IncidentStatus
from functions.domain.month_report import MonthIncident
from functions.domain.public_incident import IncidentView
from functions.domain.verdict import Phase
from functions.render import timeline
from functions.render.cause_words import CauseWords
from functions.render.formats import load_formats
from functions.render.record_words import RecordWords
from functions.render.speech import N_

_STATUSES: Final[Mapping[IncidentStatus, str]] = {
    IncidentStatus.INVESTIGATING: N_("Investigating"),
    IncidentStatus.IDENTIFIED: N_("Identified"),
    IncidentStatus.MONITORING: N_("Monitoring"),
    IncidentStatus.RESOLVED: N_("Resolved"),
}
_PHASE_NAMES: Final[Mapping[Phase, str]] = {
    Phase.DNS: N_("DNS"),
    Phase.CONNECT: N_("Connect"),
    Phase.TLS: N_("TLS"),
    Phase.FIRST_BYTE: N_("First byte"),
    Phase.TRANSFER: N_("Transfer"),
}


class Words(CauseWords, RecordWords):
    """Says everything that a page says in one language. All methods are pure."""

    def status(self, status: IncidentStatus) -> str:
        """Return the word for where the work on an incident stands."""
        return self._gettext(_STATUSES[status])

    def incident_title(self, incident: IncidentView | MonthIncident, names: Mapping[str, str]) -> str:
        """Return what an incident is called; `names` are those of the page's monitors by id."""
        return timeline.title(incident, names, self._gettext, self._ngettext)

    def update(self, body: str) -> str:
        """Return the text of an incident's update; what a person wrote stays as it is."""
        return timeline.said(body, self._gettext, self._ngettext, self.formats)

    def phase(self, phase: Phase) -> str:
        """Return what a part of a check is called."""
        return self._gettext(_PHASE_NAMES[phase])


def load_words(language: str, locales: Path) -> tuple[Words, NullTranslations]:
    """Return the words of `language` and the catalogue itself; English where there is no such catalogue."""
    file = locales / language / "LC_MESSAGES" / "pulseboard.mo"
    catalogue = NullTranslations()
    if file.is_file():
        with file.open("rb") as stream:
            catalogue = GNUTranslations(stream)
    return Words(catalogue, load_formats(language, locales)), catalogue


def elapsed(start: datetime, end: datetime) -> float:
    """Return the seconds from `start` to `end`."""
    return (end - start) / timedelta(seconds=1)
