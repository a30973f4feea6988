"""The words for why something is not up, as far as the public may know.

Sentences without values are those of functions/domain/public_wording.py, so that what stands beside a monitor and what
stands in its incident's timeline are the same; functions/render/timeline.py hands them to the translators.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from markupsafe import Markup, escape

from functions.domain import public_wording
from functions.domain.public_cause import PublicCause
from functions.domain.public_monitor import MonitorView
from functions.domain.verdict import FailureKind, Verdict
from functions.render.speech import N_, Speech

_PARTS: Final[Mapping[Verdict, tuple[str, str]]] = {
    Verdict.DOWN: (N_("%(names)s has failed."), N_("%(names)s have failed.")),
    Verdict.DEGRADED: (N_("%(names)s is degraded."), N_("%(names)s are degraded.")),
}
"""What is said of one part that is not well, and of several; the worse verdict comes first."""


class CauseWords(Speech):
    """Says what is the matter, from where, and why nobody is told."""

    def cause(self, cause: PublicCause) -> str:
        """Return why something is not up, as a sentence or two that give nothing private away."""
        if cause.parts:
            return self._parts(cause)
        layer = None if cause.layer is None else public_wording.who_answered(cause.layer)
        why = self._why(cause)
        return why if layer is None else self.formats.sentences.join((why, self._gettext(layer)))

    def _parts(self, cause: PublicCause) -> str:
        """Return which parts of a service are not well; the worse sentence comes first."""
        said = []
        for verdict, (one, several) in _PARTS.items():
            names = [part.name for part in cause.parts if part.verdict is verdict]
            if names:
                said.append(self._gettext(several if names[1:] else one) % {"names": self._enumerated(names)})
        return self.formats.sentences.join(said)

    def _enumerated(self, names: Sequence[str]) -> str:
        """Return a few names as a sentence has them; of many the first, and how many more."""
        more = len(names) - public_wording.PARTS_NAMED
        if more <= 0:
            return self.formats.listed(names)
        first = self.formats.comma.join(names[: public_wording.PARTS_NAMED])
        return self._ngettext("%(names)s and %(n)d more", "%(names)s and %(n)d more", more) % {
            "names": first,
            "n": more,
        }

    def _why(self, cause: PublicCause) -> str:
        if cause.step is not None:
            return self._step(cause, cause.step)
        if cause.kind is FailureKind.STATUS and cause.status_code is not None:
            return self._gettext("The health check answers with HTTP %(code)s.") % {"code": cause.status_code}
        if cause.subject is not None:
            return self._gettext("The status page of %(name)s reports a problem.") % {"name": cause.subject}
        return self._gettext(public_wording.describe(cause.kind, phase=cause.phase))

    def _step(self, cause: PublicCause, step: str) -> str:
        if cause.kind is FailureKind.STATUS and cause.status_code is not None:
            answer = {"step": step, "code": cause.status_code}
            return self._gettext("The step “%(step)s” answers with HTTP %(code)s.") % answer
        which = self._gettext("The step “%(step)s” fails.") % {"step": step}
        return self.formats.sentences.join((which, self._why(replace(cause, step=None))))

    def down_from(self, regions: Sequence[str]) -> Markup:
        """Return from where alone something is down."""
        return self._sentence(N_("Down from %(region)s only."), region=self.names(regions))

    def held(self, parents: Sequence[str], names: Mapping[str, str]) -> Markup:
        """Return why a failing is told to nobody: its `parents` (ids, maybe none that are on the page) are down."""
        if not parents:
            return self._sentence(N_("Held back: something that it depends on is down."))
        message = self._ngettext(
            "Held back: it depends on %(names)s, which is down.",
            "Held back: it depends on %(names)s, which are down.",
            len(parents),
        )
        return escape(message) % {"names": self.names([names[parent] for parent in parents])}

    def unchecked(self, monitor: MonitorView) -> str:
        """Return why nothing is known of a monitor that never had a verdict."""
        return self._gettext("Waiting for its first ping") if monitor.awaits_ping else self._gettext("Not checked yet")
