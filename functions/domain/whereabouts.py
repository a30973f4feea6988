"""Where to look first, when a check fails without a whole answer that would say who gave it.

What has happened by then is known: whether the name was found, a connection came about, TLS was agreed on, an answer
began. Which of two things the next step failed by is not, so all of it is labelled as likely.
"""

from collections.abc import Mapping
from typing import Final

from functions.domain.result import Failure
from functions.domain.verdict import FailureKind, Phase

_ERROR: Final = 400
_DNS: Final = "the DNS, not the application: the record, its zone or the name servers"
_REACHED: Final = "the application was not reached"
_OWN_WORDS: Final = "the application itself: a whole answer came, and what is in it is not as it should be"

_OF_KIND: Final[Mapping[FailureKind, str]] = {
    FailureKind.DNS: _DNS,
    FailureKind.CONNECT: "the host or the way to it: nothing listens there (process, load balancer), or something "
    f"refuses (firewall, security group, route); {_REACHED}",
    FailureKind.TLS: f"whatever ends TLS (load balancer, CDN or the server), its certificate or settings; {_REACHED}",
}
_OF_PHASE: Final[Mapping[tuple[FailureKind, Phase], str]] = {
    (FailureKind.TIMEOUT, Phase.DNS): _DNS,
    (FailureKind.TIMEOUT, Phase.CONNECT): "the host or the way to it: what is sent there goes unanswered, as with a "
    f"firewall or security group that drops it, or a host that is dead; {_REACHED}",
    (FailureKind.TIMEOUT, Phase.TLS): f"whatever ends TLS: it took the connection and is busy or stuck; {_REACHED}",
    (FailureKind.TIMEOUT, Phase.FIRST_BYTE): "the application: the connection stands, and it does not begin to answer "
    "(overloaded, blocked, or waiting for something itself)",
    (FailureKind.TIMEOUT, Phase.TRANSFER): "the application: its answer began and did not end in time",
    (FailureKind.PROTOCOL, Phase.FIRST_BYTE): "the server process: it took the connection and gave no proper answer "
    "(crashed, restarting, or not what is meant to be there)",
    (FailureKind.PROTOCOL, Phase.TRANSFER): "the server process, or a proxy before it: the answer began and broke off "
    "or was broken",
}
_OF_CONTENT: Final = (FailureKind.JSON, FailureKind.SCHEMA, FailureKind.BODY)


def whereabouts(failure: Failure, status_code: int | None) -> str | None:
    """Return where the cause likely lies, for the operator; None where an attribution, or nothing, tells.

    Nor is anything said where the failure names who it is by: a part, or somebody else with a status page. Content is
    only the application's own where `status_code` is no error's, which a gateway may have answered as well.
    """
    if failure.attribution is not None or failure.subject is not None or failure.parts:
        return None
    if failure.kind in _OF_CONTENT:
        found = _OWN_WORDS if status_code is None or status_code < _ERROR else None
    else:
        of_phase = None if failure.phase is None else _OF_PHASE.get((failure.kind, failure.phase))
        found = of_phase or _OF_KIND.get(failure.kind)
    return None if found is None else f"likely: {found}"
