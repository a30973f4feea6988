"""What the judge wrote into an incident, said in the page's language.

The record holds English sentences (functions/domain/public_wording.py): alerts and the status JSON carry them as they
are. On a page each is recognised and translated. Whatever somebody wrote themselves is nobody's message and stays.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from functions.domain import public_wording
from functions.domain.finding import Layer
from functions.domain.incident_view import incident_title
from functions.domain.month_report import MonthIncident
from functions.domain.public_incident import IncidentView
from functions.domain.verdict import FailureKind, Phase, Verdict
from functions.render.formats import Formats
from functions.render.speech import N_, NN_

Gettext = Callable[[str], str]
NGettext = Callable[[str, str, int], str]

_WITH_VALUES: Final = (
    N_("The health check answers with HTTP %(code)s."),
    N_("It is down from %(regions)s only."),
    N_("%(name)s has a major outage, as its own status page says."),
    N_("%(name)s has a problem, as its own status page says."),
    N_("The step “%(step)s” answers with HTTP %(code)s."),
    N_("The step “%(step)s” fails."),
    N_("%(names)s has failed."),
    N_("%(names)s have failed."),
    N_("%(names)s is degraded."),
    N_("%(names)s are degraded."),
)
_LISTS: Final = frozenset({"It is down from %(regions)s only.", "%(names)s have failed.", "%(names)s are degraded."})
"""Those of them whose value is several names, joined in English."""

_OF_MANY: Final = re.compile(r"(?P<names>.+) and (?P<n>\d+) more")
_BEFORE: Final = (
    N_("It fails again."),
    N_("It got worse and is down."),
    N_("The problem has changed."),
    N_("It is no longer down, but still degraded."),
)
_TITLES: Final[Mapping[Verdict, tuple[str, tuple[str, str]]]] = {
    Verdict.DOWN: (N_("%(name)s down"), NN_("%(name)s and %(n)d more down", "%(name)s and %(n)d more down")),
    Verdict.DEGRADED: (
        N_("%(name)s degraded"),
        NN_("%(name)s and %(n)d more degraded", "%(name)s and %(n)d more degraded"),
    ),
}


def messages() -> Iterator[str]:
    """Yield the judge's own sentences, which are messages without being marked as such."""
    yield public_wording.RECOVERED
    yield public_wording.REMOVED
    for kind in FailureKind:
        yield public_wording.describe(kind)
    for phase in Phase:
        yield public_wording.describe(FailureKind.TIMEOUT, phase=phase)
        yield public_wording.describe(FailureKind.LATENCY, phase=phase)
    yield from filter(None, map(public_wording.who_answered, Layer))


def _pattern(message: str) -> re.Pattern[str]:
    """Return what recognises `message` with its values in it, at the start of a text and up to the next sentence."""
    escaped = re.escape(message)
    return re.compile(re.sub(r"%\\\((\w+)\\\)s", r"(?P<\1>.+?)", escaped) + r"(?: |$)")


_SENTENCES: Final = tuple((message, _pattern(message)) for message in dict.fromkeys((*messages(), *_BEFORE)))
_VALUED: Final = tuple((message, _pattern(message)) for message in _WITH_VALUES)


def said(body: str, gettext: Gettext, ngettext: NGettext, formats: Formats) -> str:
    """Return an update's text in the page's language; as it is where any of it is not the judge's."""
    translated: list[str] = []
    rest = body
    while rest:
        for message, pattern in (*_SENTENCES, *_VALUED):
            found = pattern.match(rest)
            if found:
                values = found.groupdict()
                if message in _LISTS:
                    values = {key: _joined(names, ngettext, formats) for key, names in values.items()}
                translated.append(gettext(message) % values if values else gettext(message))
                rest = rest[found.end() :]
                break
        else:
            return body
    return formats.sentences.join(translated)


def _joined(names: str, ngettext: NGettext, formats: Formats) -> str:
    """Return `A, B and C` as the language lists names, `A, B, C and 2 more` as well.

    Names that have an "and" themselves stay whole where they do not come last.
    """
    many = _OF_MANY.fullmatch(names)
    if many:
        more = int(many["n"])
        message = ngettext("%(names)s and %(n)d more", "%(names)s and %(n)d more", more)
        return message % {"names": formats.comma.join(many["names"].split(", ")), "n": more}
    before, _, last = names.rpartition(" and ")
    return formats.listed([*(before.split(", ") if before else ()), last])


def title(
    incident: IncidentView | MonthIncident, names: Mapping[str, str], gettext: Gettext, ngettext: NGettext
) -> str:
    """Return an incident's title in the page's language; as it is where the judge did not make it."""
    known = [names[monitor] for monitor in incident.monitors if monitor in names]
    if not known or incident.verdict not in _TITLES or incident.title != incident_title(known, incident.verdict):
        return incident.title
    one, more = _TITLES[incident.verdict]
    others = len(known) - 1
    if others:
        return ngettext(*more, others) % {"name": known[0], "n": others}
    return gettext(one) % {"name": known[0]}
