"""The conditions of one half of an expectation, as claims about one answer."""

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

from functions.domain.answer import Answer
from functions.domain.json_body import BodyError, parse_body
from functions.domain.json_value import MISSING
from functions.domain.jsonpath import compile_path, is_singular, look_up
from functions.domain.matcher import Matcher, MatcherError
from functions.domain.measure import MEASURES
from functions.domain.operators import Mismatch, StatusClass, Terms
from functions.domain.pattern import Search
from functions.domain.verdict import FailureKind
from functions.domain.wording import show

_DAY: Final = 86400
_HOUR: Final = 3600
_PREFIX_SAFE: Final = frozenset({"contains", "starts_with", "matches"})
"""What a part of a body is enough to affirm."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditions:
    """One half of what a monitor demands. `headers` is by lower-case name, `json` by path, both as written.

    `latency` is in milliseconds, `expires_in` in seconds; `measures` are by their names.
    """

    status: Matcher | None = None
    expires_in: Matcher | None = None
    headers: tuple[tuple[str, Matcher], ...] = ()
    json: tuple[tuple[str, Matcher], ...] = ()
    body: Matcher | None = None
    latency: Matcher | None = None
    answers: Matcher | None = None
    measures: tuple[tuple[str, Matcher], ...] = ()

    @classmethod
    def decode(cls, written: Mapping[str, object]) -> "Conditions":
        """Return the conditions of config.json's `expect` or `degraded`; raises MatcherError."""
        known = {"status", "certificate", "headers", "json", "body", "latency", "answers", *MEASURES}
        unknown = written.keys() - known
        if unknown:
            raise MatcherError(f"{', '.join(sorted(unknown))}: nothing of that name can be expected")
        return cls(
            status=Matcher.decode(written["status"], status=True) if "status" in written else None,
            expires_in=dict(_by_name(written.get("certificate", {}))).get("expires_in"),
            headers=tuple((name.lower(), matcher) for name, matcher in _by_name(written.get("headers", {}))),
            json=tuple(_by_name(written.get("json", {}))),
            body=Matcher.decode(written["body"]) if "body" in written else None,
            latency=Matcher.decode(written["latency"]) if "latency" in written else None,
            answers=Matcher.decode(written["answers"]) if "answers" in written else None,
            measures=tuple((name, Matcher.decode(written[name])) for name in MEASURES if name in written),
        )


def _by_name(written: object) -> Iterator[tuple[str, Matcher]]:
    if not isinstance(written, Mapping):
        raise MatcherError(f"expected names with their matchers, got {show(written)}")
    for name, matcher in written.items():
        yield str(name), Matcher.decode(matcher)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One thing that is demanded of one answer. `name` is what a reason calls it."""

    kind: FailureKind
    name: str
    matcher: Matcher
    actual: Callable[[], object]
    show: Callable[[object], str] = show
    whole: bool = True
    """False where only the first part of what it is about was read."""
    path_is_singular: bool = True
    """False where finding what it is about may visit a document many times over."""

    @property
    def quick(self) -> bool:
        """Tell whether it can be judged without anybody watching the time."""
        return self.path_is_singular and self.matcher.quick

    def judge(self, search: Search) -> tuple[object, Mismatch | None]:
        """Return what was seen, and why it does not hold (None when it does).

        Raises BodyError where that needs a JSON body and there is none, and GaveUpError from `search`.
        """
        actual = self.actual()
        if not self.whole and not _PREFIX_SAFE.issuperset(name for name, _ in self.matcher.conditions):
            return actual, Mismatch(text="cannot be judged, it was too long to be read to its end")
        found = self.matcher.mismatch(actual, self.terms(search))
        if found is not None and not self.whole:
            found = Mismatch(text=f"{found.text} (not read to its end)", shape=found.shape)
        return actual, found

    def terms(self, search: Search) -> Terms:
        """Return how to judge and word it."""
        return Terms(search=search, show=self.show)


class Subject:
    """One answer under assessment; its body is parsed at most once, and only for a claim that needs it."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self._parsed: tuple[object, BodyError | None] | None = None

    def document(self) -> object:
        """Return the body as JSON; raises BodyError where it is none."""
        if self._parsed is None:
            try:
                self._parsed = parse_body(self.answer.body, complete=self.answer.body_complete), None
            except BodyError as error:
                self._parsed = None, error
        document, problem = self._parsed
        if problem is not None:
            raise problem
        return document

    def claims(self, conditions: Conditions) -> Iterator[Claim]:
        """Yield what is demanded, in the order in which failures are named."""
        answer = self.answer
        if conditions.status:
            yield Claim(
                kind=FailureKind.STATUS,
                name="status",
                matcher=conditions.status,
                actual=lambda: answer.status_code,
                show=_code,
            )
        if conditions.expires_in:
            yield Claim(
                kind=FailureKind.CERTIFICATE,
                name="certificate expires in",
                matcher=conditions.expires_in,
                actual=lambda: _or_missing(answer.certificate_expires_in),
                show=_days,
            )
        for name, matcher in conditions.headers:
            yield Claim(
                kind=FailureKind.HEADER,
                name=f"header {name}",
                matcher=matcher,
                actual=partial(answer.headers.get, name, MISSING),
            )
        for path, matcher in conditions.json:
            # Here and not when the claim is judged: a guard that interrupts an import leaves half a module behind.
            compile_path(path)
            yield Claim(
                kind=FailureKind.JSON,
                name=path,
                matcher=matcher,
                actual=partial(self._look_up, path),
                path_is_singular=is_singular(path),
            )
        if conditions.answers:
            yield Claim(
                kind=FailureKind.ANSWERS,
                name="answers",
                matcher=conditions.answers,
                actual=lambda: list(answer.answers or ()),
            )
        if conditions.body:
            yield Claim(
                kind=FailureKind.BODY,
                name="body",
                matcher=conditions.body,
                actual=lambda: answer.text,
                whole=answer.body_complete,
            )
        if conditions.latency:
            yield Claim(
                kind=FailureKind.LATENCY,
                name="latency",
                matcher=conditions.latency,
                actual=lambda: _or_missing(answer.latency_ms),
                show=_milliseconds,
            )
        for name, matcher in conditions.measures:
            if name in answer.measures or answer.unknown is None:
                yield Claim(
                    kind=FailureKind.QUEUE,
                    name=name,
                    matcher=matcher,
                    actual=partial(answer.measures.get, name, MISSING),
                    show=MEASURES[name],
                )

    def _look_up(self, path: str) -> object:
        return look_up(path, self.document())


def _or_missing(value: object) -> object:
    return MISSING if value is None else value


def _code(value: object) -> str:
    return str(value) if isinstance(value, StatusClass) else show(value)


def _milliseconds(value: object) -> str:
    return f"{round(value, 3):.12g} ms" if isinstance(value, (int, float)) else show(value)


def _days(value: object) -> str:
    """Write seconds in days or hours, rounded down so that what is too short never reads as if it were enough."""
    if not isinstance(value, (int, float)):
        return show(value)
    unit, word = (_DAY, "days") if abs(value) >= _DAY else (_HOUR, "hours")
    return f"{math.floor(value / unit * 10) / 10:.12g} {word}"
