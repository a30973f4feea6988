"""What healthy means: `expect` and `degraded`, and how an answer is held against them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Final, Protocol, TypeVar

from functions.domain.answer import Answer
from functions.domain.claim import Claim, Conditions, Subject
from functions.domain.health_body import parts_not_well
from functions.domain.json_body import BodyError
from functions.domain.jsonpath import compile_path
from functions.domain.matcher import Matcher
from functions.domain.operators import Mismatch
from functions.domain.pattern import GaveUpError, cautious_search, search
from functions.domain.result import Failure
from functions.domain.verdict import FailureKind, Verdict
from functions.domain.wording import cut, join_reasons, show, visible

__all__ = ["Answer", "Assessment", "Expectations", "Guard", "assess"]

_NAME_LIMIT: Final = 80
"""Characters of a path or header name that a reason keeps."""

_DEFAULT: Final = Conditions(status=Matcher.decode("2xx", status=True))
"""What is expected of HTTP where pulseboard.yaml does not say."""

_UNAVAILABLE: Final = 503

T = TypeVar("T")


class Guard(Protocol):
    """Runs work that could take for ever, and ends it."""

    def __call__(self, work: Callable[[], T], /) -> T:
        """Return what `work` returns; raises GaveUpError where it takes too long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectations:
    """Both halves of what a monitor demands; None where pulseboard.yaml says nothing."""

    expect: Conditions | None = None
    degraded: Conditions | None = None

    @classmethod
    def decode(cls, expect: Mapping[str, object] | None, degraded: Mapping[str, object] | None) -> "Expectations":
        """Return the expectations of config.json's `expect` and `degraded`; raises MatcherError (a ValueError)."""
        return cls(
            expect=None if expect is None else Conditions.decode(expect),
            degraded=None if degraded is None else Conditions.decode(degraded),
        )

    def prepare(self) -> None:
        """Parse the JSON paths, which are then kept: not to be done between two packets that are timed."""
        for conditions in (self.expect, self.degraded):
            for path, _ in conditions.json if conditions is not None else ():
                compile_path(path)

    def without_latency(self) -> "Expectations":
        """Return what is demanded of an answer whose latency is not known."""
        return Expectations(
            expect=self.expect and replace(self.expect, latency=None),
            degraded=self.degraded and replace(self.degraded, latency=None),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """A verdict, and the failure that explains every verdict but `up`."""

    verdict: Verdict
    failure: Failure | None = None


@dataclass(frozen=True, slots=True)
class _Finding:
    kind: FailureKind
    reason: str


def assess(answer: Answer, expectations: Expectations, *, guard: Guard | None = None) -> Assessment:
    """Return the verdict on an answer.

    All of `expect` holds: up. Otherwise any of `degraded` holds: degraded. Otherwise down. An answer that meets
    `expect` but of which any of `degraded` holds is degraded. Without `expect`, 2xx is what is expected of HTTP, and a
    503 with a JSON object as its body (the FastAPI health pattern) is degraded; of other kinds any answer will do.

    The failure's kind is that of the first claim that failed: status, certificate, header, json (or schema: a path is
    missing, or a value is of a type or length that cannot be right), body, latency.

    With a `guard`, each claim that could take long runs under it. Without one nothing can interrupt a regular
    expression, so those that might not end are given up before they start. A claim that was given up counts as failed,
    and as degraded.
    """
    subject = Subject(answer)
    unmet = _unmet(subject, expectations.expect or _default(answer), guard)
    causes = [] if expectations.degraded is None else _causes(subject, expectations.degraded, guard)
    if not unmet and not causes:
        return Assessment(verdict=Verdict.UP)
    if unmet and not causes and expectations.expect is None and answer.status_code == _UNAVAILABLE:
        parts = _parts(subject)
        if parts is not None:
            return _assessment(Verdict.DEGRADED, [*unmet, *parts])
    return _assessment(Verdict.DEGRADED if causes else Verdict.DOWN, unmet or causes)


def _default(answer: Answer) -> Conditions:
    """Return what is expected where nothing is said: an answer, and of HTTP a good one."""
    return Conditions() if answer.status_code is None else _DEFAULT


def _assessment(verdict: Verdict, findings: list[_Finding]) -> Assessment:
    reason = join_reasons(finding.reason for finding in findings)
    return Assessment(verdict=verdict, failure=Failure(kind=findings[0].kind, reason=reason))


def _unmet(subject: Subject, conditions: Conditions, guard: Guard | None) -> list[_Finding]:
    """Return a finding for each claim that does not hold; one for all that need a JSON body where there is none."""
    findings: dict[str, _Finding] = {}
    shortfall = subject.answer.shortfall
    if shortfall is not None and conditions.answers is None:
        findings["answers"] = _Finding(FailureKind.DNS, shortfall)
    for claim in subject.claims(conditions):
        try:
            _, found = _judge(claim, guard)
        except BodyError as error:
            findings["document"] = _Finding(FailureKind.JSON, f"body {error}")
            continue
        except GaveUpError as error:
            findings[claim.name] = _finding(claim, str(error))
            continue
        if found is not None:
            kind = FailureKind.SCHEMA if found.shape and claim.kind is FailureKind.JSON else claim.kind
            findings[claim.name] = _finding(claim, found.text, kind)
    return list(findings.values())


def _causes(subject: Subject, conditions: Conditions, guard: Guard | None) -> list[_Finding]:
    """Return a finding for each claim that holds: those that make the answer degraded."""
    findings = []
    for claim in subject.claims(conditions):
        try:
            actual, found = _judge(claim, guard)
        except BodyError:
            continue
        except GaveUpError as error:
            findings.append(_finding(claim, str(error)))
            continue
        if found is None:
            wanted = claim.matcher.phrase(claim.terms(search))
            findings.append(_finding(claim, f"{wanted} is degraded, got {claim.show(actual)}"))
    return findings


def _finding(claim: Claim, text: str, kind: FailureKind | None = None) -> _Finding:
    return _Finding(kind or claim.kind, f"{cut(visible(claim.name), _NAME_LIMIT)}: {text}")


def _judge(claim: Claim, guard: Guard | None) -> tuple[object, Mismatch | None]:
    try:
        if guard is None or claim.quick:
            return claim.judge(cautious_search)
        return guard(partial(claim.judge, search))
    except RecursionError as error:
        raise GaveUpError("gave up: too many filters within each other") from error


def _parts(subject: Subject) -> list[_Finding] | None:
    """Return what a health body says is not well; None where the body is no JSON object."""
    try:
        document = subject.document()
    except BodyError:
        return None
    if not isinstance(document, dict):
        return None
    return [
        _Finding(FailureKind.STATUS, f"{cut(visible(path), _NAME_LIMIT)}: {show(value)}")
        for path, value in parts_not_well(document)
    ]
