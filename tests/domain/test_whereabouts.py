"""Where to look first, by how far a check got."""

from dataclasses import replace

import pytest

from functions.domain.finding import Attribution, Certainty, Finding
from functions.domain.part import Part
from functions.domain.result import Failure
from functions.domain.verdict import FailureKind, Phase, Verdict
from functions.domain.whereabouts import whereabouts

NO_ANSWER = Failure(kind=FailureKind.TIMEOUT, reason="timed out", phase=Phase.CONNECT)


@pytest.mark.parametrize(
    ("kind", "phase", "place"),
    [
        (FailureKind.DNS, Phase.DNS, "the DNS, not the application"),
        (FailureKind.TIMEOUT, Phase.DNS, "the DNS, not the application"),
        (FailureKind.CONNECT, Phase.CONNECT, "the host or the way to it: nothing listens"),
        (FailureKind.TIMEOUT, Phase.CONNECT, "the host or the way to it: what is sent"),
        (FailureKind.TLS, Phase.TLS, "whatever ends TLS"),
        (FailureKind.TIMEOUT, Phase.TLS, "whatever ends TLS"),
        (FailureKind.TIMEOUT, Phase.FIRST_BYTE, "the application: the connection stands"),
        (FailureKind.TIMEOUT, Phase.TRANSFER, "the application: its answer began"),
        (FailureKind.PROTOCOL, Phase.FIRST_BYTE, "the server process: it took the connection"),
        (FailureKind.PROTOCOL, Phase.TRANSFER, "the server process, or a proxy"),
        (FailureKind.JSON, None, "the application itself"),
        (FailureKind.BODY, None, "the application itself"),
    ],
)
def test_how_far_it_got_says_where_to_look(kind: FailureKind, phase: Phase | None, place: str) -> None:
    """And it is never put as more than likely."""
    found = whereabouts(Failure(kind=kind, reason="x", phase=phase), None)
    assert found is not None
    assert found.startswith(f"likely: {place}")


@pytest.mark.parametrize(
    "failure",
    [
        replace(NO_ANSWER, kind=FailureKind.LATENCY),
        replace(NO_ANSWER, phase=None),
        replace(NO_ANSWER, attribution=Attribution(finding=Finding.APPLICATION, certainty=Certainty.LIKELY)),
        replace(NO_ANSWER, subject="Stripe"),
        Failure(kind=FailureKind.JSON, reason="x", parts=(Part(name="Database", verdict=Verdict.DOWN),)),
        Failure(kind=FailureKind.LATE, reason="x"),
    ],
)
def test_nothing_is_guessed_where_something_better_is_known_or_nothing_is(failure: Failure) -> None:
    """Who answered, whose status page it is, which part: these say more."""
    assert whereabouts(failure, None) is None


def test_content_is_the_applications_own_unless_it_is_an_errors() -> None:
    """A gateway's 503 has a body, too; who sent that is for the attribution to find out."""
    failure = Failure(kind=FailureKind.JSON, reason="$.status: expected healthy, got sad")
    assert whereabouts(failure, 200) is not None
    assert whereabouts(failure, 503) is None
