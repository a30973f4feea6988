"""The words for why something is not up, as far as the public may know."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from markupsafe import Markup, escape

from functions.domain.finding import Layer
from functions.domain.public_wording import PARTS_NAMED
from functions.domain.snapshot import MonitorView, PublicCause
from functions.domain.verdict import FailureKind, Phase, Verdict
from functions.render.speech import N_, Speech

_CAUSES: Final[Mapping[FailureKind, str]] = {
    FailureKind.DNS: N_("Its address cannot be looked up."),
    FailureKind.CONNECT: N_("It cannot be reached."),
    FailureKind.TLS: N_("A secure connection to it cannot be made."),
    FailureKind.TIMEOUT: N_("It does not answer in time."),
    FailureKind.PROTOCOL: N_("Its answer cannot be understood."),
    FailureKind.STATUS: N_("It answers with an error."),
    FailureKind.JSON: N_("It reports a fault in itself."),
    FailureKind.SCHEMA: N_("Its answer has the wrong shape."),
    FailureKind.HEADER: N_("Its answer has the wrong headers."),
    FailureKind.BODY: N_("Its answer is not what it should be."),
    FailureKind.LATENCY: N_("It answers too slowly."),
    FailureKind.ANSWERS: N_("The DNS does not answer as it should."),
    FailureKind.CERTIFICATE: N_("Its certificate is about to expire."),
    FailureKind.HEARTBEAT: N_("It reports that it has failed."),
    FailureKind.LATE: N_("It has not reported in on time."),
    FailureKind.UPSTREAM: N_("Its own status page reports a problem."),
    FailureKind.ALARM: N_("One of its own alarms has gone off."),
    FailureKind.QUEUE: N_("A queue behind it is not as it should be."),
}
_TIMEOUTS: Final[Mapping[str, str]] = {
    Phase.DNS: N_("It does not answer in time: looking up its address takes too long."),
    Phase.CONNECT: N_("It does not answer in time: connecting to it takes too long."),
    Phase.TLS: N_("It does not answer in time: setting up the secure connection takes too long."),
    Phase.FIRST_BYTE: N_("It does not answer in time: it was connected to, and nothing came."),
    Phase.TRANSFER: N_("It does not answer in time: its answer was not complete."),
}
_SLOW: Final[Mapping[str, str]] = {
    Phase.DNS: N_("It answers too slowly: most of the time goes into looking up its address."),
    Phase.CONNECT: N_("It answers too slowly: most of the time goes into connecting to it."),
    Phase.TLS: N_("It answers too slowly: most of the time goes into setting up the secure connection."),
    Phase.FIRST_BYTE: N_("It answers too slowly: most of the time goes into waiting for its answer to begin."),
    Phase.TRANSFER: N_("It answers too slowly: most of the time goes into receiving its answer."),
}
_LAYERS: Final[Mapping[Layer, str]] = {
    Layer.GATEWAY: N_("It was likely the gateway in front of the application that answered, not the application."),
    Layer.ORIGIN: N_("The gateway in front of the application likely got no good answer from it."),
    Layer.STORAGE: N_("It was likely the storage behind it that answered."),
}
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
        layer = None if cause.layer is None else _LAYERS.get(cause.layer)
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
        more = len(names) - PARTS_NAMED
        if more <= 0:
            return self.formats.listed(names)
        first = self.formats.comma.join(names[:PARTS_NAMED])
        return self._ngettext("%(names)s and %(n)d more", "%(names)s and %(n)d more", more) % {
            "names": first,
            "n": more,
        }

    def _why(self, cause: PublicCause) -> str:
        if cause.step is not None:
            return self._step(cause, cause.step)
        if cause.kind is FailureKind.STATUS and cause.status_code is not None:
            return self._gettext("It answers with an error (HTTP %(code)d).") % {"code": cause.status_code}
        if cause.subject is not None:
            return self._gettext("The status page of %(name)s reports a problem.") % {"name": cause.subject}
        phases = {FailureKind.TIMEOUT: _TIMEOUTS, FailureKind.LATENCY: _SLOW}.get(cause.kind, {})
        return self._gettext(phases.get(cause.phase or "", _CAUSES[cause.kind]))

    def _step(self, cause: PublicCause, step: str) -> str:
        if cause.kind is FailureKind.STATUS and cause.status_code is not None:
            answer = {"step": step, "code": cause.status_code}
            return self._gettext("The step “%(step)s” answers with an error (HTTP %(code)d).") % answer
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
