"""The parts of a health body, and what they make of the answer that holds it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from functions.domain.answer import Answer
from functions.domain.expectation import Assessment
from functions.domain.health_body import Statement, statements, verdict_of
from functions.domain.json_body import BodyError, parse_body
from functions.domain.part import NAME_LIMIT, PART_LIMIT, Expand, Part
from functions.domain.result import Failure
from functions.domain.slot import worst
from functions.domain.verdict import FailureKind, Verdict
from functions.domain.wording import cut, join_reasons, show, visible


@dataclass(frozen=True, slots=True, kw_only=True)
class Expansion:
    """`assessment` in the light of the `parts`; these are in the body's order, at most PART_LIMIT."""

    assessment: Assessment
    parts: tuple[Part, ...] = ()


def expand_answer(answer: Answer, assessment: Assessment, expand: Expand) -> Expansion:
    """Return the parts of the answer's body, and the assessment with what they add to it.

    `expect` and `degraded` decide first. Of an answer that they take for up, a part that is degraded makes a degraded
    one, a part that is down what `expand.failing` says, and the body's own `status` counts as a part does. A body that
    is no health body makes it degraded. What is wrong with parts is named in the reason, and the parts in the failure.
    """
    try:
        body = parse_body(answer.body, complete=answer.body_complete)
    except BodyError as error:
        return _unreadable(assessment, FailureKind.JSON, f"expand: body {error}")
    if not isinstance(body, dict):
        return _unreadable(
            assessment, FailureKind.SCHEMA, f"expand: the body is no JSON object with parts: {show(body)}"
        )
    said = list(statements(body))
    own = [each for each in said if each.path == "$.status"]
    of_parts = [each for each in said if not each.of_itself and _is_part(each, expand)]
    parts = _parts(of_parts, expand)
    if not any(part.verdict is not Verdict.NO_DATA for part in parts) and not any(verdict_of(o.value) for o in own):
        message = f"expand: the body has neither a `status` nor a part with a word that is known: {show(body)}"
        expansion = _unreadable(assessment, FailureKind.SCHEMA, message)
        return replace(expansion, parts=parts[:PART_LIMIT])
    return Expansion(assessment=_judged(assessment, own, of_parts, parts, expand), parts=parts[:PART_LIMIT])


def _is_part(said: Statement, expand: Expand) -> bool:
    """Tell whether it is about a part. Beside parts stand versions, names of hosts and switches, which say nothing."""
    if not expand.wants(said.name):
        return False
    if expand.asks_for(said.name):
        return True
    if isinstance(said.value, bool) and not said.explicit:
        return False
    return verdict_of(said.value) is not None or (said.explicit and said.path.endswith(".status"))


def _parts(said: Iterable[Statement], expand: Expand) -> tuple[Part, ...]:
    """Return each part once, with the worst that is said of it; one that is asked for and not there has no data."""
    known: dict[str, list[Verdict]] = {name: [] for name in expand.only}
    for each in said:
        verdict = verdict_of(each.value)
        known.setdefault(each.name, []).extend([] if verdict is None else [verdict])
    return tuple(Part(name=_short(name), verdict=worst(*verdicts)) for name, verdicts in known.items())


def _judged(
    assessment: Assessment, own: list[Statement], said: list[Statement], parts: tuple[Part, ...], expand: Expand
) -> Assessment:
    findings = [each for each in said if (v := verdict_of(each.value)) and v.failing]
    failed = tuple(Part(name=expand.name_of(p.name), verdict=p.verdict) for p in parts if p.verdict.failing)
    if assessment.verdict is not Verdict.UP:
        return _with_parts(assessment, findings, failed)
    if expand.failing is Verdict.UP:
        return assessment
    findings = findings or [each for each in own if (v := verdict_of(each.value)) and v.failing]
    if not findings:
        return assessment
    down = any(verdict_of(each.value) is Verdict.DOWN for each in (*findings, *own))
    failure = Failure(kind=FailureKind.JSON, reason=join_reasons(_words(each) for each in findings), parts=failed)
    return Assessment(verdict=expand.failing if down else Verdict.DEGRADED, failure=failure)


def _with_parts(assessment: Assessment, findings: list[Statement], failed: tuple[Part, ...]) -> Assessment:
    """Return the assessment of an answer that is not up, with the parts that say why."""
    failure = assessment.failure
    if failure is None or not findings:
        return assessment
    untold = [_words(each) for each in findings if f"{_path(each)}:" not in failure.reason]
    return replace(assessment, failure=replace(failure, reason=join_reasons([failure.reason, *untold]), parts=failed))


def _unreadable(assessment: Assessment, kind: FailureKind, reason: str) -> Expansion:
    """Return what follows from a body without parts: that is no way to be up, and says nothing more of a failure."""
    if assessment.verdict is not Verdict.UP:
        return Expansion(assessment=assessment)
    failure = Failure(kind=kind, reason=cut(reason))
    return Expansion(assessment=Assessment(verdict=Verdict.DEGRADED, failure=failure))


def _words(said: Statement) -> str:
    return f"{_path(said)}: {show(said.value)}"


def _path(said: Statement) -> str:
    return cut(visible(said.path), NAME_LIMIT)


def _short(name: str) -> str:
    return cut(visible(name).strip() or "(unnamed)", NAME_LIMIT)
