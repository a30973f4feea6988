"""Reads somebody else's status page."""

from dataclasses import replace

from functions.adapters.http.fetch import HttpFetch
from functions.adapters.network import Network
from functions.domain.answer import Answer
from functions.domain.checks.http import HttpRequest
from functions.domain.checks.upstream import FEED, Upstream
from functions.domain.result import Failure
from functions.domain.statuspage import NoSuchComponentError, Standing, SummaryError, read_summary
from functions.domain.verdict import FailureKind, Verdict
from functions.execution import Execute, Sighting, UnmadeError

_SUMMARY = "/api/v2/summary.json"
_OK = 200


def upstream_executor(network: Network) -> Execute:
    """Return what executes an `Upstream`."""
    return UpstreamReader(HttpFetch(network))


class UpstreamReader:
    """The executor: fetches as any HTTP check does, and believes what it reads.

    A page that cannot be read says nothing about those whom it is about. That is neither up nor down: it is degraded.
    """

    def __init__(self, fetch: Execute) -> None:
        self._fetch = fetch

    async def __call__(self, check: Upstream, /, *, timeout: float) -> Sighting:  # noqa: ASYNC109 - see Execute
        """Return what was seen within `timeout` seconds; raises UnmadeError where the page lacks the component."""
        seen = await self._fetch(HttpRequest(url=_address(check)), timeout=timeout)
        if seen.answer is None:
            reason = f"the status page of {check.name} cannot be read: {seen.failure.reason if seen.failure else ''}"
            failure = replace(seen.failure or Failure(kind=FailureKind.PROTOCOL, reason=""), reason=reason)
            return replace(seen, failure=failure, verdict=Verdict.DEGRADED)
        if seen.answer.status_code != _OK:
            reason = f"the status page of {check.name} answers with status {seen.answer.status_code}"
            return _unread(seen, FailureKind.STATUS, reason)
        try:
            standing = _standing(check, seen.answer)
        except NoSuchComponentError as error:
            raise UnmadeError(str(error)) from error
        except ValueError as error:  # SummaryError or FeedError, whose module only feeds need
            return _unread(seen, FailureKind.SCHEMA, f"the status page of {check.name} cannot be understood: {error}")
        if standing.verdict is Verdict.UP:
            return seen
        failure = Failure(
            kind=FailureKind.UPSTREAM, reason=f"{check.name} reports: {standing.words}", subject=check.name
        )
        return replace(seen, answer=None, failure=failure, verdict=standing.verdict)


def _standing(check: Upstream, answer: Answer) -> Standing:
    if not answer.body_complete:
        raise SummaryError("it is too long to be read to its end")
    if check.format == FEED:
        # What parses XML is imported where somebody has a feed.
        from functions.adapters.feed import read_feed  # noqa: PLC0415

        return read_feed(answer.body, at=answer.at)
    return read_summary(answer.body, component=check.component)


def _unread(seen: Sighting, kind: FailureKind, reason: str) -> Sighting:
    return replace(seen, answer=None, failure=Failure(kind=kind, reason=reason), verdict=Verdict.DEGRADED)


def _address(check: Upstream) -> str:
    """Return where to read: of a Statuspage, its summary, unless the address names a document already."""
    if check.format == FEED or check.url.partition("?")[0].endswith(".json"):
        return check.url
    return check.url.rstrip("/") + _SUMMARY
