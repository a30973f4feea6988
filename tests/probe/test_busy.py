"""A probe that was too busy to measure says so, and holds nothing of it against the target."""

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest

from functions.domain.answer import Answer
from functions.domain.checks.http import HttpRequest
from functions.domain.result import Attempt, Phases
from functions.domain.verdict import FailureKind, Verdict
from functions.execution import Sighting
from functions.probe.check import Tools, check
from tests.probe.probing import monitor

AT = datetime(2026, 11, 22, 15, 4, tzinfo=UTC)


class Sees:
    """A fetch that sees a slow answer."""

    def __init__(self, *, busy: bool, status: int = 200) -> None:
        self._busy = busy
        self._status = status

    async def __call__(self, request: HttpRequest, /, *, timeout: float) -> Sighting:  # noqa: ASYNC109 - see Fetch
        """Return it."""
        assert request.url
        assert timeout
        answer = Answer(status_code=self._status, headers={}, body=b"", latency_ms=900.0, at=AT)
        return Sighting(phases=Phases(first_byte=900.0), answer=answer, status_code=self._status, busy=self._busy)


async def seen(fetch: Sees, expect: Mapping[str, object]) -> Attempt:
    """Return the attempt of a check that demands this."""
    attempts: list[Attempt] = []
    watched = monitor("http://127.0.0.1/", expect=expect)
    await check(watched, watched.check, secrets=(), tools=Tools(executors={"http": fetch}), attempts=attempts)
    return attempts[-1]


@pytest.mark.parametrize(
    ("fetch", "verdict", "kind"),
    [
        (Sees(busy=False), Verdict.DOWN, FailureKind.LATENCY),
        (Sees(busy=True), Verdict.UP, None),
        (Sees(busy=True, status=500), Verdict.DOWN, FailureKind.STATUS),
    ],
    ids=["slow", "slow or late", "broken"],
)
async def test_only_a_latency_that_was_measured_fails_a_check(
    fetch: Sees, verdict: Verdict, kind: FailureKind | None
) -> None:
    """What else is demanded still counts, and the result keeps the times with their marker."""
    attempt = await seen(fetch, {"status": {"eq": 200}, "latency": {"lt": 500}})
    assert (attempt.verdict, attempt.failure and attempt.failure.kind) == (verdict, kind)
    assert attempt.latency_ms == 900.0
    assert attempt.busy is (kind is not FailureKind.LATENCY)
