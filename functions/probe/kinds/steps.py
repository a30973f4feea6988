"""Executes requests in order: what one answers is sent with the next."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace

from functions.adapters.http.cookies import Cookies
from functions.adapters.http.fetch import HttpFetch
from functions.adapters.network import Network
from functions.domain.answer import Answer
from functions.domain.checks.http import HttpRequest
from functions.domain.checks.steps import Step, Steps
from functions.domain.expectation import Assessment, Guard
from functions.domain.extraction import Extracted, extract
from functions.domain.redaction import redact
from functions.domain.result import Failure, Phases
from functions.domain.template import FillError, Value, fill, fill_header, fill_json, fill_url
from functions.domain.verdict import FailureKind, Verdict
from functions.domain.wording import join_reasons
from functions.execution import Execute, Sighting
from functions.probe.assessing import assess_sighting
from functions.probe.reveal import confidential


def steps_executor(network: Network) -> Execute:
    """Return what executes `Steps`."""
    return StepsExecutor(HttpFetch(network))


class StepsExecutor:
    """The executor: each step is fetched as any HTTP check is, over a connection of its own."""

    def __init__(self, fetch: HttpFetch, guard: Guard | None = None) -> None:
        self._fetch = fetch
        self._guard = guard

    def under(self, guard: Guard | None) -> Execute:
        """Return the executor whose claims run under `guard`."""
        return StepsExecutor(self._fetch, guard)

    async def __call__(self, check: Steps, /, *, timeout: float) -> Sighting:  # noqa: ASYNC109 - see Execute
        """Return what was seen of all steps within `timeout` seconds: those after one that is down are not reached."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + timeout
        walk = _Walk()
        for step in check.steps:
            left = deadline - loop.time()
            if left <= 0:
                walk.stop(step, FailureKind.TIMEOUT, f"the {timeout:g} s for all steps ran out before it began")
                break
            try:
                request = filled(step.request, walk.values)
            except FillError as error:
                walk.stop(step, FailureKind.SCHEMA, str(error))
                break
            own = min(left, step.timeout or left)
            sighting = await self._fetch(request, timeout=own, cookies=walk.cookies)
            if own == left:
                sighting = _out_of_time(sighting, own, timeout)
            if not walk.take(step, request, sighting, self._guard):
                break
        return walk.sighting(whole=len(walk.seen) == len(check.steps))


def filled(request: HttpRequest, values: Mapping[str, Value]) -> HttpRequest:
    """Return the request with `values` in its texts, each as its place needs it; raises FillError."""
    auth = request.auth
    if auth is not None:
        auth = ("bearer", fill_header(auth[1], values)) if auth[0] == "bearer" else (
            "basic", fill(auth[1], values), fill(auth[2], values)
        )  # fmt: skip
    return replace(
        request,
        url=fill_url(request.url, values),
        headers={name: fill_header(text, values) for name, text in request.headers.items()},
        query={name: fill(text, values) for name, text in request.query.items()},
        json=fill_json(request.json, values),
        form=None if request.form is None else {name: fill(text, values) for name, text in request.form.items()},
        text=None if request.text is None else fill(request.text, values),
        auth=auth,
    )


@dataclass(slots=True, kw_only=True)
class _Walk:
    """What the steps have brought so far."""

    cookies: Cookies = field(default_factory=Cookies)
    values: dict[str, Value] = field(default_factory=dict)
    secrets: set[str] = field(default_factory=set)
    seen: list[Sighting] = field(default_factory=list)
    verdict: Verdict = Verdict.UP
    failure: Failure | None = None
    status_code: int | None = None

    def take(self, step: Step, request: HttpRequest, sighting: Sighting, guard: Guard | None) -> bool:
        """Take in what a step saw, and tell whether the next can be made."""
        self.seen.append(sighting)
        # Whatever comes of the answer, what is in it may stand in the reason.
        extracted = Extracted() if sighting.answer is None else extract(step.extract, sighting.answer)
        self.values |= extracted.values
        self.secrets.update(extracted.confidential, self.cookies.values(), confidential(request, {}))
        if self.failure is None:
            self.status_code = sighting.status_code
        assessment = _assess(step, sighting, extracted, guard)
        if assessment.failure is not None and (self.failure is None or assessment.verdict is Verdict.DOWN):
            self.status_code = sighting.status_code
            self._fail(step, len(self.seen), assessment.verdict, assessment.failure)
        return assessment.verdict is not Verdict.DOWN

    def stop(self, step: Step, kind: FailureKind, reason: str) -> None:
        """Take note that a step cannot be made."""
        self.status_code = None
        self._fail(step, len(self.seen) + 1, Verdict.DOWN, Failure(kind=kind, reason=reason))

    def _fail(self, step: Step, number: int, verdict: Verdict, failure: Failure) -> None:
        self.verdict = verdict
        # Masked before its place is named: a value that is a word of that name would take it away.
        reason = f"step {number} “{step.name}”: {redact(failure.reason, self.secrets)}"
        self.failure = replace(failure, reason=reason, step=step.name)

    def sighting(self, *, whole: bool) -> Sighting:
        """Return all that was seen as one: times are sums, and only of a whole walk is there a latency."""
        phases = _sum([seen.phases for seen in self.seen])
        answers = [seen.answer for seen in self.seen if seen.answer is not None]
        expiries = [seen.certificate_expires_at for seen in self.seen if seen.certificate_expires_at is not None]
        through = whole and self.verdict is not Verdict.DOWN
        return Sighting(
            phases=phases,
            answer=Answer(latency_ms=phases.total, at=answers[-1].at) if through else None,
            failure=self.failure,
            verdict=self.verdict,
            status_code=self.status_code,
            certificate_expires_at=min(expiries, default=None),
            busy=any(seen.busy for seen in self.seen),
            steps=tuple(seen.phases.total for seen in self.seen),
        )


def _assess(step: Step, sighting: Sighting, extracted: Extracted, guard: Guard | None) -> Assessment:
    """Return the verdict on one step: an answer without what the next steps need is down, however good it looks."""
    assessment = assess_sighting(sighting, step.expectations, guard)
    missing = extracted.shortfalls
    if not missing or assessment.verdict is Verdict.DOWN:
        return assessment
    reasons = [each.reason for each in missing]
    if assessment.failure is None:
        failure = Failure(kind=missing[0].kind, reason=join_reasons(reasons))
    else:
        failure = replace(assessment.failure, reason=join_reasons([assessment.failure.reason, *reasons]))
    return Assessment(verdict=Verdict.DOWN, failure=failure)


def _out_of_time(sighting: Sighting, own: float, timeout: float) -> Sighting:
    """Return the sighting with the time that ran out named: that of all steps, of which this one had the rest."""
    failure = sighting.failure
    if failure is None or failure.kind is not FailureKind.TIMEOUT:
        return sighting
    reason = failure.reason.replace(f"timed out after {own:g} s", f"the {timeout:g} s for all steps ran out", 1)
    return replace(sighting, failure=replace(failure, reason=reason))


def _sum(phases: list[Phases]) -> Phases:
    """Return the phases of all; None where none got that far."""
    times = {f.name: [t for each in phases if (t := getattr(each, f.name)) is not None] for f in fields(Phases)}
    return Phases(**{name: sum(known) if known else None for name, known in times.items()})
