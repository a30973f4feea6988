"""Somebody else's status page, served on loopback."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from functions.domain.checks.upstream import Upstream
from functions.domain.expectation import Expectations
from functions.domain.monitor import Monitor
from functions.domain.result import Attempt
from functions.domain.verdict import FailureKind, Verdict
from functions.execution import UnmadeError
from tests.probe.probing import attempt
from tests.targets import behaviours
from tests.targets.behaviours import says
from tests.targets.server import Behaviour, Call, answer, serving
from tests.targets.status_pages import atom, rss, statuspage

BOMB = b'<!DOCTYPE r [<!ENTITY a "x"><!ENTITY b "&a;&a;">]><rss>&b;</rss>'


def monitor(url: str, *, expect: dict[str, object] | None = None, **check: Any) -> Monitor:  # noqa: ANN401 - the fields of Upstream
    """Return a monitor of the made-up upstream."""
    return Monitor(
        id="payments",
        name="Payments",
        check=Upstream(name="Payments Inc", url=url, **check),
        expectations=Expectations.decode(expect, None),
        timeout=2.0,
        attempts=1,
    )


async def seen(target: Behaviour, **more: Any) -> Attempt:  # noqa: ANN401 - as above
    """Return what one check saw."""
    async with serving(target) as port:
        return await attempt(monitor(f"http://127.0.0.1:{port}", **more))


@pytest.mark.parametrize(
    ("body", "more", "verdict", "words"),
    [
        (statuspage(), {}, "up", None),
        (statuspage("minor", "Slow"), {}, "degraded", "Payments Inc reports: Slow (Elevated API errors)"),
        (statuspage("major", "Bad"), {}, "degraded", "Payments Inc reports: Bad (Elevated API errors)"),
        (statuspage("critical", "Gone"), {}, "down", "Payments Inc reports: Gone (Elevated API errors)"),
        (statuspage("critical"), {"component": "webhooks"}, "up", None),
        (
            statuspage("minor", webhooks="major_outage"),
            {"component": "webhooks"},
            "down",
            "Payments Inc reports: Webhooks: major outage (Elevated API errors)",
        ),
        (
            rss((datetime.now(UTC), "Errors", "Investigating")),
            {"format": "feed"},
            "degraded",
            "Payments Inc reports: Errors",
        ),
        (
            atom((datetime.now(UTC), "Errors", "Identified")),
            {"format": "feed"},
            "degraded",
            "Payments Inc reports: Errors",
        ),
        (rss((datetime.now(UTC) - timedelta(days=9), "Errors", "Investigating")), {"format": "feed"}, "up", None),
    ],
    # Bodies have the time in them, and each worker must give the tests the same names.
    ids=["well", "minor", "major", "critical", "another part", "the part", "RSS", "Atom", "long over"],
)
async def test_the_page_is_believed(body: bytes, more: dict[str, Any], verdict: str, words: str | None) -> None:
    """What is reported is the reason, and who reports it the subject."""
    attempted = await seen(says(answer(body)), **more)
    assert attempted.verdict == verdict
    if words is None:
        assert attempted.failure is None
        assert attempted.latency_ms is not None
    else:
        assert attempted.failure is not None
        assert (attempted.failure.kind, attempted.failure.reason) == (FailureKind.UPSTREAM, words)
        assert attempted.failure.subject == "Payments Inc"


@pytest.mark.parametrize(
    ("target", "more", "kind"),
    [
        (says(answer(b"oops", status="500 Internal Server Error")), {}, FailureKind.STATUS),
        (says(answer(statuspage(), status="404 Not Found")), {}, FailureKind.STATUS),
        (says(answer(b"<html>")), {}, FailureKind.SCHEMA),
        (says(answer(b"{}")), {}, FailureKind.SCHEMA),
        (says(answer(b" " * 2_000_000 + b"{}")), {}, FailureKind.SCHEMA),
        (says(answer(BOMB)), {"format": "feed"}, FailureKind.SCHEMA),
        (says(answer(b"{}")), {"format": "feed"}, FailureKind.SCHEMA),
        (behaviours.resets_in_body, {}, FailureKind.PROTOCOL),
        (behaviours.resets_before_answer, {}, FailureKind.PROTOCOL),
    ],
)
async def test_a_page_that_cannot_be_read_is_degraded(
    target: Behaviour, more: dict[str, Any], kind: FailureKind
) -> None:
    """It says nothing about those whom it is about: neither that they are up nor that they are down."""
    attempted = await seen(target, **more)
    assert attempted.verdict is Verdict.DEGRADED
    assert attempted.failure is not None
    assert attempted.failure.kind is kind
    assert "the status page of Payments Inc" in attempted.failure.reason
    assert attempted.failure.subject is None


async def test_a_component_that_is_not_there_is_a_check_that_was_not_made() -> None:
    """The file is wrong, or the upstream has renamed it: no outage of anybody."""
    with pytest.raises(UnmadeError, match="no component Checkout; it has Api, Webhooks"):
        await seen(says(answer(statuspage())), component="Checkout")


async def test_a_summary_is_found_from_the_page_and_a_document_is_taken_as_it_is() -> None:
    """People paste what their browser shows."""
    paths: list[str] = []

    async def remembering(call: Call) -> None:
        paths.append(call.path)
        await call.send(answer(statuspage()))

    async with serving(remembering) as port:
        for path in ("", "/", "/api/v2/summary.json", "/other.json?page=1"):
            assert (await attempt(monitor(f"http://127.0.0.1:{port}{path}"))).verdict is Verdict.UP
        await attempt(monitor(f"http://127.0.0.1:{port}/feed.rss", format="feed"))
    assert paths == [*["/api/v2/summary.json"] * 3, "/other.json?page=1", "/feed.rss"]


async def test_more_can_be_expected_of_a_page_that_says_all_is_well() -> None:
    """It is an HTTP answer like any other."""
    attempted = await seen(says(answer(statuspage())), expect={"latency": {"lt": 0}})
    assert attempted.failure is not None
    assert attempted.failure.kind is FailureKind.LATENCY
